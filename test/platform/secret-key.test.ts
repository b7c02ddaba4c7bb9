import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../src/config';
import { secretKeyIn } from '../../src/start/secret-key';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portico-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = () => join(folder, 'secret-key');

describe('the key beside the embedded database', () => {
  it('is made at the first start, for nobody else to read, and is the same ever after', () => {
    const key = secretKeyIn(folder);
    expect(key.length).toBeGreaterThanOrEqual(32);
    expect(secretKeyIn(folder)).toBe(key);
    expect(readdirSync(folder)).toEqual(['secret-key']);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('is made all the same where a start was killed while it was written', () => {
    writeFileSync(`${path()}.new`, 'hal', { mode: 0o600 });
    expect(secretKeyIn(folder).length).toBeGreaterThanOrEqual(32);
    expect(existsSync(`${path()}.new`)).toBe(false);
  });

  it.each(['', '\n', 'short', ' '.repeat(40)])(
    'is not taken when somebody has made %j of it: the words say what to do',
    (text) => {
      writeFileSync(path(), text);
      expect(() => secretKeyIn(folder)).toThrow(ConfigError);
      expect(() => secretKeyIn(folder)).toThrow('at least 32 characters');
      expect(readFileSync(path(), 'utf8')).toBe(text);
    },
  );
});
