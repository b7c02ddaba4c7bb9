import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { PorticoError } from '../platform/errors';

/** How far somebody has heard each of their workspaces. */
export type Positions = Map<string, Position>;

export interface Position {
  seq: bigint;
  /** Up to when they have heard everything: what is older than events are kept is of no use. */
  at: Date;
  /** Whether they were a client there: whoever becomes one starts to listen anew (access.md L-30). */
  isClient: boolean;
}

/** What was read so far cannot be led on from where it was read: too much has happened since, or the reader is another one. */
export const resetRequired = (): PorticoError =>
  new PorticoError(
    'STREAM_RESET_REQUIRED',
    'What you have read cannot be brought up to date event by event. Read anew, and subscribe afresh.',
  );

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NAME_BYTES = 8;
const SEQ_BYTES = 8;
const TIME_BYTES = 6;
const ENTRY_BYTES = NAME_BYTES + 1 + SEQ_BYTES + TIME_BYTES;

/**
 * Cursors of the stream. They count what happened, hidden things too, so they are encrypted for the person they are
 * given to: nothing can be read from one, not even by its length, and nobody else can use it.
 */
export class Cursors {
  private readonly key: Buffer;

  constructor(secretKey: string) {
    this.key = Buffer.from(hkdfSync('sha256', secretKey, '', 'portico/stream-cursor', 32));
  }

  seal(userId: string, positions: Positions): string {
    const entries = [...positions].map(([workspaceId, position]) => written(workspaceId, position));
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, nonce).setAAD(Buffer.from(userId));
    const body = Buffer.concat([cipher.update(Buffer.concat(entries)), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
  }

  /**
   * The positions of these workspaces in a cursor; those that it does not know are left out.
   * @throws PorticoError `INVALID_CURSOR` for whatever was not given to this person by this server.
   */
  open(userId: string, cursor: string, workspaceIds: readonly string[]): Positions {
    const entries = this.decrypt(userId, cursor);
    const positions: Positions = new Map();
    for (const workspaceId of workspaceIds) {
      const position = entries.get(nameOf(workspaceId).toString('hex'));
      if (position) positions.set(workspaceId, position);
    }
    return positions;
  }

  private decrypt(userId: string, cursor: string): Map<string, Position> {
    try {
      const bytes = Buffer.from(cursor, 'base64url');
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv(ALGORITHM, this.key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(userId)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const body = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      return entriesOf(body);
    } catch {
      throw new PorticoError('INVALID_CURSOR', 'This cursor was not given to you by this stream.', { field: 'after' });
    }
  }
}

const nameOf = (workspaceId: string): Buffer =>
  createHash('sha256').update(workspaceId).digest().subarray(0, NAME_BYTES);

function written(workspaceId: string, { seq, isClient, at }: Position): Buffer {
  const entry = Buffer.alloc(ENTRY_BYTES);
  nameOf(workspaceId).copy(entry);
  entry.writeUInt8(isClient ? 1 : 0, NAME_BYTES);
  entry.writeBigUInt64BE(seq, NAME_BYTES + 1);
  entry.writeUIntBE(at.getTime(), NAME_BYTES + 1 + SEQ_BYTES, TIME_BYTES);
  return entry;
}

function entriesOf(body: Buffer): Map<string, Position> {
  const entries = new Map<string, Position>();
  for (let at = 0; at + ENTRY_BYTES <= body.length; at += ENTRY_BYTES) {
    const isClient = body.readUInt8(at + NAME_BYTES) === 1;
    const seq = body.readBigUInt64BE(at + NAME_BYTES + 1);
    const time = new Date(body.readUIntBE(at + NAME_BYTES + 1 + SEQ_BYTES, TIME_BYTES));
    entries.set(body.subarray(at, at + NAME_BYTES).toString('hex'), { seq, isClient, at: time });
  }
  return entries;
}
