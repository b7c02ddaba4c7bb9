import { createHash, randomBytes } from 'node:crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const LENGTH = 22;
const PATTERN = new RegExp(`^([a-z]{3})_[${ALPHABET}]{${LENGTH}}$`);

/** Every kind of thing with an id, by the prefix that its ids carry. The prefix tells `node(id)` where to look. */
export const ID_PREFIXES = {
  User: 'usr',
  Session: 'ses',
  Workspace: 'wsp',
  Person: 'per',
  ClientOrganisation: 'cli',
  Contact: 'con',
  Project: 'prj',
  ProjectGrant: 'grt',
  /** How the API shows a grant, also a pending one: as somebody on a project. */
  ProjectMember: 'grt',
  Invitation: 'ivt',
  Task: 'tsk',
  Rate: 'rat',
  TimeEntry: 'tim',
  Timer: 'tmr',
  Invoice: 'inv',
  InvoiceLine: 'inl',
  Payment: 'pay',
  Mail: 'mal',
  Notification: 'ntf',
  Event: 'evt',
  /** How the API shows an event that is past. */
  ActivityEvent: 'evt',
} as const;
export type IdKind = keyof typeof ID_PREFIXES;

/** A new id: the prefix and 128 random bits in base58. Never serial and never ordered by time, which would tell. */
export const newId = (kind: IdKind): string => `${ID_PREFIXES[kind]}_${base58(randomBytes(16))}`;

/** The same id for the same natural key: for worlds that must come out alike (demo, tests). */
export const derivedId = (kind: IdKind, seed: string, naturalKey: string): string =>
  `${ID_PREFIXES[kind]}_${base58(createHash('sha256').update(`${seed}/${kind}/${naturalKey}`).digest().subarray(0, 16))}`;

/** The prefix of a well-formed id, else undefined: a malformed id costs no statement. */
export const prefixOf = (id: string): string | undefined => PATTERN.exec(id)?.[1];

/** 256 random bits for links and sessions, safe in a URL. Only `tokenHash` of it is ever stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

function base58(bytes: Uint8Array): string {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let out = '';
  for (let i = 0; i < LENGTH; i++) {
    out = ALPHABET[Number(rest % 58n)] + out;
    rest /= 58n;
  }
  return out;
}
