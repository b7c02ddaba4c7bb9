import { setTimeout as sleep } from 'node:timers/promises';
import { median, quantile } from '../growth/measure';
import { Child } from './child';
import type { Heard } from './client';
import type { World } from './world';

export const SERVERS = ['raw', 'plain', 'portico'] as const;
export type ServerName = (typeof SERVERS)[number];

/** How often: rounds of so many events, each when the last has come to everybody, and then of so many back to back. */
export interface Often {
  rounds: number;
  singles: number;
  burst: number;
}

/** Of one server with so many sockets; medians of the rounds. */
export interface Figures {
  /** On the heap for one more socket with a subscription that nothing happens on, in KB. */
  heapKb: number;
  /** From the commit until it is received, over all sockets, in ms. */
  p50: number;
  p99: number;
  /** CPU of the server's process for one delivery, in µs: one event at a time, and back to back. */
  cpu: number;
  cpuOfBurst: number;
  /** Deliveries a second, back to back. */
  rate: number;
  bytes: number;
  /** Answers that had the cost in them. */
  costsToManagers: number;
  costsToClients: number;
}

interface Measured extends Pick<Figures, 'heapKb' | 'bytes' | 'costsToManagers' | 'costsToClients'> {
  rounds: Pick<Figures, 'p50' | 'p99' | 'cpu' | 'cpuOfBurst' | 'rate'>[];
}

/** All servers at once, each with as many sockets; measured in turns, each round beginning with another one. */
export async function measure(sockets: number, often: Often, world: World): Promise<Record<ServerName, Figures>> {
  const client = Child.start('client.ts');
  const running = {} as Record<ServerName, Running>;
  for (const name of SERVERS) running[name] = await Running.start(name, { client, sockets, world });
  for (let round = 0; round <= often.rounds; round++) {
    for (let i = 0; i < SERVERS.length; i++) {
      // The first round warms up.
      await running[SERVERS[(i + round) % SERVERS.length]].round(often, round > 0);
    }
  }
  await client.stop();
  for (const name of SERVERS) await running[name].server.stop();
  return Object.fromEntries(SERVERS.map((name) => [name, figuresOf(running[name].measured)])) as Record<
    ServerName,
    Figures
  >;
}

const SETTLED_MS = 4000;

interface Listeners {
  client: Child;
  sockets: number;
  world: World;
}

class Running {
  readonly measured: Measured = { heapKb: 0, bytes: 0, costsToManagers: 0, costsToClients: 0, rounds: [] };

  private constructor(
    private readonly name: ServerName,
    readonly server: Child,
    private readonly to: Listeners,
  ) {}

  static async start(name: ServerName, to: Listeners): Promise<Running> {
    const { client, sockets, world } = to;
    const server = Child.start(`${name}-server.ts`, { FANOUT_DATABASE_URL: world.databaseUrl });
    const running = new Running(name, server, to);
    const url = await server.call<string>('listen');
    const connect = (from: number, to: number) =>
      client.call('connect', { name, url, from, to, speaks: name !== 'raw' });
    // A first few, so that what is made once is not counted for each.
    await connect(0, WARM);
    await sleep(SETTLED_MS / 2);
    await running.one(WARM);
    const before = await server.call<number>('heap');
    await connect(WARM, sockets);
    await sleep(SETTLED_MS);
    running.measured.heapKb = ((await server.call<number>('heap')) - before) / (sockets - WARM) / 1024;
    return running;
  }

  async round({ singles, burst }: Often, counts: boolean): Promise<void> {
    const { server, name } = this;
    const { client, sockets } = this.to;
    const cpu = () => server.call<number>('cpu');
    const from = await cpu();
    const taken: number[] = [];
    for (let i = 0; i < singles; i++) taken.push(...(await this.one(sockets)));
    const between = await cpu();
    const hearing = client.call<Heard>('heard', { name, count: sockets * burst });
    const begun = await this.happens();
    for (let i = 1; i < burst; i++) await this.happens();
    const heard = this.note(await hearing);
    const to = await cpu();
    if (!counts) return;
    this.measured.rounds.push({
      p50: median(taken),
      p99: quantile(taken, 0.99),
      cpu: (between - from) / (singles * sockets),
      cpuOfBurst: (to - between) / (burst * sockets),
      rate: (sockets * burst * 1000) / (heard.at.reduce((last, at) => Math.max(last, at), 0) - begun),
    });
  }

  /** One event; how long it took to each socket. */
  private async one(sockets: number): Promise<number[]> {
    const hearing = this.to.client.call<Heard>('heard', { name: this.name, count: sockets });
    const at = await this.happens();
    return Array.from(this.note(await hearing).at, (heard) => heard - at);
  }

  /** Written by this process, where there is something to write; answers when it is. */
  private async happens(): Promise<number> {
    if (this.name !== 'portico') return this.server.call('tell');
    const at = await this.to.world.happens();
    await this.server.call('wake');
    return at;
  }

  private note(heard: Heard): Heard {
    this.measured.bytes = heard.bytes / heard.at.length;
    this.measured.costsToManagers += heard.costsToManagers;
    this.measured.costsToClients += heard.costsToClients;
    return heard;
  }
}

const WARM = 20;

function figuresOf({ rounds, ...rest }: Measured): Figures {
  const middle = (of: keyof (typeof rounds)[number]) => median(rounds.map((round) => round[of]));
  return {
    ...rest,
    p50: middle('p50'),
    p99: middle('p99'),
    cpu: middle('cpu'),
    cpuOfBurst: middle('cpuOfBurst'),
    rate: middle('rate'),
  };
}
