import { createConnection, createServer, type Socket } from 'node:net';

/** Stands between a server and PostgreSQL, and counts what it is asked to carry out: nothing has to be installed there. */
export interface CountingDoor {
  /** The database through this door. */
  url: string;
  /** Statements since it was opened, BEGIN and COMMIT among them. */
  count(): number;
  close(): void;
}

export function openDoor(databaseUrl: string): Promise<CountingDoor> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let statements = 0;
  const door = createServer((client) => {
    const database = createConnection(Number(target.port || 5432), target.hostname);
    const messages = readMessages((kind) => {
      if (kind === EXECUTE || kind === SIMPLE_QUERY) statements += 1;
    });
    client.on('data', messages);
    client.pipe(database).pipe(client);
    for (const socket of [client, database]) {
      socket.setNoDelay(true).on('error', () => socket.destroy());
      sockets.add(socket.on('close', () => sockets.delete(socket)));
    }
  });
  return new Promise((resolve) => {
    door.listen(0, '127.0.0.1', () => {
      const url = new URL(databaseUrl);
      url.hostname = '127.0.0.1';
      url.port = String((door.address() as { port: number }).port);
      const close = () => {
        door.close();
        for (const socket of sockets) socket.destroy();
      };
      resolve({ url: url.href, count: () => statements, close });
    });
  });
}

const EXECUTE = 'E'.charCodeAt(0);
const SIMPLE_QUERY = 'Q'.charCodeAt(0);

/** The kinds of the messages in a stream of PostgreSQL's protocol. The first one, how it starts, has no kind. */
function readMessages(onMessage: (kind: number) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const head = started ? 5 : 4;
      if (rest.length < head) return;
      const length = rest.readUInt32BE(head - 4) + head - 4;
      if (rest.length < length) return;
      if (started) onMessage(rest[0]);
      started = true;
      rest = rest.subarray(length);
    }
  };
}
