import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hash,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { PorticoError } from '../platform/errors';

/** How far somebody has heard each of their workspaces. */
export type Positions = Map<string, Position>;

export interface Position {
  seq: bigint;
  /** Up to when they have heard everything: what is older than events are kept is of no use. */
  at: Date;
  /** Whether they were a client there: whoever becomes one starts to listen anew (L-30). */
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
const PLACE_BYTES = NAME_BYTES + 1 + SEQ_BYTES + TIME_BYTES;
/** In base64 without a rest, so that texts can be put together: 51 bytes for each place, 18 of a mark. */
const PLACE_LENGTH = ((NONCE_BYTES + TAG_BYTES + PLACE_BYTES) / 3) * 4;
const MARK_LENGTH = 24;

/**
 * Cursors of the stream. They count what happened, hidden things too, so the place in each workspace is encrypted:
 * nothing can be read from it, not even by its length. A mark binds them to the person they are given to: nobody else
 * can use them. The same place may be sealed once for many, and marked for each.
 */
export class Cursors {
  private readonly key: Buffer;
  private readonly markKey: string;

  constructor(secretKey: string) {
    this.key = Buffer.from(hkdfSync('sha256', secretKey, '', 'portico/stream-cursor', 32));
    const markKey = hkdfSync('sha256', secretKey, '', 'portico/stream-cursor-mark', 32);
    this.markKey = Buffer.from(markKey).toString('base64url');
  }

  seal(userId: string, positions: Positions): string {
    return this.marked(
      userId,
      [...positions].map(([workspaceId, position]) => this.place(workspaceId, position)).join(''),
    );
  }

  /** A place in one workspace, sealed for whoever it is marked for. */
  place(workspaceId: string, position: Position): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, nonce);
    const body = Buffer.concat([cipher.update(written(workspaceId, position)), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
  }

  /** A cursor of these places, one after the other, for one person alone. */
  marked(userId: string, places: string): string {
    return this.markOf(userId, places) + places;
  }

  /**
   * The positions of these workspaces in a cursor; those that it does not know are left out.
   * @throws PorticoError `INVALID_CURSOR` for whatever was not given to this person by this server.
   */
  open(userId: string, cursor: string, workspaceIds: readonly string[]): Positions {
    const all = this.decrypt(userId, cursor);
    const positions: Positions = new Map();
    for (const workspaceId of workspaceIds) {
      const position = all.get(nameOf(workspaceId).toString('hex'));
      if (position) positions.set(workspaceId, position);
    }
    return positions;
  }

  /**
   * One for each delivery, so it is what makes the least of it: SHA-512/256 cannot be led on from its result, and so needs
   * no HMAC around the key, which takes twice as long.
   */
  private markOf(userId: string, places: string): string {
    return hash('sha512-256', `${this.markKey}/${userId}/${places}`, 'base64url').slice(0, MARK_LENGTH);
  }

  private decrypt(userId: string, cursor: string): Map<string, Position> {
    const places = cursor.slice(MARK_LENGTH);
    const mark = Buffer.from(cursor.slice(0, MARK_LENGTH));
    const own = Buffer.from(this.markOf(userId, places));
    if (mark.length !== own.length || !timingSafeEqual(mark, own)) {
      throw new PorticoError('INVALID_CURSOR', 'This cursor was not given to you by this stream.', { field: 'after' });
    }
    const positions = new Map<string, Position>();
    for (let at = 0; at < places.length; at += PLACE_LENGTH) {
      const [name, position] = read(this.opened(places.slice(at, at + PLACE_LENGTH)));
      positions.set(name, position);
    }
    return positions;
  }

  private opened(place: string): Buffer {
    const bytes = Buffer.from(place, 'base64url');
    const decipher = createDecipheriv(ALGORITHM, this.key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  }
}

const nameOf = (workspaceId: string): Buffer =>
  createHash('sha256').update(workspaceId).digest().subarray(0, NAME_BYTES);

function written(workspaceId: string, { seq, isClient, at }: Position): Buffer {
  const place = Buffer.alloc(PLACE_BYTES);
  nameOf(workspaceId).copy(place);
  place.writeUInt8(isClient ? 1 : 0, NAME_BYTES);
  place.writeBigUInt64BE(seq, NAME_BYTES + 1);
  place.writeUIntBE(at.getTime(), NAME_BYTES + 1 + SEQ_BYTES, TIME_BYTES);
  return place;
}

function read(place: Buffer): [name: string, position: Position] {
  const isClient = place.readUInt8(NAME_BYTES) === 1;
  const seq = place.readBigUInt64BE(NAME_BYTES + 1);
  const at = new Date(place.readUIntBE(NAME_BYTES + 1 + SEQ_BYTES, TIME_BYTES));
  return [place.subarray(0, NAME_BYTES).toString('hex'), { seq, isClient, at }];
}
