import { z } from 'zod';

/** Every setting, read in this one place. `.env.example` and docs/operations.md say the same in words. */
const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DEMO: z.enum(['on', 'off', 'force']).optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  NODE_ENV: z.string().default('development'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  OPERATION_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(5000),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  CORS_ORIGINS: z.string().default(''),
});

export interface Config {
  port: number;
  host: string;
  /** What people type to reach the server; links in mails start with it. */
  publicUrl: string;
  dataDir: string;
  /** Undefined: the embedded database in `dataDir`. */
  databaseUrl?: string;
  databasePoolSize: number;
  /** Load the demo world into an empty database. */
  demo: boolean;
  /** GraphiQL, /compare, introspection and /dev/mail: with the demo, or outside production. */
  devTools: boolean;
  logLevel: string;
  operationTimeoutMs: number;
  /** How many proxies in front are believed when they name the caller's address. */
  trustProxy: number;
  corsOrigins: string[];
}

/** All that is wrong with the settings, told at once. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`The settings have ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n  - ${problems.join('\n  - ')}`);
  }
}

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(present);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const s = parsed.data;
  const demo = s.DEMO === undefined ? s.DATABASE_URL === undefined : s.DEMO !== 'off';
  const problems = demo && s.DEMO !== 'force' && !isLoopback(s.HOST) ? [DEMO_IS_PUBLIC(s.HOST)] : [];
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    port: s.PORT,
    host: s.HOST,
    publicUrl: (s.PUBLIC_URL ?? `http://${s.HOST.includes(':') ? `[${s.HOST}]` : s.HOST}:${s.PORT}`).replace(/\/$/, ''),
    dataDir: s.DATA_DIR,
    databaseUrl: s.DATABASE_URL,
    databasePoolSize: s.DATABASE_POOL_SIZE,
    demo,
    devTools: demo || s.NODE_ENV !== 'production',
    logLevel: s.LOG_LEVEL,
    operationTimeoutMs: s.OPERATION_TIMEOUT_MS,
    trustProxy: s.TRUST_PROXY,
    corsOrigins: s.CORS_ORIGINS.split(',').map((origin) => origin.trim()).filter(Boolean),
  };
}

const DEMO_IS_PUBLIC = (host: string): string =>
  `DEMO: the demo people have a published password, and HOST=${host} lets others reach them. ` +
  'Set DEMO=off, or DEMO=force if that is what you want.';

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);
