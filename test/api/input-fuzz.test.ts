import fc from 'fast-check';
import { type GraphQLField, getNamedType, isLeafType } from 'graphql';
import { bareSchema } from '../../src/api/schema';
import type { CastName } from '../../src/demo/cast';
import { ErrorCode } from '../../src/platform/errors';
import { aProject } from '../support/builders';
import { hostileArguments, hostileText, type Known } from '../support/hostile';
import { invite } from '../support/invitations-builders';
import { anInvoice } from '../support/invoice-builders';
import { TestServer } from '../support/server';
import { aRate, aTask, aTimeEntry } from '../support/time-builders';

let server: TestServer;
let known: Known;
beforeAll(async () => {
  server = await TestServer.start();
  const { cast } = server;
  const project = await aProject(server, { preset: 'FREELANCE' });
  const task = await aTask(server, project, { assignee: 'max' });
  const entry = await aTimeEntry(server, project, { task, person: 'max', billRate: 6000 });
  const draft = await anInvoice(server, project, { as: 'DRAFT' });
  const sent = await anInvoice(server, project, { paid: [10n] });
  const [payment, rate] = [
    await server.database.row<{ id: string }>('select id from payment'),
    await aRate(server, { project, perHour: 6000 }),
  ];
  const { invitation } = await invite(server, 'ada', { projectId: project.id, email: 'ivan@demo.test' });
  known = {
    project: [project.id],
    workspace: [cast.workspaceId],
    clientOrganisation: Object.values(cast.clients),
    person: Object.values(cast.people).filter((id) => id !== cast.people.olga),
    contact: [cast.id('Contact', 'clara'), cast.id('Contact', 'carl')],
    task: [task.id],
    timeEntry: [entry.id],
    invoice: [draft.id, sent.id],
    payment: [payment!.id],
    rate: [rate.id],
    invitation: [invitation.id],
  };
});
afterAll(() => server.close());

const schema = bareSchema();
const RUNS_EACH = 12;
/** They would end the sessions that ask. */
const ENDS_SESSIONS = new Set(['signOut', 'signOutEverywhere', 'changePassword']);

type Operation = GraphQLField<unknown, unknown>;
const operations = (['Query', 'Mutation'] as const).flatMap((type) =>
  Object.values(schema.getType(type) ? (schema.getType(type) as any).getFields() : {})
    .map((field) => [type, field as Operation] as const)
    .filter(([, field]) => field.args.length > 0 && !ENDS_SESSIONS.has(field.name)),
);

describe('whatever is put into', () => {
  it.each(operations.map(([type, field]) => [`${type}.${field.name}`, type, field] as const))(
    '%s, it is answered or refused, and never breaks',
    async (_name, type, field) => {
      const query = documentFor(type, field);
      const who = fc.constantFrom<CastName>('olga', 'olga', 'olga', 'max', 'clara');
      await fc.assert(
        fc.asyncProperty(hostileArguments(field.args, known), who, async (variables, person) => {
          await expectNoBreakage(person, query, variables);
        }),
        { numRuns: RUNS_EACH, seed: 2, endOnFailure: true },
      );
    },
    60_000,
  );

  it('and Olga is still there to ask', async () => {
    expect(await server.data('olga', '{ viewer { displayName } }')).toEqual({
      viewer: { displayName: expect.any(String) },
    });
    expect(
      await server.data('olga', 'query ($id: ID!) { node(id: $id) { id } }', { id: known.project[0] }),
    ).toMatchObject({ node: {} });
  });

  it('the names of operations and the keys of variables, likewise', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (operationName, key) => {
        const body = JSON.stringify({ query: '{ viewer { id } }', operationName, variables: { [key]: key } });
        const headers = { 'content-type': 'application/json', authorization: 'Bearer token-of-olga' };
        const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
        expect(response.status).toBeLessThan(500);
        expect(await response.text()).not.toContain(ErrorCode.INTERNAL);
      }),
      { numRuns: 40, seed: 2 },
    );
  });
});

function documentFor(type: 'Query' | 'Mutation', field: Operation): string {
  const variables = field.args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const args = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const selection = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }';
  return `${type.toLowerCase()} (${variables}) { ${field.name}(${args})${selection} }`;
}

async function expectNoBreakage(who: CastName, query: string, variables: object): Promise<void> {
  const { status, errors } = await server.ask(who, query, variables as Record<string, unknown>);
  const codes = errors?.map((error) => error.extensions.code) ?? [];
  const broke = status >= 500 || codes.some((code) => code === ErrorCode.INTERNAL || !(code in ErrorCode));
  if (broke) throw new Error(`${status} ${codes} for ${who}: ${query} ${JSON.stringify(variables)}`);
}
