import { type SourceFile, sourceFiles } from './sources';

/** architecture.md "Directions": `main → api → domains → { events, access } → platform`. */
const MAY_IMPORT: Record<string, string[]> = {
  events: ['events', 'access', 'platform'],
  platform: ['platform'],
  access: ['access', 'platform'],
  domains: ['domains', 'events', 'access', 'platform', 'context', 'demo-cast'],
  demo: ['demo', 'domains', 'events', 'access', 'platform', 'context'],
  context: ['events', 'access', 'platform'],
  entities: ['domains', 'events', 'platform'],
  migrations: ['migrations', 'platform'],
  ormconfig: ['entities', 'migrations', 'platform'],
  config: [],
  api: ['api', 'domains', 'events', 'access', 'platform', 'context', 'demo', 'config'],
  start: ['start', 'api', 'demo', 'domains', 'events', 'access', 'platform', 'config', 'context'],
  main: ['start', 'api', 'demo', 'domains', 'events', 'access', 'platform', 'config', 'context'],
};

const files = sourceFiles('src', 'migrations');

describe('the ways between the rooms', () => {
  it('lead from the door inwards and never back', () => {
    const wrong = pairs(files).filter(([from, to]) => !mayImport(from, to));
    expect(wrong).toEqual([]);
  });

  it('never lead from access to what a domain does', () => {
    const access = pairs(files).filter(([from]) => from.startsWith('src/access/'));
    expect(access.filter(([, to]) => /\.(service|resolver|repository)\.ts$/.test(to))).toEqual([]);
  });

  it('let a domain use of another only its service, loaders, entity and types', () => {
    const between = pairs(files).filter(
      ([from, to]) => domainOf(from) && domainOf(to) && domainOf(from) !== domainOf(to),
    );
    expect(between.filter(([, to]) => /\.(resolver|repository|inputs|logic)\.ts$/.test(to))).toEqual([]);
  });

  it('never lead in a circle, from file to file or from domain to domain', () => {
    expect(circles(new Map(files.map(({ path, loads }) => [path, loads])))).toEqual([]);
    expect(circles(domainGraph(files))).toEqual([]);
  });
});

describe('what stands in one place alone', () => {
  it('SQL: repositories, the access page’s rows, migrations and the platform', () => {
    const elsewhere = files.filter(({ path }) => !MAY_WRITE_SQL.test(path) && path.startsWith('src/'));
    expect(elsewhere.filter(({ text }) => SQL.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('graphql-shield: rules.ts', () => {
    const users = files.filter(({ packages }) => packages.some((name) => /^graphql-(shield|middleware)$/.test(name)));
    expect(users.map(({ path }) => path)).toEqual(['src/access/rules.ts']);
  });

  it('the environment: config.ts', () => {
    const readers = files.filter(({ text }) => /process\.(env|loadEnvFile)\b/.test(text));
    expect(readers.map(({ path }) => path)).toEqual(['src/config.ts']);
  });

  it('now: the platform’s clock', () => {
    const readers = files.filter(({ text }) => /\bDate\.now\(\)|new Date\(\)/.test(text));
    expect(readers.map(({ path }) => path).filter((path) => !path.startsWith('src/platform/'))).toEqual([]);
  });
});

describe('the size and form of files', () => {
  const all = [...files, ...sourceFiles('test', 'scripts')];

  it('is at most 300 lines', () => {
    expect(all.filter(({ text }) => text.split('\n').length > 301).map(({ path }) => path)).toEqual([]);
  });

  it('is no barrel: what is needed is imported from where it is written', () => {
    const barrels = all.filter(({ text, path }) => /^export (\*|\{[^}]*\}) from/m.test(text) || isIndex(path));
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });

  it('has a name of the words of architecture.md, and none of them is utils', () => {
    expect(all.filter(({ path }) => /\b(utils?|helpers?|common|misc)\b/.test(path)).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it('has no default export, no skipped test and no silenced type', () => {
    const silenced = /@ts-(ignore|expect-error|nocheck)|\b(it|describe|test)\.(skip|only|todo)\(|^export default/m;
    const found = all.filter(({ path, text }) => silenced.test(text) && !path.endsWith('directions.test.ts'));
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});

const MAY_WRITE_SQL = /\.repository\.ts$|^src\/access\/(rows|load-access|held-by)\.ts$|^src\/platform\//;
const SQL = /['"`][^'"`]*\b(select\s[\s\S]+?\sfrom\s|insert into\s|update \w+ set\s|delete from\s)/i;

const isIndex = (path: string): boolean => path.endsWith('/index.ts') && path !== 'migrations/index.ts';

const pairs = (of: SourceFile[]): [from: string, to: string][] =>
  of.flatMap(({ path, imports }) => imports.map((to): [string, string] => [path, to]));

function roomOf(path: string): string {
  if (path === 'src/demo/cast.ts') return 'demo-cast';
  const parts = path.split('/');
  const name = parts[0] === 'src' ? parts[1] : parts[0];
  return name.replace(/\.ts$/, '');
}

function mayImport(from: string, to: string): boolean {
  const room = roomOf(from) === 'demo-cast' ? 'demo' : roomOf(from);
  const allowed = MAY_IMPORT[room];
  if (!allowed) throw new Error(`${from}: architecture.md knows no room "${room}".`);
  if (roomOf(to) === 'package.json') return true;
  return (
    allowed.includes(roomOf(to)) || (roomOf(to) === 'demo-cast' && allowed.includes('demo')) || to === 'ormconfig.ts'
  );
}

const domainOf = (path: string): string | undefined => /^src\/domains\/([^/]+)\//.exec(path)?.[1];

function domainGraph(of: SourceFile[]): Map<string, string[]> {
  const graph = new Map<string, string[]>();
  for (const { path, loads } of of) {
    const from = domainOf(path);
    if (!from) continue;
    const to = loads.map(domainOf).filter((domain) => domain !== undefined && domain !== from) as string[];
    graph.set(from, [...new Set([...(graph.get(from) ?? []), ...to])]);
  }
  return graph;
}

/** Every circle, from its alphabetically first member. */
function circles(graph: Map<string, string[]>): string[] {
  const done = new Set<string>();
  const found = new Set<string>();
  const visit = (path: string, way: string[]): void => {
    const at = way.indexOf(path);
    if (at >= 0) {
      found.add(inOrder(way.slice(at)).join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return [...found].sort();
}

function inOrder(circle: string[]): string[] {
  const start = circle.indexOf([...circle].sort()[0]);
  return [...circle.slice(start), ...circle.slice(0, start)];
}
