import { spawnSync } from 'node:child_process';

/** Everything that must hold besides the tests themselves, all of it every time: one line each, and what went wrong. */
const STEPS: [what: string, command: string][] = [
  ['types of operations', 'node scripts/codegen.cjs'],
  ['types of the server', 'npx tsc --noEmit -p tsconfig.json'],
  ['types of the tests', 'npx tsc --noEmit -p tsconfig.test.json'],
  ['lint and format', 'npx biome ci --colors=off --diagnostic-level=warn'],
  ['schema.graphql is what the code says', 'npm run --silent schema -- --check'],
  ['who-sees-what.md is what the policy says', 'npm run --silent matrix -- --check'],
  ['features.md says which test proves what', 'npm run --silent features -- --check'],
  ['import rules; migrations up, down, up; entities and tables agree', 'npx jest --silent test/shape test/migrations'],
];

const failed = STEPS.filter(([what, command]) => !holds(what, command));
if (failed.length > 0) {
  console.error(`\n${failed.length} of ${STEPS.length} checks failed: ${failed.map(([what]) => what).join('; ')}.`);
  process.exitCode = 1;
}

function holds(what: string, command: string): boolean {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, { shell: true, encoding: 'utf8', env: process.env });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${what} (${seconds} s)`);
  if (status !== 0) console.error([command, stdout, stderr].join('\n'));
  return status === 0;
}
