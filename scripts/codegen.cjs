const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

/**
 * Makes the types of schema/operations in test/generated, only when what they are made from has changed (`--always`: in
 * any case). It compares contents and not dates: a file that stays the same is not written again, and would look old.
 */
const root = path.join(__dirname, '..');
const folder = path.join(root, 'test/generated');
const stampFile = path.join(folder, '.made-from');

exports.generate = ({ always = false } = {}) => {
  const stamp = contentsHash();
  if (!always && fs.existsSync(path.join(folder, 'graphql.ts')) && readStamp() === stamp) return;
  const program = require.resolve('@graphql-codegen/cli/package.json');
  const bin = path.join(path.dirname(program), require(program).bin['graphql-codegen']);
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The types of the operations cannot be made.\n${stdout}${stderr}`);
  fs.writeFileSync(stampFile, stamp);
};

function contentsHash() {
  const operations = path.join(root, 'schema/operations');
  const files = fs.readdirSync(operations).map((name) => path.join(operations, name));
  const hash = createHash('sha256');
  for (const name of ['schema/schema.graphql', 'codegen.ts', 'package-lock.json']) files.push(path.join(root, name));
  for (const file of files.sort()) {
    hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function readStamp() {
  try {
    return fs.readFileSync(stampFile, 'utf8');
  } catch {
    return undefined;
  }
}

if (require.main === module) {
  try {
    exports.generate({ always: process.argv.includes('--always') });
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
