import { randomBytes } from 'node:crypto';
import { type Algorithm, hash, parseOptions, verify } from '@node-rs/argon2';
import { badInput, PorticoError } from '../../platform/errors';
import { lengthOf } from '../../platform/text';

const PASSWORD_MIN = 10;
const PASSWORD_MAX = 200;

/** A new password as it is hashed: NFC, 10–200 characters, nothing trimmed. Refuses with `BAD_USER_INPUT`. */
export function cleanPassword(value: string, field = 'password'): string {
  const password = value.normalize('NFC');
  const actual = lengthOf(password);
  if (actual >= PASSWORD_MIN && actual <= PASSWORD_MAX) return password;
  const message = `A password has ${PASSWORD_MIN} to ${PASSWORD_MAX} characters.`;
  throw badInput(field, message, { min: PASSWORD_MIN, max: PASSWORD_MAX, actual });
}

/** The argon2id hash to keep. Takes about 100 ms and 64 MiB: never call it inside a transaction. */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(password.normalize('NFC'), PARAMETERS));

/**
 * Whether this is the password. Without a hash (nobody has this e-mail, or they have no password yet) the answer is no
 * and takes as long.
 */
export const isPassword = (password: string, passwordHash: string | null): Promise<boolean> =>
  inTurn(() => verify(passwordHash ?? NOBODYS_HASH, password.normalize('NFC')));

/** Whether a hash was made with other parameters than today's: then the next sign-in makes it anew. */
export function isOutdated(passwordHash: string): boolean {
  const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(passwordHash);
  return (
    algorithm !== PARAMETERS.algorithm ||
    memoryCost !== PARAMETERS.memoryCost ||
    timeCost !== PARAMETERS.timeCost ||
    parallelism !== PARAMETERS.parallelism
  );
}

// The library's enum is a `const enum`, which isolated modules cannot read.
const ARGON2ID = 2 as Algorithm.Argon2id;
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 65536, timeCost: 3, parallelism: 1 };

/** Costs what a real hash costs and fits no password: salt and digest are random, nothing was hashed. */
const NOBODYS_HASH = [
  '$argon2id$v=19',
  `m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}`,
  base64(randomBytes(16)),
  base64(randomBytes(32)),
].join('$');

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

const AT_ONCE = 2;
const MAX_WAITING = 50;
const RETRY_AFTER_SECONDS = 5;

let atWork = 0;
const waiting: (() => void)[] = [];

/** Two hashes at once and fifty in the queue: a flood of sign-ins is refused rather than the API starved. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (atWork >= AT_ONCE) await myTurn();
  else atWork++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    // Whoever is next takes over this place, so that nobody slips in between.
    if (next) next();
    else atWork--;
  }
}

function myTurn(): Promise<void> {
  if (waiting.length >= MAX_WAITING) {
    throw new PorticoError('RATE_LIMITED', 'Too many people sign in at this moment. Try again in a few seconds.', {
      retryAfter: RETRY_AFTER_SECONDS,
    });
  }
  return new Promise((resolve) => waiting.push(resolve));
}
