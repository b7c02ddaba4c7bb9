import { emailOf } from '../../../src/demo/cast';
import { hours } from '../../../src/platform/clock';
import { aProject } from '../../support/builders';
import { anInvoice, PAY, sentOf } from '../../support/invoice-builders';
import { outboxTo, smtpOf } from '../../support/mail-builders';
import { MailServer } from '../../support/mail-server';
import { allFollowed, noticesOf, READ_ALL } from '../../support/notices';
import { TestServer } from '../../support/server';
import { until } from '../../support/until';

let post: MailServer;
let server: TestServer;
beforeEach(async () => {
  post = await MailServer.start();
  server = await TestServer.start({ live: true, smtp: smtpOf(post) });
});
afterEach(async () => {
  await server.close();
  await post.goAway();
});

const BILLED = { visibility: { invoices: 'FULL' } } as const;
const LINE = { lines: [{ description: 'Concept', unitPrice: '1250.00' }] };
const REMOVE = 'mutation ($input: RemoveFromProjectInput!) { removeFromProject(input: $input) { __typename } }';
const SETTINGS = 'mutation ($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) { workspace { id } } }';
const SHOW = `mutation ($input: UpdateProjectVisibilityInput!) {
  updateProjectVisibility(input: $input) { project { id } } }`;
const PREFER = `mutation ($input: UpdateNotificationPreferencesInput!) { updateNotificationPreferences(input: $input) {
  membership { notificationPreferences { frequency isDefault } } } }`;

type Somebody = 'clara' | 'carl' | 'wim';
const prefer = async (who: Somebody, frequency: string | null) =>
  (await server.data(who, PREFER, { input: { workspaceId: server.cast.workspaceId, frequency } }))
    .updateNotificationPreferences.membership.notificationPreferences;
const byDefault = (notificationDefault: string) =>
  server.data('ada', SETTINGS, { input: { workspaceId: server.cast.workspaceId, notificationDefault } });
const subjectsTo = (who: Somebody) => post.to(emailOf(who)).map(({ subject }) => subject);
const fates = async (who: Somebody) =>
  (await outboxTo(server, emailOf(who))).map(({ kind, state, reason }) => `${kind} ${state} ${reason ?? ''}`.trim());
/** Until the mails of what happened are queued, and none is sent. */
const queued = (who: Somebody, count: number) => until(async () => (await fates(who)).length === count);
/** Mails that were queued by the last look are sent by the next. */
const sent = async () => {
  await allFollowed(server);
  await server.runJobs();
};
const setClock = async (moment: string) => {
  server.clock.set(moment);
  await server.database.rows(
    `update session set last_used_at = $1, expires_at = $1::timestamptz + interval '30 days'`,
    [server.clock.now()],
  );
};

describe('a notification by mail (F-117)', () => {
  it('reaches Clara at once, says what she sees and no amount; Max is not written to about what he did', async () => {
    const project = await aProject(server, BILLED);
    const { number } = await sentOf(server, project, LINE);
    await sent();
    const [mail, ...others] = post.to(emailOf('clara'));
    expect(others).toEqual([]);
    expect(mail.subject).toBe(`Invoice ${number} was issued on “Website relaunch”`);
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('Hello Clara Client,');
      expect(part).toContain(`Invoice ${number} was issued on “Website relaunch”.`);
      expect(part).toContain('http://portal.test/');
      expect(part).toContain('Fjord Studio');
    }
    expect(mail.raw).not.toContain('1250');
    expect(mail.raw).not.toContain('1,250');
    expect(post.to(emailOf('max'))).toEqual([]);
  });

  it('is as often as each of them wants: at once, critical things alone, never; the end of access always (F-118, F-119)', async () => {
    const project = await aProject(server, BILLED);
    const invoice = await anInvoice(server, project, { number: '2026-031' });
    expect(await prefer('carl', 'CRITICAL_ONLY')).toEqual({ frequency: 'CRITICAL_ONLY', isDefault: false });
    await prefer('wim', 'NONE');
    const pay = { invoiceId: invoice.id, amount: '10', method: 'CASH', receivedOn: '2026-03-10' };
    await server.data('max', PAY, { input: pay });
    const { number } = await sentOf(server, project, LINE);
    await sent();
    for (const who of ['carl', 'wim'] as const) {
      await server.data('ada', REMOVE, { input: { projectId: project.id, personId: server.cast.people[who] } });
    }
    await sent();
    const issued = `Invoice ${number} was issued on “Website relaunch”`;
    expect(subjectsTo('clara').sort()).toEqual([
      'A payment for invoice 2026-031 was recorded on “Website relaunch”',
      issued,
    ]);
    const ended = 'Your access to a project of Fjord Studio has ended';
    expect(subjectsTo('carl')).toEqual([issued, ended]);
    expect(subjectsTo('wim')).toEqual([ended]);
  });

  it('is by the default of the workspace until somebody chooses (F-124, F-127)', async () => {
    await byDefault('NONE');
    expect(await prefer('clara', 'INSTANT')).toEqual({ frequency: 'INSTANT', isDefault: false });
    expect(await prefer('clara', null)).toEqual({ frequency: 'NONE', isDefault: true });
    await prefer('carl', 'INSTANT');
    await sentOf(server, await aProject(server, BILLED), LINE);
    await sent();
    expect([subjectsTo('clara').length, subjectsTo('carl').length]).toEqual([0, 1]);
    expect(
      (
        await server.refusal('max', SETTINGS, {
          input: { workspaceId: server.cast.workspaceId, notificationDefault: 'DAILY' },
        })
      ).code,
    ).toBe('FORBIDDEN');
  });

  it('is not sent when its reader has read it, lost it or wants none by then (L-14, L-17)', async () => {
    const read = await aProject(server, BILLED);
    await sentOf(server, read, LINE);
    for (const who of ['clara', 'carl'] as const) await queued(who, 1);
    await server.data('clara', READ_ALL, { id: server.cast.workspaceId });
    await server.data('max', SHOW, { input: { projectId: read.id, settings: { invoices: 'HIDE' } } });
    await sent();
    expect(await fates('clara')).toEqual(['NOTIFICATION SUPPRESSED READ']);
    expect(await fates('carl')).toEqual(['NOTIFICATION SUPPRESSED NOT_SHOWN']);
    server.clock.advance(1000);
    await sentOf(server, await aProject(server, BILLED), LINE);
    await queued('carl', 2);
    await queued('clara', 2);
    await prefer('carl', 'WEEKLY');
    await server.database.rows(`update membership set status = 'DEACTIVATED' where id = $1`, [
      server.cast.people.clara,
    ]);
    await sent();
    expect((await fates('carl')).at(-1)).toBe('NOTIFICATION SUPPRESSED PREFERENCE');
    expect((await fates('clara')).at(-1)).toBe('NOTIFICATION SUPPRESSED RECIPIENT_LEFT');
    expect([...post.to(emailOf('clara')), ...post.to(emailOf('carl'))]).toEqual([]);
  });
});

describe('a mail that nobody could send', () => {
  it('is no news after two days: Clara is not flooded when the mail server is back', async () => {
    await sentOf(server, await aProject(server, BILLED), LINE);
    await queued('clara', 1);
    await setClock('2026-03-18T10:00:01Z');
    await sent();
    expect(await fates('clara')).toEqual(['NOTIFICATION SUPPRESSED STALE']);
    expect(post.to(emailOf('clara'))).toEqual([]);
  });

  it('is forgotten after 90 days, as every other one', async () => {
    await sentOf(server, await aProject(server, BILLED), LINE);
    await sent();
    const ofThatDay = () => server.database.rows(`select from mail_outbox where created_at < '2026-03-17'`);
    await setClock('2026-06-14T09:59:00Z');
    await sent();
    expect(await ofThatDay()).not.toEqual([]);
    await setClock('2026-06-14T10:01:00Z');
    await sent();
    expect(await ofThatDay()).toEqual([]);
  });
});

describe('a digest (F-118)', () => {
  it('that Clara does not want any more is sent at once with what waited for it, and to Carl of what is critical', async () => {
    for (const who of ['clara', 'carl', 'wim'] as const) await prefer(who, 'DAILY');
    await sent();
    const project = await aProject(server, BILLED);
    const invoice = await anInvoice(server, project, { number: '2026-032', dueDate: '2026-04-30' });
    const { number } = await sentOf(server, project, LINE);
    await server.data('max', PAY, {
      input: { invoiceId: invoice.id, amount: '10', method: 'CASH', receivedOn: '2026-03-10' },
    });
    await allFollowed(server);
    await prefer('clara', 'INSTANT');
    await prefer('carl', 'CRITICAL_ONLY');
    await prefer('wim', 'NONE');
    await sent();
    await sent();
    expect(subjectsTo('clara')).toEqual(['News from Fjord Studio']);
    expect(post.to(emailOf('clara'))[0].text).toContain('A payment for invoice 2026-032');
    expect(post.to(emailOf('clara'))[0].text).toContain(number);
    expect(subjectsTo('carl')).toEqual(['News from Fjord Studio']);
    expect(post.to(emailOf('carl'))[0].text).toContain(number);
    expect(post.to(emailOf('carl'))[0].text).not.toContain('2026-032');
    expect(subjectsTo('wim')).toEqual([]);
  });

  it('comes at 08:00 of Clara’s own time zone with what she has not read, each thing once, and not when there is nothing', async () => {
    await server.database.rows(`update app_user set timezone = 'America/New_York' where id = $1`, [
      server.cast.users.clara,
    ]);
    await prefer('clara', 'DAILY');
    await sent();
    const project = await aProject(server, BILLED);
    const { number } = await sentOf(server, project, LINE);
    await allFollowed(server);
    await setClock('2026-03-16T11:59:00Z');
    await sent();
    expect(subjectsTo('clara')).toEqual([]);
    await setClock('2026-03-16T12:00:00Z');
    await sent();
    expect(subjectsTo('clara')).toEqual(['News from Fjord Studio']);
    expect(post.to(emailOf('clara'))[0].text).toContain(`Invoice ${number} was issued on “Website relaunch”.`);
    expect((await noticesOf(server, 'clara')).unread).toBeGreaterThan(0);
    await setClock('2026-03-17T12:00:00Z');
    await sent();
    expect(subjectsTo('clara')).toHaveLength(1);
  });

  it('tells only what can be seen when it is sent, and leaves out what was read', async () => {
    await prefer('clara', 'DAILY');
    await sent();
    const [shown, hidden] = [await aProject(server, { ...BILLED, name: 'Shown' }), await aProject(server, BILLED)];
    await sentOf(server, hidden, LINE);
    await sentOf(server, shown, LINE);
    await allFollowed(server);
    await server.data('max', SHOW, { input: { projectId: hidden.id, settings: { invoices: 'HIDE' } } });
    await setClock('2026-03-18T12:00:00Z');
    await sent();
    const [mail] = post.to(emailOf('clara'));
    expect(mail.text).toContain('on “Shown”.');
    expect(mail.text).not.toContain('Website relaunch');
    await sentOf(server, hidden, LINE);
    await sentOf(server, shown, LINE);
    await allFollowed(server);
    await server.data('clara', READ_ALL, { id: server.cast.workspaceId });
    await setClock('2026-03-19T12:00:00Z');
    await sent();
    expect(post.to(emailOf('clara'))).toHaveLength(1);
  });

  it('of a week comes on Monday, and begins with what happened since it is wanted', async () => {
    const project = await aProject(server, BILLED);
    await byDefault('NONE');
    await sentOf(server, project, LINE);
    await allFollowed(server);
    server.clock.advance(hours(1));
    await byDefault('WEEKLY');
    await sent();
    const { number } = await sentOf(server, project, LINE);
    await setClock('2026-03-20T12:00:00Z');
    await sent();
    expect(subjectsTo('clara')).toEqual([]);
    await setClock('2026-03-23T12:00:00Z');
    await sent();
    const [mail] = post.to(emailOf('clara'));
    expect(mail.text?.match(/was issued/g)).toHaveLength(1);
    expect(mail.text).toContain(number);
    await sentOf(server, project, LINE);
    await prefer('carl', 'NONE');
    await allFollowed(server);
    await setClock('2026-03-30T12:00:00Z');
    await sent();
    expect([subjectsTo('clara').length, subjectsTo('carl').length]).toEqual([2, 1]);
  });
});
