import { existsSync } from 'node:fs';
import { z } from 'zod';

/** Of a key that seals; fewer characters can be guessed. */
export const SHORTEST_KEY = 32;

/** Every setting, read in this one place. `.env.example` and docs/operations.md say the same in words. */
const settings = z.object({
  PORT: integer(1, 65_535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: url(/^https?$/, 'https://portal.example.com').optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgres://user:password@host:5432/portico').optional(),
  REDIS_URL: url(/^rediss?$/, 'redis://host:6379').optional(),
  SMTP_URL: url(/^smtps?$/, 'smtp://user:password@host:587').optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => mailbox(text) !== null, { error: 'give an address like Portico <portal@example.com>' })
    .optional(),
  SECRET_KEY: z
    .string()
    .min(SHORTEST_KEY, { error: `give at least ${SHORTEST_KEY} random characters` })
    .optional(),
  DEMO: oneOf('on', 'off', 'force').optional(),
  LOG_LEVEL: oneOf('silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace').default('info'),
  NODE_ENV: z.string().default('development'),
  DATABASE_POOL_SIZE: integer(1, 200).default(10),
  OPERATION_TIMEOUT_MS: integer(100, 120_000).default(5000),
  TRUST_PROXY: integer(0, 10).default(0),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    )
    .refine((origins) => origins.every(isOrigin), {
      error: 'give origins like https://app.example.com, with commas between',
    }),
  BODY_LIMIT_BYTES: integer(1024, 16 * 1024 * 1024).default(256 * 1024),
  QUERY_COST_LIMIT: integer(100, 1_000_000).default(10_000),
  QUERY_DEPTH_LIMIT: integer(5, 50).default(15),
  INVITATIONS_PER_DAY: integer(1, 1_000_000).default(500),
  COMPILE_QUERIES: oneOf('on', 'off').default('on'),
});

interface Mailbox {
  name: string;
  address: string;
}

export interface Config {
  port: number;
  host: string;
  /** What people type to reach the server; links in mails start with it. */
  publicUrl: string;
  dataDir: string;
  /** Undefined: the embedded database in `dataDir`. */
  databaseUrl?: string;
  databasePoolSize: number;
  /** Rings between processes; without it each looks into the database by itself. */
  redisUrl?: string;
  /** Where mails are handed over, and whom they are from; without it they wait in the development inbox. */
  smtp?: { url: string; from: Mailbox };
  /** Seals cursors. Undefined: the one kept beside the embedded database. */
  secretKey?: string;
  /** Load the demo world into an empty database, and show its people where it is. */
  demo: boolean;
  /** No GraphiQL, /compare, introspection and /dev/mail, unless the demo is in the database. */
  production: boolean;
  logLevel: string;
  operationTimeoutMs: number;
  /** How many proxies in front are believed when they name the caller's address. */
  trustProxy: number;
  corsOrigins: string[];
  /** A larger request is answered 413. */
  bodyLimitBytes: number;
  /** What one operation may ask for; the other limits stand in `api/limits.ts`. */
  queryLimits: { cost: number; depth: number };
  /** How many invitations one person, and one workspace, may send in 24 hours. */
  invitationsPerDay: number;
  /** Queries that come again are run by code made for them. */
  compileQueries: boolean;
}

/** All that is wrong with the settings, told at once. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(
      `The settings have ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n  - ${problems.join('\n  - ')}`,
    );
  }
}

/** Takes settings from the file `.env` where there is one; what the environment says wins. */
export function loadSettingsFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(present);
  const problems = [...(parsed.error?.issues ?? []).map(inWords), ...demoInPublic(present), ...keyMissing(present)];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const s = parsed.data;
  const publicUrl = (s.PUBLIC_URL ?? `http://${nameOf(s.HOST)}:${s.PORT}`).replace(/\/$/, '');
  return {
    port: s.PORT,
    host: s.HOST,
    publicUrl,
    dataDir: s.DATA_DIR,
    databaseUrl: s.DATABASE_URL,
    databasePoolSize: s.DATABASE_POOL_SIZE,
    redisUrl: s.REDIS_URL,
    smtp: s.SMTP_URL
      ? { url: s.SMTP_URL, from: mailbox(s.MAIL_FROM ?? `Portico <no-reply@${new URL(publicUrl).hostname}>`)! }
      : undefined,
    secretKey: s.SECRET_KEY,
    demo: wantsDemo(present),
    production: s.NODE_ENV === 'production',
    logLevel: s.LOG_LEVEL,
    operationTimeoutMs: s.OPERATION_TIMEOUT_MS,
    trustProxy: s.TRUST_PROXY,
    corsOrigins: s.CORS_ORIGINS,
    bodyLimitBytes: s.BODY_LIMIT_BYTES,
    queryLimits: { cost: s.QUERY_COST_LIMIT, depth: s.QUERY_DEPTH_LIMIT },
    invitationsPerDay: s.INVITATIONS_PER_DAY,
    compileQueries: s.COMPILE_QUERIES === 'on',
  };
}

const inWords = (issue: { path: PropertyKey[]; message: string }): string =>
  `${issue.path.join('.')}: ${issue.message}`;

type Settings = Record<string, string | undefined>;

/** On for the embedded database: who tries the product out should see something. */
const wantsDemo = ({ DEMO, DATABASE_URL }: Settings): boolean =>
  DEMO === undefined ? DATABASE_URL === undefined : DEMO !== 'off';

function demoInPublic(settings: Settings): string[] {
  const { DEMO, HOST } = settings;
  if (!wantsDemo(settings) || DEMO === 'force' || HOST === undefined || isLoopback(HOST)) return [];
  return [
    `DEMO: the demo people have a published password, and HOST=${HOST} lets others reach them. ` +
      'Set DEMO=off, or DEMO=force if that is what you want',
  ];
}

/** Processes side by side must seal alike, so the key cannot be made by one of them. */
function keyMissing({ DATABASE_URL, SECRET_KEY }: Settings): string[] {
  if (DATABASE_URL === undefined || SECRET_KEY !== undefined) return [];
  return [
    'SECRET_KEY: with DATABASE_URL set, give at least 32 random characters, the same for every process ' +
      '(openssl rand -base64 32)',
  ];
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** How people on this machine call a host in an address. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** `Portico <portal@example.com>` or the address alone; null for anything else. */
function mailbox(text: string): Mailbox | null {
  const [, name = '', inBrackets, alone] = /^(?:([^<>"\p{C}]*) <([^<>]+)>|([^<>]+))$/u.exec(text) ?? [];
  const address = inBrackets ?? alone ?? '';
  return /^[^\s@<>"(),:;\\[\]\p{C}]+@[^\s@<>"(),;\\\p{C}]+$/u.test(address) ? { name: name.trim(), address } : null;
}

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;

function integer(min: number, max: number) {
  const error = `give a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

function oneOf<const T extends string>(...values: T[]) {
  return z.enum(values, { error: `give one of ${values.join(', ')}` });
}

function url(protocol: RegExp, example: string) {
  return z.url({ protocol, error: `give an address like ${example}` });
}
