import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

const ROOT = join(__dirname, '../..');

/** One of our files, as the rules of architecture.md look at it. */
export interface SourceFile {
  /** From the root: `src/domains/time/time.service.ts`. */
  path: string;
  text: string;
  /** Our own files that it imports. */
  imports: string[];
  /** Those of them that are still imported when it runs: types are gone by then. */
  loads: string[];
  /** Packages that it imports. */
  packages: string[];
}

/** All TypeScript under these folders. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders.flatMap(filesIn).map(readSource);
}

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('generated'))
    .map((name) => join(folder, name));
}

const IMPORT = /^(?:import|export)\b[^;'"]*?from '([^']+)'|^import '([^']+)'|\b(?:import|require)\('([^']+)'\)/gm;

/** `import type …`, or every name in the braces is a type. */
const TYPES_ALONE = /^import (?:type\b[^;'"]*?|\{(?:\s*type \w+,?)+\s*\} )from '([^']+)'/gm;

function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const names = [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3]);
  const fromRoot = (name: string): string => pathFromRoot(join(ROOT, path, '..', name));
  const isOurs = (name: string): boolean => name.startsWith('.');
  const types = [...text.matchAll(TYPES_ALONE)].map((match) => match[1]);
  return {
    path: path.split(sep).join('/'),
    text,
    imports: names.filter(isOurs).map(fromRoot),
    loads: names.filter((name) => isOurs(name) && !types.includes(name)).map(fromRoot),
    packages: names.filter((name) => !name.startsWith('.')),
  };
}

function pathFromRoot(file: string): string {
  const path = relative(ROOT, resolve(file)).split(sep).join('/');
  return /\.\w+$/.test(path) && !/\.(entity|service|types|enums|inputs|loaders|repository|resolver|logic)$/.test(path)
    ? path
    : `${path}.ts`;
}
