import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError, readConfig } from '../../src/config';

const SECRET_KEY = 'k'.repeat(32);

const problemsOf = (env: Record<string, string>): string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('the settings', () => {
  it('need nothing to be said', () => {
    expect(readConfig({})).toMatchObject<Partial<Config>>({
      port: 4000,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:4000',
      dataDir: './data',
      databaseUrl: undefined,
      demo: true,
      production: false,
    });
  });

  it('take an empty value as unsaid', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' }).port).toBe(4000);
  });

  it.each<[string, Record<string, string>, Partial<Config>]>([
    ['the demo comes with the embedded database', {}, { demo: true, production: false }],
    ['and not with PostgreSQL', { DATABASE_URL: 'postgres://a@b/c', SECRET_KEY }, { demo: false }],
    ['unless asked for', { DATABASE_URL: 'postgres://a@b/c', SECRET_KEY, DEMO: 'on' }, { demo: true }],
    [
      'production is production, with the demo or without',
      { NODE_ENV: 'production' },
      { demo: true, production: true },
    ],
  ])('%s', (_sentence, env, expected) => {
    expect(readConfig(env)).toMatchObject(expected);
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'portal.example.com'])(
    'refuse the demo where others reach it: %s',
    (HOST) => {
      expect(problemsOf({ HOST })).toEqual([expect.stringContaining('published password')]);
      expect(problemsOf({ HOST, DEMO: 'force' })).toEqual([]);
      expect(problemsOf({ HOST, DEMO: 'off' })).toEqual([]);
    },
  );

  it.each(['localhost', '127.0.0.1', '127.0.0.53', '::1'])('allow the demo on this machine alone: %s', (HOST) => {
    expect(problemsOf({ HOST })).toEqual([]);
  });

  it('tell all problems at once, each with what to give instead', () => {
    const env = { PORT: '99999', PUBLIC_URL: 'ftp://x', CORS_ORIGINS: '*', DEMO: 'maybe', OPERATION_TIMEOUT_MS: '1.5' };
    expect(problemsOf({ ...env, LOG_LEVEL: 'loud', COMPILE_QUERIES: 'yes' })).toEqual([
      'PORT: give a whole number from 1 to 65535',
      'PUBLIC_URL: give an address like https://portal.example.com',
      'DEMO: give one of on, off, force',
      expect.stringContaining('LOG_LEVEL: give one of silent, '),
      'OPERATION_TIMEOUT_MS: give a whole number from 100 to 120000',
      'CORS_ORIGINS: give origins like https://app.example.com, with commas between',
      'COMPILE_QUERIES: give one of on, off',
    ]);
  });

  it('have queries compiled unless told otherwise', () => {
    const compiled = (COMPILE_QUERIES: string) => readConfig({ COMPILE_QUERIES }).compileQueries;
    expect(['', 'on', 'off'].map(compiled)).toEqual([true, true, false]);
  });

  it('ask for a key with PostgreSQL, where several processes have to seal alike', () => {
    const DATABASE_URL = 'postgres://a@b/c';
    expect(problemsOf({ DATABASE_URL })).toEqual([expect.stringContaining('SECRET_KEY')]);
    expect(problemsOf({ DATABASE_URL, SECRET_KEY: 'short' })).toEqual([
      'SECRET_KEY: give at least 32 random characters',
    ]);
  });

  it('name an address that people can type', () => {
    expect(readConfig({ HOST: '::1', PORT: '1' }).publicUrl).toBe('http://[::1]:1');
    expect(readConfig({ HOST: '0.0.0.0', DEMO: 'off' }).publicUrl).toBe('http://localhost:4000');
    expect(readConfig({ PUBLIC_URL: 'https://portal.example.com/' }).publicUrl).toBe('https://portal.example.com');
  });

  it('say where mails are handed over, and whom they are from', () => {
    const SMTP_URL = 'smtp://user:p%40ss@mail.example.com:587';
    const PUBLIC_URL = 'https://portal.example.com';
    expect(readConfig({ PUBLIC_URL }).smtp).toBeUndefined();
    expect(readConfig({ PUBLIC_URL, SMTP_URL }).smtp).toEqual({
      url: SMTP_URL,
      from: { name: 'Portico', address: 'no-reply@portal.example.com' },
    });
    const fromOf = (MAIL_FROM: string) => readConfig({ SMTP_URL, MAIL_FROM }).smtp?.from;
    expect(fromOf('Fjord, Inc. <hello@fjord.example>')).toEqual({
      name: 'Fjord, Inc.',
      address: 'hello@fjord.example',
    });
    expect(fromOf('hello@fjord.example')).toEqual({ name: '', address: 'hello@fjord.example' });
    expect(problemsOf({ SMTP_URL: 'https://mail.example.com' })).toEqual([
      'SMTP_URL: give an address like smtp://user:password@host:587',
    ]);
    for (const MAIL_FROM of ['Fjord', 'a@b, c@d', 'A <a@b>, B <c@d>', 'A\r\nBcc: x <a@b>', 'A <>', '<a@b>']) {
      expect(problemsOf({ MAIL_FROM })).toEqual(['MAIL_FROM: give an address like Portico <portal@example.com>']);
    }
  });

  it.each(['.env.example', 'docs/operations.md'])('stand in %s, each of them', (file) => {
    const root = join(__dirname, '../..');
    const names = readFileSync(join(root, 'src/config.ts'), 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+): /gm);
    const text = readFileSync(join(root, file), 'utf8');
    expect([...names].map(([, name]) => name).filter((name) => !text.includes(name))).toEqual([]);
  });
});
