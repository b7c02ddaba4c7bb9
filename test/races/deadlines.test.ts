import { after, days, hours } from '../../src/platform/clock';
import { aGrant, aProject } from '../support/builders';
import { invite } from '../support/invitations-builders';
import { anInvoice } from '../support/invoice-builders';
import { allFollowed, aNotification } from '../support/notices';
import { TestServer } from '../support/server';

const LOG = 'mutation ($input: LogTimeInput!) { logTime(input: $input) { timeEntry { id } } }';

/** What many processes find due at the same moment one of them tells. */
it('a deadline is told once, however many processes look at the same moment', async () => {
  const server = await TestServer.start({ live: true });
  const others = await Promise.all([server.beside(), server.beside(), server.beside()]);
  const project = await aProject(server, {
    budgetBasis: 'HOURS' as never,
    budgetSeconds: 3600n,
    grants: { max: { clientView: true, managesProject: true, trackTime: true } },
  });
  const now = server.clock.now();
  const ends = [after(now, days(2)), after(now, hours(1)), after(now, days(3))];
  for (const [i, name] of (['clara', 'carl', 'wim'] as const).entries()) {
    await aGrant(server, project.id, name, { clientView: true }, { expiresAt: ends[i] });
  }
  for (let i = 0; i < 30; i++) await anInvoice(server, project, { dueDate: '2026-03-15' });
  await invite(server, 'max', { projectId: project.id, email: 'nobody@example.com' });
  await server.data('max', LOG, { input: { projectId: project.id, date: '2026-03-16', seconds: 7200 } });
  await server.database.rows('update invitation set expires_at = $1', [after(now, hours(1))]);
  const all = [server, ...others];
  await Promise.all(all.map((process) => process.runJobs()));
  server.clock.advance(hours(2));
  await Promise.all(all.flatMap((process) => [process.runJobs(), process.runJobs()]));
  await Promise.all(all.map(allFollowed));
  const told = await server.database.rows<{ kind: string; n: number; of: number }>(
    `select kind, count(*)::int as n, count(distinct coalesce(person_id, subject_id) || coalesce(time_release, ''))::int as of
     from event where actor_id is null and kind not like 'notification.%' group by 1 order by 1`,
  );
  expect(told).toEqual([
    { kind: 'access.expiring', n: 3, of: 3 },
    { kind: 'access.revoked', n: 1, of: 1 },
    { kind: 'budget.threshold_reached', n: 1, of: 1 },
    { kind: 'invitation.updated', n: 1, of: 1 },
    { kind: 'invoice.overdue', n: 30, of: 30 },
  ]);
  for (const process of others) await process.close();
  await server.close();
});

it('a digest is written once, however many processes look at the same moment', async () => {
  const server = await TestServer.start({ live: true });
  const others = await Promise.all([server.beside(), server.beside(), server.beside()]);
  const all = [server, ...others];
  const project = await aProject(server);
  await server.database.rows(`update workspace set notification_default = 'DAILY'`);
  await Promise.all(all.map((process) => process.runJobs()));
  for (let i = 0; i < 20; i++) await aNotification(server, project, { personId: server.cast.people.clara });
  server.clock.advance(days(1));
  await Promise.all(all.flatMap((process) => [process.runJobs(), process.runJobs()]));
  const mails = await server.database.rows<{ kind: string; n: number }>(
    `select kind, jsonb_array_length(data -> 'notificationIds') as n from mail_outbox`,
  );
  expect(mails).toEqual([{ kind: 'DIGEST', n: 20 }]);
  for (const process of others) await process.close();
  await server.close();
});
