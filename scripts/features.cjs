/** Writes into docs/features.md which tests prove each row, from the F-numbers in their titles. `--check` only compares. */
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');

const root = join(__dirname, '..');
const page = join(root, 'docs/features.md');
let known;

const before = readFileSync(page, 'utf8');
const after = before.replace(
  /^\| (F-\d{3}) \| (.*) \| .* \|$/gm,
  (_, row, what) => `| ${row} | ${what} | ${proofOf(row)} |`,
);

if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('docs/features.md is out of date: run `npm run features`.');
    process.exit(1);
  }
} else {
  writeFileSync(page, after);
  const rows = after.match(/^\| F-.*$/gm);
  console.log(`${rows.filter((row) => !row.endsWith('| not yet |')).length} of ${rows.length} rows proven`);
}

function proofOf(row) {
  const files = proofs().get(row);
  return files
    ? [...files]
        .sort()
        .map((file) => `\`${file}\``)
        .join(', ')
    : 'not yet';
}

function proofs() {
  if (known) return known;
  known = new Map();
  for (const file of testFiles(join(root, 'test'))) {
    const source = readFileSync(file, 'utf8');
    for (const [, , title] of source.matchAll(
      /\b(?:it|test|describe)(?:\.each\([^)]*\))?\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/gs,
    )) {
      for (const row of numbersIn(title))
        known.set(row, (known.get(row) ?? new Set()).add(relative(join(root, 'test'), file)));
    }
  }
  return known;
}

/** `F-025`, and every row of a span `F-025…F-028`. */
function numbersIn(title) {
  const spans = [...title.matchAll(/F-(\d{3})(?:…F-(\d{3}))?/g)];
  return spans.flatMap(([, from, to]) => {
    const rows = [];
    for (let n = +from; n <= +(to ?? from); n++) rows.push(`F-${String(n).padStart(3, '0')}`);
    return rows;
  });
}

function testFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : testFiles(path);
    return entry.name.endsWith('.test.ts') ? [path] : [];
  });
}
