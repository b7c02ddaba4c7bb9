import { servedSchema } from '../../src/api/schema';
import { Coverage } from './asking/coverage';
import { compare, inWords } from './compare';
import { EXTERNAL, INTERNAL } from './personas';
import { RunningWorld } from './running-world';

const SEED = Number(process.env.TW_SEED ?? 7);
const N = Number(process.env.TW_N ?? 100);

test('worlds', async () => {
  const t0 = Date.now();
  const schema = servedSchema();
  const a = await RunningWorld.open('A', schema);
  const b = await RunningWorld.open('B', schema);
  const coverage = new Coverage(schema);
  console.log('open', Date.now() - t0, coverage.places.size);
  for (const persona of [...EXTERNAL, ...INTERNAL]) {
    if (process.env.TW_P && process.env.TW_P !== persona.name) continue;
    const t = Date.now();
    const cpu = process.cpuUsage();
    const f = await compare({ a, b, persona, coverage, seed: SEED, queries: N, mutations: 25, enough: 4 });
    console.log(
      persona.name,
      Date.now() - t,
      process.cpuUsage(cpu).user / 1000,
      f.asked,
      f.told,
      f.accepted,
      f.leaks.map(inWords).join('\n\n'),
    );
  }
  console.log('never', coverage.neverAsked);
  await a.close();
  await b.close();
}, 600000);
