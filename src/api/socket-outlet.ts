import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { SharedAnswer } from '../events/cohort';
import type { Outlet } from '../events/delivery';
import { closeFor, forbid } from './socket-carrier';

const LAGGED = 4290;

/**
 * The way of one stream into its socket. What is answered for many is written past graphql-ws and ws, for it is the same
 * bytes but for the name of the stream and a cursor. On this socket every frame is written at once and whole, because
 * nothing is compressed: so none can come into another.
 */
export class SocketOutlet implements Outlet {
  private readonly head: string;

  constructor(
    private readonly to: SocketAndStream,
    /** As its client calls it. */
    id: string,
    private readonly cutOff: (socket: WebSocket, error: unknown) => void,
  ) {
    this.head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  }

  isFree(): boolean {
    const { socket } = this.to;
    return socket.readyState === socket.OPEN && socket.bufferedAmount === 0;
  }

  pass(answer: SharedAnswer, cursor: string): void {
    if (frames.push({ to: this.to, frame: frameOf(this.head, answer, cursor) }) === 1) queueMicrotask(writeFrames);
  }

  sessionEnded(): void {
    forbid(this.to.socket);
  }

  lagged(lastCursor: string): void {
    closeFor(this.to.socket, LAGGED, `LAGGED ${lastCursor}`);
  }

  failed(error: unknown): void {
    this.cutOff(this.to.socket, error);
  }
}

interface SocketAndStream {
  socket: WebSocket;
  /** What `socket` writes to. */
  stream: Duplex;
}

/**
 * What is passed to many sockets in one go is written in one go, before anything else happens: with other work between
 * two writes each of them takes half as long again.
 */
let frames: { to: SocketAndStream; frame: Buffer }[] = [];

function writeFrames(): void {
  const passed = frames;
  frames = [];
  for (const { to, frame } of passed) if (to.socket.readyState === to.socket.OPEN) to.stream.write(frame);
}

const TAIL = '}';
/** RFC 6455 §5.2: a whole text, not masked. */
const WHOLE_TEXT = 0x81;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/** The frame of a message as graphql-ws would write it: `{"id":…,"type":"next","payload":…}`. */
function frameOf(head: string, { pieces }: SharedAnswer, cursor: string): Buffer {
  let length = Buffer.byteLength(head) + cursor.length * (pieces.length - 1) + TAIL.length;
  for (const piece of pieces) length += piece.length;
  const start = length < LENGTH_IN_2_BYTES ? 2 : length <= 0xffff ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = WHOLE_TEXT;
  if (start === 2) frame[1] = length;
  else if (start === 4) frame.writeUInt16BE(length, frame.writeUInt8(LENGTH_IN_2_BYTES, 1));
  else frame.writeBigUInt64BE(BigInt(length), frame.writeUInt8(LENGTH_IN_8_BYTES, 1));
  let at = start + frame.write(head, start);
  for (let i = 0; i < pieces.length; i++) {
    if (i > 0) at += frame.write(cursor, at, 'latin1');
    at += pieces[i].copy(frame, at);
  }
  frame.write(TAIL, at);
  return frame;
}
