import { version } from '../../package.json';
import type { Config } from '../config';

interface StartFacts {
  config: Pick<Config, 'publicUrl' | 'databaseUrl' | 'dataDir' | 'smtp'>;
  readyAfterMs: number;
  /** Explore, compare and the inbox are there. */
  devTools: boolean;
  /** The demo people are in the database. */
  demo: boolean;
  /** Makes the first owner of an empty database. Null: one that was printed before still works. */
  setupLink?: string | null;
}

/** What a person sees when the server is ready: one aligned block of addresses, whom to be, and what to ask. */
export function startBlock({ config, readyAfterMs, devTools, demo, setupLink }: StartFacts): string {
  const { publicUrl } = config;
  const compare: Line = ['Compare', `${publicUrl}/compare`, 'one question, asked by three people side by side'];
  const tools: Line[] = [
    ['Explore', `${publicUrl}/`, demo ? 'ready queries, and people to ask them as' : 'GraphiQL'],
    ...(demo ? [compare] : []),
    [
      'Inbox',
      `${publicUrl}/dev/mail`,
      config.smtp ? 'the newest mails, and what became of them' : 'every mail the server would have sent',
    ],
  ];
  const addresses: Line[] = [
    ...(devTools ? tools : []),
    ['GraphQL', `${publicUrl}/graphql`, ''],
    ['Health', `${publicUrl}/readyz`, ''],
  ];
  const where = config.databaseUrl ? 'PostgreSQL' : `embedded database in ${config.dataDir}`;
  const parts = [
    [`Portico ${version}   ready in ${(readyAfterMs / 1000).toFixed(1)} s   (${where})`],
    align(addresses),
    demo ? align(DEMO_LINES) : [],
    setupLink === undefined ? [] : align(setupLines(setupLink)),
    ['Stop: Ctrl-C   Settings: .env.example and docs/operations.md'],
  ];
  const text = parts.filter((lines) => lines.length > 0).map((lines) => lines.map((line) => `  ${line}`).join('\n'));
  return `\n${text.join('\n\n')}\n`;
}

type Line = readonly [label: string, what: string, note: string];

const DEMO_LINES: Line[] = [
  ['Sign in', 'clara, carl, max or ada @demo.test, password portal-demo', ''],
  ['Ask', '{ projects(first: 5) { nodes { name totals { billableTime { hours } internalCost { amount } } } } }', ''],
];

const setupLines = (link: string | null): Line[] =>
  link
    ? [
        ['Set up', link, ''],
        ['', 'makes the first owner; works once, for 24 hours', ''],
      ]
    : [['Set up', 'by the link that was printed already; `npm run setup-link` prints a new one', '']];

function align(lines: readonly Line[]): string[] {
  const noted = lines.filter(([, , note]) => note !== '').map(([, what]) => what.length);
  const width = Math.max(0, ...noted) + 3;
  return lines.map(([label, what, note]) => `${label.padEnd(10)}${note ? what.padEnd(width) + note : what}`);
}
