import { setTimeout as sleep } from 'node:timers/promises';
import { median, quantile } from '../growth/measure';
import { Child } from './child';
import { dropWorld, makeWorld } from './world';

const server = process.env.DATABASE_URL!;
const MODES = (process.env.MODES ?? 'raw,plain,portico').split(',');
const SIZES = (process.env.SIZES ?? '1000,5000').split(',').map(Number);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const SINGLES = Number(process.env.SINGLES ?? 10);
const BURST = Number(process.env.BURST ?? 20);

async function main() {
  const databaseUrl = await makeWorld(server, Math.max(...SIZES));
  for (const size of SIZES) {
    const client = Child.start('client.ts');
    const servers: Record<string, Child> = {};
    for (const name of MODES) {
      const child = Child.start(`${name}-server.ts`, { FANOUT_DATABASE_URL: databaseUrl });
      servers[name] = child;
      const url = await child.call<string>('listen');
      // A first one, so that what is made once is not counted with each.
      await client.call('connect', { name, url, count: 10, speaks: name !== 'raw' });
      await sleep(1000);
      await child.call('tell');
      await client.call('heard', { name, count: 10 });
      const before = await child.call<number>('heap');
      const t = performance.now();
      await client.call('connect', { name, url, count: size - 10, speaks: name !== 'raw' });
      await sleep(3000);
      const after = await child.call<number>('heap');
      console.log(
        size,
        name,
        'connect',
        ((performance.now() - t) / 1000).toFixed(1),
        's, heap per idle',
        ((after - before) / (size - 10) / 1024).toFixed(1),
        'KB',
      );
    }
    const figures: Record<
      string,
      { cpu: number[]; lat: number[]; bcpu: number[]; rate: number[]; costs: number[]; p50: number[]; p99: number[] }
    > = {};
    for (const name of MODES) figures[name] = { cpu: [], lat: [], bcpu: [], rate: [], costs: [0, 0], p50: [], p99: [] };
    for (let round = 0; round <= ROUNDS; round++) {
      for (const name of MODES) {
        const f = figures[name];
        const child = servers[name];
        const c0 = await child.call<number>('cpu');
        const lat: number[] = [];
        let bytes = 0;
        for (let i = 0; i < SINGLES; i++) {
          const hearing = client.call<any>('heard', { name, count: size });
          const at = await child.call<number>('tell');
          const heard = await hearing;
          for (const h of heard.at) lat.push(h - at);
          bytes = heard.bytes / size;
          f.costs[0] += heard.toManagers;
          f.costs[1] += heard.toClients;
        }
        const c1 = await child.call<number>('cpu');
        const hearing = client.call<any>('heard', { name, count: size * BURST });
        const at = await child.call<number>('burst', BURST);
        const heard = await hearing;
        const c2 = await child.call<number>('cpu');
        if (round === 0) {
          console.log(name, 'bytes', bytes, heard.at.length);
          continue;
        }
        f.cpu.push((c1 - c0) / (SINGLES * size));
        f.bcpu.push((c2 - c1) / (BURST * size));
        f.rate.push((size * BURST) / ((heard.at.reduce((a: number, b: number) => Math.max(a, b), 0) - at) / 1000));
        f.p50.push(median(lat));
        f.p99.push(quantile(lat, 0.99));
      }
    }
    for (const name of MODES) {
      const f = figures[name];
      console.log(
        size,
        name,
        'cpu/delivery',
        median(f.cpu).toFixed(1),
        'burst cpu',
        median(f.bcpu).toFixed(1),
        'us; p50',
        median(f.p50).toFixed(1),
        'p99',
        median(f.p99).toFixed(1),
        'ms; burst',
        Math.round(median(f.rate)),
        '/s; costs to managers, clients',
        f.costs,
      );
    }
    await client.stop();
    for (const name of MODES) await servers[name].stop();
  }
  await dropWorld(server);
}
main().catch((e) => {
  console.error(e);
  process.exit(1);
});
