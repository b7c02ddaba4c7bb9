import { short, table, times, verdict } from '../growth/report';
import { EVENTS } from './events-asked';
import { type Figures, SERVERS, type ServerName } from './measure';

const WORDS: Record<ServerName, string> = {
  raw: '`ws` alone: one frame, made once, written to every socket',
  plain: 'graphql-ws as it is: executed and written for each, from memory',
  portico: 'Portico',
};

type BySize = ReadonlyMap<number, Record<ServerName, Figures>>;

export function reportOf(measuredOn: string, all: BySize): string {
  return [
    '## Fan-out',
    measuredOn,
    `One project, and everybody on it listens, one socket each: every second one a client, the others manage it and see its
costs. Something happens to a task. Latency is from the commit until it is received, one event at a time; a burst is events back
to back. CPU is of the server’s process; for Portico, numbering the event and reading it for each class is in it, writing it is not:
another process does that, and rings. Heap is what one more idle subscription adds.`,
    table(HEAD, rowsOf(all)),
    goalsOf(all).join('\n'),
    `The question, of which raw knows nothing:\n\n\`\`\`graphql\n${EVENTS}\n\`\`\``,
  ].join('\n\n');
}

const HEAD = [
  'sockets',
  'server',
  'p50 ms',
  'p99 ms',
  'CPU µs a delivery',
  'in a burst',
  'deliveries a second, in a burst',
  'heap KB',
  'bytes',
  'costs to managers / clients',
];

const rowsOf = (all: BySize): string[][] =>
  [...all].flatMap(([sockets, figures]) =>
    SERVERS.map((name) => {
      const { rate, heapKb, bytes, costsToManagers, costsToClients } = figures[name];
      const against = (of: 'p50' | 'p99' | 'cpu' | 'cpuOfBurst') => {
        const value = figures[name][of].toFixed(1);
        return name === 'raw' ? value : `${value} (${times(figures[name][of] / figures.raw[of])})`;
      };
      return [
        short(sockets),
        WORDS[name],
        ...[against('p50'), against('p99'), against('cpu'), against('cpuOfBurst')],
        Math.round(rate).toLocaleString('en'),
        heapKb.toFixed(1),
        bytes.toFixed(0),
        name === 'raw' ? '–' : `${costsToManagers} / ${costsToClients}`,
      ];
    }),
  );

const goalsOf = (all: BySize): string[] =>
  [...all].map(([sockets, { raw, portico }]) => {
    const atMostTwice = (of: 'cpu' | 'cpuOfBurst' | 'p99', words: string) =>
      verdict(portico[of] / raw[of], 2, `${words} ${times(portico[of] / raw[of])} of raw`);
    const goals = [
      atMostTwice('cpu', 'CPU for each delivery'),
      atMostTwice('cpuOfBurst', 'in a burst'),
      atMostTwice('p99', 'p99'),
      verdict(portico.heapKb, 12, `${portico.heapKb.toFixed(1)} KB of heap for an idle subscription`),
      verdict(portico.costsToClients, 0, `${portico.costsToClients} costs to clients, of ${portico.costsToManagers}`),
    ];
    return `- ${short(sockets)} sockets: ${goals.join('; ')}.`;
  });
