import { createApi } from '../../src/api/server';
import { loadDemo } from '../../src/demo/load-demo';
import { STORY } from '../../src/demo/world';
import { createLogger } from '../../src/platform/logger';
import { TestClock } from '../support/clock';
import { openTestDatabase, type TestDatabase } from '../support/database';
import { SECRET_KEY, SETTINGS } from '../support/server';

let opened: TestDatabase;
const clock = new TestClock();
beforeAll(async () => {
  opened = await openTestDatabase();
  await loadDemo(opened.database, clock);
}, 60_000);
afterAll(() => opened.close());

describe('the demo world', () => {
  it('has totals that are exactly what its entries add up to', async () => {
    const [difference] = await opened.database.rows<{ n: number }>(`
      select count(*)::int as n from (
        select project_id, invoice_state, sum(billed_seconds), sum(billable_amount_minor), sum(cost_amount_minor), count(*)
        from time_entry group by 1, 2
        except select project_id, invoice_state, billed_seconds, billable_amount_minor, cost_amount_minor, entries
        from project_total) x`);
    expect(difference.n).toBe(0);
    const [entries] = await opened.database.rows<{ n: number }>('select count(*)::int as n from time_entry');
    expect(entries.n).toBeGreaterThan(400);
  });

  it('has Ivan invited to the project that the pages begin with', async () => {
    const invited = await opened.database.rows(
      `select i.name, p.code from invitation i join invitation_grant g on g.invitation_id = i.id
         join project p on p.id = g.project_id`,
    );
    expect(invited).toEqual([{ name: 'Ivan Invited', code: STORY.code }]);
  });

  it('has something that happened these days, in the order of the days', async () => {
    const events = await opened.database.rows<{ occurredAt: Date }>(
      `select occurred_at from event where kind = 'time.logged' order by position`,
    );
    expect(events.length).toBeGreaterThan(10);
    const days = events.map(({ occurredAt }) => occurredAt.getTime());
    expect(days).toEqual([...days].sort((one, other) => one - other));
  });

  it('lets Clara sign in with the published password', async () => {
    const api = createApi({
      database: opened.database,
      clock,
      logger: createLogger('silent'),
      settings: SETTINGS,
      introspection: true,
      secretKey: SECRET_KEY,
    });
    const query = `mutation { signIn(input: { email: "clara@demo.test", password: "portal-demo" }) {
      viewer { displayName memberships { workspace { name } } } token } }`;
    const contextValue = await api.contextFor({ id: 'demo', ip: '127.0.0.1' }, { source: query });
    const answer = await api.apollo.executeOperation<any>({ query }, { contextValue });
    await api.apollo.stop();
    if (answer.body.kind !== 'single') throw new Error('one answer expected');
    expect(answer.body.singleResult.errors).toBeUndefined();
    expect(answer.body.singleResult.data?.signIn).toMatchObject({
      viewer: { displayName: 'Clara Client', memberships: [{ workspace: { name: 'Fjord Studio' } }] },
    });
  });
});
