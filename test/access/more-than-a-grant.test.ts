import { MatrixWorld } from './matrix-world';

/** What a workspace setting and a business role add to the permissions of an internal member: cells `m` and BILLING. */
let world: MatrixWorld;
beforeAll(async () => {
  world = await MatrixWorld.build();
}, 60_000);
afterAll(() => world.server.close());

const sql = (text: string) => world.server.database.rows(text);
const showRates = (on: boolean) => sql(`update workspace set members_see_bill_rates = ${on}`);
const duties = (role: string) =>
  sql(`update membership set business_roles = '{${role}}' where person_type <> 'CLIENT'`);
afterEach(async () => {
  await showRates(false);
  await duties('');
});

/** Which of the fields Wim is shown of a thing; all of them have a value. Null: the thing is absent for him. */
async function shown(thing: string, fields: string): Promise<string[] | null> {
  const id = world.idOf(thing, 'wim') ?? world.idOf(thing, 'max');
  const selection = fields.replace(/\w+/g, (name) =>
    /Rate$|Amount$|^cost$|lines|payments|invoice$|total$/.test(name) ? `${name} { __typename }` : name,
  );
  const { node } = await world.server.data(
    'wim',
    `{ node(id: "${id}") { ... on ${thing.split(' ')[0]} { ${selection} } } }`,
  );
  return node && Object.keys(node).filter((key) => node[key] !== null);
}

describe('where the workspace shows its team the bill rates, Wim sees', () => {
  beforeEach(async () => {
    await world.stand('M');
    await showRates(true);
  });

  it('what a task brings, and never what it costs', async () => {
    expect(await shown('Task of another', 'billableAmount billRate cost')).toEqual(['billableAmount']);
  });

  it('the rate of the project and the amounts by task, and never a cost', async () => {
    const query = `{ project(id: "${world.projectId}") { rateCard { billRate { amount } costRate { amount } }
      totals { byTask { billableAmount { amount } cost { amount } } internalCost { amount } } } }`;
    const { project } = await world.server.data('wim', query);
    expect(project.rateCard).toEqual({ billRate: { amount: expect.any(String) }, costRate: null });
    expect(project.totals.internalCost).toBeNull();
    for (const row of project.totals.byTask) expect(row).toMatchObject({ billableAmount: {}, cost: null });
  });

  it('what his own time is worth, and not that of Cora', async () => {
    const fields = 'billRate billableAmount costRate costAmount';
    expect(await shown('TimeEntry of one’s own', fields)).toEqual(['billRate', 'billableAmount']);
    expect(await shown('TimeEntry of another, not yet invoiced', fields)).toEqual([]);
  });

  it('his own rate, and not that of Cora', async () => {
    expect(await shown('Person oneself', 'billRate costRate')).toEqual(['billRate']);
    expect(await shown('Person of the team', 'billRate costRate')).toEqual([]);
  });

  it('nothing of it without client view', async () => {
    await world.stand('w');
    expect(await shown('Task of another', 'billableAmount')).toEqual([]);
    expect(await shown('TimeEntry of one’s own', 'billRate billableAmount')).toEqual([]);
  });
});

describe('with the business role BILLING, Wim sees', () => {
  const LISTED = 'number total notes internalNotes lines payments';
  beforeEach(async () => {
    await world.stand('M');
    await duties('BILLING');
  });

  it('the invoices of his projects, drafts too', async () => {
    expect(await shown('Invoice', LISTED)).toEqual(LISTED.split(' '));
    expect(await shown('Invoice as a draft', 'total internalNotes')).toEqual(['total', 'internalNotes']);
  });

  it('of time entries no more than before: which of them are invoiced stands on the invoice', async () => {
    expect(await shown('TimeEntry of another, invoiced', 'id invoiced invoice')).toEqual(['id']);
    expect(await shown('TimeEntry of one’s own', 'id invoiced')).toEqual(['id']);
  });

  it('no cost and no rate beyond that', async () => {
    expect(await shown('TimeEntry of another, invoiced', 'billRate costRate')).toEqual([]);
    expect(await shown('Person of the team', 'billRate costRate')).toEqual([]);
  });

  it('no invoice without client view', async () => {
    await world.stand('w');
    expect(await shown('Invoice', LISTED)).toBeNull();
    expect(await shown('Invoice as a draft', 'total')).toBeNull();
  });
});
