import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { answer, moment, usage } from './child';
import { COST, isClient, tokenOf } from './world';

/** Everybody who listens, in a process apart from the servers. */
const EVENTS = `subscription ($after: Cursor) {
  portalEvents(after: $after) {
    cursor kind occurredAt
    project { id name totals { billableTime { hours } internalCost { amount } } }
    subject { __typename ... on Task { id title status dueDate } }
  }
}`;

/** What those who listen to one server have heard since they were asked last. */
interface Heard {
  at: number[];
  bytes: number;
  /** Answers with a cost in them. */
  toManagers: number;
  toClients: number;
}

interface Wanted {
  count: number;
  tell: () => void;
}

const nothing = (): Heard => ({ at: [], bytes: 0, toManagers: 0, toClients: 0 });
const heard = new Map<string, Heard>();
const wanted = new Map<string, Wanted>();

interface Connect {
  name: string;
  url: string;
  count: number;
  /** Whether they speak graphql-ws, or only listen. */
  speaks: boolean;
  query?: string;
}

async function connect({ name, url, count, speaks, query = EVENTS }: Connect): Promise<void> {
  heard.set(name, nothing());
  for (let from = 0; from < count; from += 100) {
    const some = Array.from({ length: Math.min(100, count - from) }, (_, i) => from + i);
    await Promise.all(some.map((nth) => open({ name, url, count, speaks, query }, nth)));
  }
}

function open({ name, url, speaks, query }: Connect, nth: number): Promise<void> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', (code, reason) => {
      console.error(`A socket of ${name} closed: ${code} ${reason}`);
    });
    socket.on('open', () => {
      if (!speaks) return resolve();
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${tokenOf(nth)}` } }));
    });
    socket.on('message', (data: Buffer) => {
      if (speaks && data.length < 50 && data.includes('connection_ack')) {
        socket.send(JSON.stringify({ id: randomUUID(), type: 'subscribe', payload: { query } }));
        return resolve();
      }
      hear(name, data, isClient(nth));
    });
  });
}

function hear(name: string, data: Buffer, byClient: boolean): void {
  const own = heard.get(name)!;
  own.at.push(moment());
  own.bytes += data.length;
  if (!data.includes('"next"')) {
    console.error(`${name} says ${data}`);
    process.exit(1);
  }
  if (data.includes(COST)) own[byClient ? 'toClients' : 'toManagers']++;
  const waiting = wanted.get(name);
  if (waiting && own.at.length >= waiting.count) {
    wanted.delete(name);
    waiting.tell();
  }
}

answer({
  ...usage,
  connect,
  /** Once so much has been heard; forgets it then. */
  heard: async ({ name, count }: { name: string; count: number }): Promise<Heard> => {
    if (heard.get(name)!.at.length < count) {
      await new Promise<void>((tell) => wanted.set(name, { count, tell }));
    }
    const all = heard.get(name)!;
    heard.set(name, nothing());
    return all;
  },
});
