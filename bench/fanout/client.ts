import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { answer, moment, usage } from './child';
import { EVENTS } from './events-asked';
import { COST, isClient, tokenOf } from './people';

/** What those who listen to one server have heard since they were asked last. */
export interface Heard {
  /** When, in ms of the machine. */
  at: Float64Array;
  bytes: number;
  /** Answers with the cost in them. */
  costsToManagers: number;
  costsToClients: number;
}

interface Hearing extends Omit<Heard, 'at'> {
  at: number[];
}

interface Wanted {
  count: number;
  tell: () => void;
}

const nothing = (): Hearing => ({ at: [], bytes: 0, costsToManagers: 0, costsToClients: 0 });
const heard = new Map<string, Hearing>();
const wanted = new Map<string, Wanted>();

interface Connect {
  name: string;
  url: string;
  /** Of those who listen, from this one up to, not including, that one. */
  from: number;
  to: number;
  /** Whether they speak graphql-ws, or only listen. */
  speaks: boolean;
}

async function connect({ from, to, ...rest }: Connect): Promise<void> {
  heard.set(rest.name, nothing());
  for (let at = from; at < to; at += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, to - at) }, (_, i) => at + i);
    await Promise.all(some.map((nth) => open(rest, nth)));
  }
}

const AT_ONCE = 100;

function open({ name, url, speaks }: Omit<Connect, 'from' | 'to'>, nth: number): Promise<void> {
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
        socket.send(JSON.stringify({ id: randomUUID(), type: 'subscribe', payload: { query: EVENTS } }));
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
  if (data.includes(COST)) own[byClient ? 'costsToClients' : 'costsToManagers']++;
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
    const { at, ...rest } = heard.get(name)!;
    heard.set(name, nothing());
    return { ...rest, at: Float64Array.from(at) };
  },
});
