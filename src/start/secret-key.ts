import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, SHORTEST_KEY } from '../config';

/**
 * The key of the embedded database's server: made at the first start, kept beside the data, read by nobody else.
 * @throws ConfigError when the file holds no such key.
 */
export function secretKeyIn(dataDir: string): string {
  const path = join(dataDir, 'secret-key');
  try {
    return cleanKey(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return makeKey(path);
  }
}

function cleanKey(text: string, path: string): string {
  const key = text.trim();
  if (key.length >= SHORTEST_KEY) return key;
  throw new ConfigError([
    `${path}: holds no key of at least ${SHORTEST_KEY} characters. Put the key back, or delete the file to have a new ` +
      'one made: whoever is away then reads anew, as the cursors they hold are of the old key',
  ]);
}

/** Made beside its place and moved there when it is whole: a kill in the middle leaves nothing that looks like a key. */
function makeKey(path: string): string {
  const key = randomBytes(32).toString('base64url');
  const unfinished = `${path}.new`;
  const file = openSync(unfinished, 'w', 0o600);
  writeFileSync(file, `${key}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(unfinished, path);
  return key;
}
