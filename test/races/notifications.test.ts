import { aProject } from '../support/builders';
import { sentOf } from '../support/invoice-builders';
import { allFollowed } from '../support/notices';
import { TestServer } from '../support/server';

/** Several processes follow the same events: what one has made none makes again, and none is left out. */
describe('many processes at once', () => {
  it('give Clara one notification for each of twenty invoices', async () => {
    const server = await TestServer.start({ live: true });
    const others = await Promise.all([server.beside(), server.beside(), server.beside()]);
    const project = await aProject(server, { visibility: { invoices: 'FULL' } });
    const line = { lines: [{ description: 'Concept', unitPrice: '10' }] };
    for (let i = 0; i < 20; i++) {
      await sentOf(server, project, line);
      void Promise.all([server, ...others].map((process) => process.runJobs()));
    }
    await Promise.all(others.map(allFollowed));
    await allFollowed(server);
    const made = await server.database.rows<{ personId: string; n: number }>(
      `select person_id, count(*)::int as n from notification where kind = 'invoice.sent' group by 1`,
    );
    expect(new Set(made.map(({ n }) => n))).toEqual(new Set([20]));
    expect(made.map(({ personId }) => personId)).toContain(server.cast.people.clara);
    const badges = await server.database.row<{ n: number; distinct: number }>(
      `select count(*)::int as n, count(distinct subject_id)::int as distinct from event where kind = 'notification.created'`,
    );
    expect(badges).toEqual({ n: made.length * 20, distinct: made.length * 20 });
    for (const process of others) await process.close();
    await server.close();
  });
});
