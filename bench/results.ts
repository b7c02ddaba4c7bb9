import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Puts `markdown` between the markers of `name` in bench/RESULTS.md, in the place of what stood there. A section that
 * is new comes last; whatever else the file says is left as it is.
 */
export function writeSection(name: string, markdown: string): void {
  const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '# Results\n';
  const section = `<!-- ${name} -->\n${markdown.trim()}\n<!-- /${name} -->`;
  const old = new RegExp(`<!-- ${name} -->[^]*?<!-- /${name} -->`);
  // The replacement is a function, so that a `$` in the text is a `$`.
  const after = old.test(before) ? before.replace(old, () => section) : `${before.trimEnd()}\n\n${section}\n`;
  writeFileSync(FILE, after);
}

const FILE = path.join(__dirname, 'RESULTS.md');
