import { buildSchema, execute, type GraphQLObjectType, type GraphQLSchema, parse, subscribe } from 'graphql';
import type { Permit } from '../../src/access/permissions';
import type { Policy } from '../../src/access/policy';
import { ProjectAccess } from '../../src/access/project-access';
import { type Asking, protect } from '../../src/access/rules';
import type { Subject } from '../../src/access/subjects';
import { Withheld } from '../../src/access/withheld';
import { derivedId } from '../../src/platform/ids';

const NOW = new Date('2026-03-16T10:00:00Z');
const TASK = derivedId('Task', 'rules', 'task');
const ALIEN = derivedId('Task', 'rules', 'alien');

const POLICY: Policy = {
  Query: { anyone: 'open', signedIn: 'tasks' },
  Mutation: { manager: 'updateTask(taskId)', tracker: 'touchTask(taskId)' },
  Subscription: { signedIn: 'ticks', anyone: 'pings' },
  Task: { base: 'id title', clientView: 'time', manager: 'late', admin: 'broken' },
};

const SDL = `
  type Query { open: Int tasks: [Task!]! }
  type Mutation { updateTask(input: TaskInput!): Int touchTask(input: TaskInput!): Int }
  type Subscription { ticks: Int pings: Int }
  input TaskInput { taskId: ID! }
  type Task { id: ID! title: String! time: Int late: Int broken: Int }
`;

/** A fresh schema with its resolvers, and what was called. */
function make(): { schema: GraphQLSchema; bare: GraphQLSchema; called: string[]; title: () => string } {
  const called: string[] = [];
  const bare = buildSchema(SDL);
  const fields = (type: string) => (bare.getType(type) as GraphQLObjectType).getFields();
  const title = (): string => 'Design';
  const answer = (name: string, value: unknown) => () => {
    called.push(name);
    return value;
  };
  fields('Query').open.resolve = answer('open', 1);
  fields('Query').tasks.resolve = () => [
    { id: 'one', workspaceId: 'fjord', projectId: 'managed' },
    { id: 'two', workspaceId: 'fjord', projectId: 'seen' },
  ];
  fields('Mutation').updateTask.resolve = answer('updateTask', 1);
  fields('Mutation').touchTask.resolve = answer('touchTask', 1);
  fields('Task').title.resolve = title;
  fields('Task').time.resolve = answer('time', 60);
  fields('Task').late.resolve = answer('late', 5);
  fields('Task').broken.resolve = () => Promise.reject(new Error('broken'));
  async function* stream(): AsyncGenerator<number> {
    called.push('stream');
    yield 1;
  }
  for (const name of ['ticks', 'pings']) {
    fields('Subscription')[name].subscribe = stream;
    fields('Subscription')[name].resolve = (value) => value;
  }
  return { schema: protect(bare, POLICY), bare, called, title };
}

const permit = (projectId: string, more: Partial<Permit> = {}): Permit => ({
  workspaceId: 'fjord',
  projectId,
  personId: 'per_me',
  source: 'GRANT',
  role: 'MEMBER',
  trackTime: false,
  clientView: false,
  internalCosts: false,
  managesProject: false,
  settings: null,
  billing: false,
  membersSeeBillRates: false,
  invitePolicy: 'ADMINS',
  clientOrganisationId: 'acme',
  projectStatus: 'ACTIVE',
  expiresAt: null,
  ...more,
});

const MEMBERSHIP = {
  workspaceId: 'fjord',
  personId: 'per_me',
  personType: 'EMPLOYEE',
  role: 'MEMBER',
  businessRoles: [],
  membersSeeBillRates: false,
  organisationIds: [],
} as never;

/** Somebody who manages one project and sees another; or nobody. */
function asking(who: 'somebody' | 'nobody'): Asking {
  const session = { sessionId: 'ses', userId: 'usr', email: 'max@demo.test', lastUsedAt: NOW, expiresAt: NOW };
  const permits = [permit('managed', { clientView: true, managesProject: true }), permit('seen')];
  const access = who === 'nobody' ? ProjectAccess.nobody(NOW) : new ProjectAccess(session, [MEMBERSHIP], permits, NOW);
  const node = async (id: string): Promise<Subject | null> =>
    id === TASK ? { workspaceId: 'fjord', projectId: 'managed' } : null;
  return { access, withheld: new Withheld(), node, isShownOn: async () => false };
}

const run = async (query: string, context = asking('somebody')) => {
  const { schema, called } = make();
  const { data, errors } = await execute({ schema, document: parse(query), contextValue: context });
  const codes = errors?.map((error) => error.extensions.code ?? error.message);
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    codes,
    called,
    errors,
    withheld: context.withheld.list(data),
  };
};

const resolverOf = (schema: GraphQLSchema, type: string, field: string) =>
  (schema.getType(type) as GraphQLObjectType).getFields()[field].resolve;

describe('the policy page in front of a schema', () => {
  it('leaves the resolvers of base fields as they are', () => {
    const { schema, title } = make();
    expect(resolverOf(schema, 'Task', 'title')).toBe(title);
  });

  it('lets the allowed through without a promise', () => {
    const { schema } = make();
    const parent = { workspaceId: 'fjord', projectId: 'managed' };
    const answer = resolverOf(schema, 'Task', 'late')?.(parent, {}, asking('somebody'), {} as never);
    expect(answer).toBe(5);
  });

  it('decides row by row, and tells once what it withheld', async () => {
    const { data, codes, withheld, called } = await run('{ tasks { id title time late } }');
    expect(codes).toBeUndefined();
    expect(data.tasks).toEqual([
      { id: 'one', title: 'Design', time: 60, late: 5 },
      { id: 'two', title: 'Design', time: null, late: null },
    ]);
    expect(called).toEqual(['time', 'late']);
    expect(withheld).toEqual([
      { path: ['tasks', 'late'], requires: ['managesProject'] },
      { path: ['tasks', 'time'], requires: ['clientView'] },
    ]);
  });

  it('names withheld fields by the keys of the answer', async () => {
    const { withheld } = await run('{ mine: tasks { hours: time } }');
    expect(withheld).toEqual([{ path: ['mine', 'hours'], requires: ['clientView'] }]);
  });

  it('lets an error of a resolver be one', async () => {
    const { schema } = make();
    const parent = { workspaceId: 'fjord', projectId: 'any' };
    const admin = new ProjectAccess(
      asking('somebody').access.session,
      [{ ...(MEMBERSHIP as object), role: 'ADMIN' } as never],
      [],
      NOW,
    );
    const context = { ...asking('somebody'), access: admin };
    await expect(resolverOf(schema, 'Task', 'broken')?.(parent, {}, context, {} as never)).rejects.toThrow('broken');
  });

  it('answers strangers what anyone may ask, and nothing else', async () => {
    expect((await run('{ open }', asking('nobody'))).data).toEqual({ open: 1 });
    const { codes, data } = await run('{ tasks { id } }', asking('nobody'));
    expect({ codes, data }).toEqual({ codes: ['UNAUTHENTICATED'], data: null });
  });

  it.each([
    ['the thing is visible and the permission held', 'updateTask', TASK, undefined],
    ['the thing is unknown', 'updateTask', ALIEN, 'NOT_FOUND'],
    ['the id is of another kind', 'updateTask', derivedId('Project', 'rules', 'x'), 'NOT_FOUND'],
    ['the id is none', 'updateTask', "' or 1=1", 'NOT_FOUND'],
  ])('asks about the thing that a mutation names: %s', async (_what, name, id, code) => {
    const { codes, called } = await run(`mutation { ${name}(input: {taskId: "${id}"}) }`);
    expect(codes).toEqual(code && [code]);
    expect(called).toEqual(code ? [] : [name]);
  });

  it('refuses a mutation with what is missing, before it runs', async () => {
    const seen: Asking = {
      ...asking('somebody'),
      node: async () => ({ workspaceId: 'fjord', projectId: 'seen' }),
    };
    const { errors, called } = await run(`mutation { updateTask(input: {taskId: "${TASK}"}) }`, seen);
    expect(errors?.[0].extensions).toEqual({ code: 'FORBIDDEN', requires: ['managesProject'] });
    expect(called).toEqual([]);
  });

  it('asks a stranger to sign in before it looks for the thing', async () => {
    const { codes } = await run(`mutation { updateTask(input: {taskId: "${ALIEN}"}) }`, asking('nobody'));
    expect(codes).toEqual(['UNAUTHENTICATED']);
  });

  it('never opens a stream for whom it refuses', async () => {
    const { schema, called } = make();
    const result = await subscribe({
      schema,
      document: parse('subscription { ticks }'),
      contextValue: asking('nobody'),
    });
    expect(result).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(called).toEqual([]);
  });

  it('opens it for whom it lets in', async () => {
    const { schema, called } = make();
    const document = parse('subscription { ticks }');
    const events = (await subscribe({ schema, document, contextValue: asking('somebody') })) as AsyncGenerator;
    expect(await events.next()).toMatchObject({ value: { data: { ticks: 1 } } });
    expect(called).toEqual(['stream']);
  });
});
