import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minutes } from '../../src/platform/clock';

const ROOT = join(__dirname, '../..');
const SOURCES = {
  'src/main.ts': 'export const answer = 42;',
  'src/api/pages/page.css': '',
  'migrations/index.ts': '',
  'ormconfig.ts': '',
  'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": ".", "types": [] }, "include": ["src"] }',
  'package.json': '{}',
  'package-lock.json': '{}',
};

/** A project as small as can be, with the script that builds ours. */
let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'portico-build-'));
  for (const [file, text] of Object.entries(SOURCES)) {
    await mkdir(join(project, file, '..'), { recursive: true });
    await writeFile(join(project, file), text);
  }
  await mkdir(join(project, 'dist'));
  await cp(join(ROOT, 'scripts/build.cjs'), join(project, 'scripts/build.cjs'));
  await symlink(join(ROOT, 'node_modules'), join(project, 'node_modules'));
});
afterEach(() => rm(project, { recursive: true, force: true }));

const build = (): string =>
  execFileSync(process.execPath, ['scripts/build.cjs'], { cwd: project, encoding: 'utf8', timeout: 20_000 });

it.each([
  ['without a number in it', ''],
  ['with a number that another process has by now', String(process.pid)],
])('a build is not kept waiting by a lock that was left long ago, %s', async (_how, content) => {
  const lock = join(project, 'dist/.building');
  await writeFile(lock, content);
  const longAgo = new Date(Date.now() - minutes(3));
  await utimes(lock, longAgo, longAgo);
  expect(build()).toContain('dist/.building is older than 2 minutes');
  expect(await readdir(join(project, 'dist/src'))).toContain('main.js');
  expect(await readdir(join(project, 'dist'))).not.toContain('.building');
});
