import { sourceFiles } from './sources';

/**
 * Inside a transaction nothing else may be asked: the embedded database has one connection, and whoever asks past the
 * transaction waits for it forever.
 */
const PAST_IT =
  /\bcontext\.db\b|[^.\w]db\.\w+\(|\bload[A-Z]\w*\((?!tx\b)|\breread\w+\(|\bcontext\.node\(|\bheldBy\((?!tx\b)/g;

it('whoever works in a transaction asks by it alone', () => {
  const files = sourceFiles('src/domains', 'src/access', 'src/demo', 'src/start');
  const past = files.flatMap(({ path, text }) =>
    worksIn(text).flatMap((work) => [...work.matchAll(PAST_IT)].map(([word]) => `${path}: ${word.trim()}`)),
  );
  expect(past).toEqual([]);
});

it('and would be found out if not', () => {
  const asides = ['context.db.rows(sql)', 'loadTask(context, id)', 'db.row(sql)', 'heldBy(context.db, who)'];
  const wrong = asides.map((aside) => `await db.transaction(async (tx) => { await ${aside}; });`);
  expect(wrong.flatMap(worksIn).filter((work) => work.match(PAST_IT))).toHaveLength(asides.length);
});

/** What is done in transactions: what is handed to `transaction(…)`, and the bodies of functions that are handed one. */
function worksIn(text: string): string[] {
  const handed = [...text.matchAll(/\.transaction(?:<[^>]*>)?(?=\()/g)].map((at) =>
    bracket(text, at.index + at[0].length),
  );
  const given = [...text.matchAll(/function \w+(?=\([^{)]*\btx: Tx\b)/g)].map((at) =>
    bodyAfter(text, at.index + at[0].length),
  );
  return [...handed, ...given];
}

const CLOSING: Record<string, string> = { '(': ')', '{': '}' };

/** From the bracket at this place to the one that closes it. */
function bracket(text: string, start: number): string {
  const open = text[start];
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    if (text[i] === open) depth += 1;
    if (text[i] === CLOSING[open]) depth -= 1;
    if (depth === 0) return text.slice(start, i + 1);
  }
  return text.slice(start);
}

/** The body of a function, by the place of its parameters: the line that ends in a bracket begins it. */
function bodyAfter(text: string, start: number): string {
  const after = start + bracket(text, start).length;
  return bracket(text, after + text.slice(after).search(/\{\n/));
}
