import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { after, type Clock, minutes } from '../../platform/clock';
import type { Sql } from '../../platform/database';
import { PorticoError } from '../../platform/errors';
import { countDown, countUp, forget } from './rate-limits.repository';

/**
 * What is done too often is counted in the database, so that all processes count together: tries at secrets, and mails
 * to people who asked for none. A window begins with the first; nothing is locked for longer. (rate-limiter-flexible's PostgreSQL store reads the machine's
 * clock, and counts with numbers what our connection gives as bigint; rate-limits.repository is its statement with our
 * clock.)
 */
export interface Limit {
  key: string;
  /** Tries in a window; the next one is refused. */
  tries: number;
  windowMs: number;
  /** What whoever is refused is told. */
  refusal: string;
}

const WINDOW_MS = minutes(15);
const TRIES_PER_ACCOUNT = 5;
const TRIES_PER_ADDRESS = 20;

/** What one try counts against: its address first, so that a refused address cannot use up other people's accounts. */
export function limitsOf(what: 'signIn' | 'passwordReset', { email, ip }: { email: string; ip: string }): Limit[] {
  const window = { windowMs: WINDOW_MS, refusal: 'Too many attempts. Try again later.' };
  return [
    { key: keyOf(what, 'address', networkOf(ip)), tries: TRIES_PER_ADDRESS, ...window },
    { key: keyOf(what, 'account', email), tries: TRIES_PER_ACCOUNT, ...window },
  ];
}

/** Counts a try before it is made: of many at once no more than the limit get through. `RATE_LIMITED{retryAfter}`. */
export async function countTry(db: Sql, clock: Clock, limits: readonly Limit[]): Promise<void> {
  const now = clock.now();
  for (const { key, tries, windowMs, refusal } of limits) {
    const { points, expiresAt } = await countUp(db, { key, now, expiresAt: after(now, windowMs), atMost: tries + 1 });
    if (points <= tries) continue;
    const retryAfter = Math.max(1, Math.ceil((expiresAt.getTime() - now.getTime()) / 1000));
    throw new PorticoError('RATE_LIMITED', refusal, { retryAfter });
  }
}

/** The try was no failure after all, or was not made. */
export async function uncountTry(db: Sql, limits: readonly Limit[]): Promise<void> {
  await countDown(
    db,
    limits.map((limit) => limit.key),
  );
}

/** The owner has proven themselves: failures against the account are forgotten, and windows long over with them. */
export async function forgiveAccount(db: Sql, clock: Clock, email: string): Promise<void> {
  await forget(db, keyOf('signIn', 'account', email), clock.now());
}

/** Addresses and e-mails are personal: what is counted is their hash. */
export const keyOf = (...parts: string[]): string => createHash('sha256').update(parts.join('\0')).digest('base64url');

/** Who has one address of IPv6 usually has the whole /64: it counts as one. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped) return mapped[1];
  if (!isIPv6(ip)) return ip;
  const [head, tail] = ip.split('%')[0].split('::');
  const groups = head.split(':').filter(Boolean);
  const end = tail?.split(':').filter(Boolean) ?? [];
  const all = [...groups, ...Array<string>(Math.max(0, 8 - groups.length - end.length)).fill('0'), ...end];
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
