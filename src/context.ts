import type { Asking } from './access/rules';
import type { Cursors } from './events/cursor';
import type { LiveStream } from './events/open-stream';
import type { Reading } from './platform/batch';
import type { Clock } from './platform/clock';
import type { Transactional } from './platform/database';

/** What a resolver is handed. One for each operation, never shared between viewers. */
export interface Context extends Asking, Reading {
  db: Transactional;
  clock: Clock;
  request: RequestFacts;
  /** What the operation asks for, in points of `api/limits.ts`. */
  cost: number;
  /** The document whose cost that is. */
  source?: string;
  settings: ServerSettings;
  /** Seals the places of the stream of events for the person they are given to. */
  cursors: Cursors;
  /** Where a stream is opened: what it needs. */
  live?: LiveStream<Context>;
}

/** What is known of the request itself. */
export interface RequestFacts {
  id: string;
  /** The caller's address, as far as the proxies in front are trusted. */
  ip: string;
  userAgent?: string;
  /** The bearer token, if one was sent. */
  token?: string;
  /** What its line in the log will say of it. */
  log?: { operation?: string; codes?: string[] };
}

/** Settings that use cases need. */
export interface ServerSettings {
  /** Links in mails start with it. No slash at the end. */
  publicUrl: string;
  /** How many invitations one person, and one workspace, may send in 24 hours. */
  invitationsPerDay: number;
}
