const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

/**
 * Builds into dist/, only when what it is built from has changed (`--always`: in any case). It compares contents and
 * not dates, which a checkout sets anew.
 */
const root = path.join(__dirname, '..');
const dist = path.join(root, 'dist');
const stampFile = path.join(dist, '.built-from');
const LONGEST_BUILD_MS = 120_000;
const sources = [
  'src',
  'migrations',
  'ormconfig.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'scripts/build.cjs',
];

alone(() => {
  const stamp = contentsHash();
  if (!process.argv.includes('--always') && readStamp() === stamp) return;
  console.log('Building …');
  fs.rmSync(path.join(dist, 'src'), { recursive: true, force: true });
  fs.rmSync(stampFile, { force: true });
  compile();
  copyPages();
  fs.writeFileSync(stampFile, stamp);
});

/** Two that build at once would build into each other: the second waits, and finds it done. */
function alone(work) {
  const lock = path.join(dist, '.building');
  fs.mkdirSync(dist, { recursive: true });
  for (let isSaid = false; !take(lock); isSaid = true) {
    if (!isSaid) console.log('Another build is under way: waiting for it …');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  process.on('exit', () => fs.rmSync(lock, { force: true }));
  work();
}

function take(lock) {
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!isLeftOver(lock)) return false;
  fs.rmSync(lock, { force: true });
  return take(lock);
}

/** The lock names its process: one that was killed holds nothing. Its number may be another's by now, so age tells too. */
function isLeftOver(lock) {
  try {
    if (Date.now() - fs.statSync(lock).mtimeMs > LONGEST_BUILD_MS) {
      console.log('dist/.building is older than 2 minutes: whoever built then has gone.');
      return true;
    }
    process.kill(Number(fs.readFileSync(lock, 'utf8')) || process.pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function contentsHash() {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((name) => filesIn(path.join(root, name))).sort()) {
    hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesIn(place) {
  if (!fs.statSync(place).isDirectory()) return [place];
  return fs.readdirSync(place).flatMap((name) => filesIn(path.join(place, name)));
}

function readStamp() {
  try {
    return fs.readFileSync(stampFile, 'utf8');
  } catch {
    return undefined;
  }
}

function compile() {
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  if (!fs.existsSync(tsc)) {
    console.error('The packages are missing: run `npm ci` first.');
    process.exit(1);
  }
  // Not incremental: dist/src was just emptied, and a remembered build would not fill it again.
  const options = ['-p', path.join(root, 'tsconfig.json'), '--incremental', 'false', '--tsBuildInfoFile', 'null'];
  const { status } = spawnSync(process.execPath, [tsc, ...options], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** The pages are served as they are written. */
function copyPages() {
  const pages = path.join('src', 'api', 'pages');
  fs.cpSync(path.join(root, pages), path.join(dist, pages), {
    recursive: true,
    filter: (file) => !file.endsWith('.ts'),
  });
}
