import { days, hours, after as plus } from '../../../src/platform/clock';
import { aGrant, aProject } from '../../support/builders';
import { invite } from '../../support/invitations-builders';
import { anInvoice, sentOf } from '../../support/invoice-builders';
import { Listener } from '../../support/listener';
import { allFollowed, noticesOf } from '../../support/notices';
import { TestServer } from '../../support/server';
import { aRate } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ live: true });
});
afterAll(() => server.close());
beforeEach(async () => {
  await allFollowed(server);
  await server.database.rows('delete from notification');
});

const MAX = { max: { clientView: true, managesProject: true } } as const;
const today = (): string => server.clock.now().toISOString().slice(0, 10);
const later = async (milliseconds: number): Promise<void> => {
  server.clock.advance(milliseconds);
  // Nobody here has slept: only the deadlines have come nearer.
  await server.database.rows('update session set last_used_at = $1, expires_at = $2', [
    server.clock.now(),
    plus(server.clock.now(), days(30)),
  ]);
};

describe('access that ends', () => {
  const granted = async (end: Date) => {
    const project = await aProject(server, { grants: MAX });
    await aGrant(server, project.id, 'clara', { clientView: true }, { expiresAt: end });
    return project;
  };

  it('is told to Clara alone, 7 days before and when it ends, once each', async () => {
    const end = plus(server.clock.now(), days(10));
    const project = await granted(end);
    expect((await noticesOf(server, 'clara')).texts).toEqual([]);
    await later(days(3) + hours(1));
    const warned = await noticesOf(server, 'clara');
    expect(warned.texts).toEqual([`Your access to “Website relaunch” ends on ${end.toISOString().slice(0, 10)}.`]);
    expect(warned.nodes[0]).toMatchObject({ kind: 'ACCESS_EXPIRING', critical: true, actor: null });
    await later(days(6));
    expect((await noticesOf(server, 'clara')).total).toBe(1);
    await later(days(1));
    expect((await noticesOf(server, 'clara')).texts).toEqual([
      'Your access to a project of Fjord Studio has ended.',
      'Your access to a project of Fjord Studio was about to end.',
    ]);
    await allFollowed(server);
    expect((await noticesOf(server, 'clara')).total).toBe(2);
    expect(await noticesOf(server, 'max')).toMatchObject({ total: 0 });
    const told = await server.database.rows(
      'select kind from event where project_id = $1 and person_id is not null order by position',
      [project.id],
    );
    expect(told).toEqual([{ kind: 'access.expiring' }, { kind: 'access.revoked' }]);
  });

  it('is told anew when its end is moved, and not when it was taken before', async () => {
    const end = plus(server.clock.now(), days(5));
    const project = await granted(end);
    expect((await noticesOf(server, 'clara')).total).toBe(1);
    const person = { projectId: project.id, personId: server.cast.people.clara };
    const move = { ...person, expiresAt: plus(end, days(20)).toISOString() };
    server.clock.advance(1000);
    await server.data('ada', UPDATE, { input: move });
    await later(days(19));
    expect((await noticesOf(server, 'clara')).nodes.map((node) => node.kind)).toEqual([
      'ACCESS_EXPIRING',
      'ACCESS_CHANGED',
      'ACCESS_EXPIRING',
    ]);
    await server.data('ada', REMOVE, { input: person });
    await later(days(10));
    const kinds = (await noticesOf(server, 'clara')).nodes.map((node) => node.kind);
    expect(kinds.filter((kind) => kind === 'ACCESS_REVOKED')).toHaveLength(1);
  });
});

describe('an invitation that nobody uses', () => {
  it('is told to whoever sent it when it has expired, once for each sending', async () => {
    const project = await aProject(server, { grants: MAX });
    const { invitation } = await invite(server, 'max', { projectId: project.id, email: 'nobody@example.com' });
    await later(days(7) - 1000);
    expect((await noticesOf(server, 'max')).texts).toEqual([]);
    await later(1000);
    const { texts, nodes } = await noticesOf(server, 'max');
    expect(texts).toEqual([expect.stringMatching(/^The invitation of .+ has expired\.$/)]);
    expect(nodes[0].kind).toBe('INVITATION_UPDATED');
    await server.data('max', RESEND, { id: invitation.id });
    await later(days(7));
    expect((await noticesOf(server, 'max')).total).toBe(2);
    expect((await noticesOf(server, 'clara')).total).toBe(0);
  });
});

describe('an invoice past its due date (F-122)', () => {
  it('is told to Clara and to those who bill on the first day after, by the calendar of the workspace, once', async () => {
    const project = await aProject(server, { visibility: { invoices: 'SUMMARY' } });
    const dueDate = plus(server.clock.now(), days(3)).toISOString().slice(0, 10);
    await anInvoice(server, project, { number: '2026-021', dueDate });
    await anInvoice(server, project, { number: '2026-022', dueDate, paid: [10_000n] });
    await anInvoice(server, project, { dueDate: null, as: 'DRAFT' });
    server.clock.set(`${dueDate}T21:30:00Z`);
    await later(0);
    expect((await noticesOf(server, 'clara')).texts).toEqual([]);
    // After midnight in Oslo, and still the due date in London.
    await later(hours(1));
    const text = 'Invoice 2026-021 is past its due date on “Website relaunch”.';
    expect((await noticesOf(server, 'clara')).texts).toEqual([text]);
    await later(days(1));
    expect((await noticesOf(server, 'clara')).texts).toEqual([text]);
    expect((await noticesOf(server, 'max')).texts).toEqual([text]);
    expect((await noticesOf(server, 'wim')).texts).toEqual([]);
  });
});

describe('a budget that is used (F-122: budget alert)', () => {
  const logged = (projectId: string, hoursWorked: number) =>
    server.data('max', LOG, { input: { projectId, date: today(), seconds: hoursWorked * 3600 } });
  const ofHours = { budgetBasis: 'HOURS', budgetSeconds: 36_000n } as never;
  const shown = { hours: 'FULL', financials: 'FULL', timeRelease: 'ALL' } as const;

  it('is told at 80 % and when it is used up, once each, and anew of another budget', async () => {
    const project = await aProject(server, { ...(ofHours as object), visibility: shown });
    await logged(project.id, 7);
    expect((await noticesOf(server, 'clara')).texts).toEqual([]);
    await logged(project.id, 1);
    expect((await noticesOf(server, 'clara')).texts).toEqual([
      'More than 80 % of the budget of “Website relaunch” is used.',
    ]);
    await logged(project.id, 1);
    expect((await noticesOf(server, 'clara')).total).toBe(1);
    await logged(project.id, 3);
    expect(await noticesOf(server, 'clara')).toMatchObject({ total: 2 });
    expect((await noticesOf(server, 'clara')).texts[0]).toBe('The budget of “Website relaunch” is used up.');
    await server.data('max', BUDGET, { input: { projectId: project.id, basis: 'HOURS', hours: '14' } });
    expect(await noticesOf(server, 'clara')).toMatchObject({ total: 3 });
    expect((await noticesOf(server, 'wim')).total).toBe(3);
  });

  it('is not told to Clara where she sees no hours, nor before they are invoiced where they wait for it', async () => {
    const hidden = await aProject(server, { ...(ofHours as object), visibility: { hours: 'HIDE' } });
    const waiting = await aProject(server, {
      ...(ofHours as object),
      visibility: { ...shown, timeRelease: 'INVOICED', invoices: 'HIDE' },
    });
    const clara = await Listener.open(server, 'clara');
    for (const project of [hidden, waiting]) await logged(project.id, 9);
    expect((await noticesOf(server, 'clara')).texts).toEqual([]);
    expect((await noticesOf(server, 'wim')).total).toBe(2);
    await sentOf(server, waiting);
    const texts = (await noticesOf(server, 'clara')).texts.filter((text) => text.includes('budget'));
    expect(texts).toEqual(['More than 80 % of the budget of “Website relaunch” is used.']);
    await clara.until(() => clara.kinds.includes('BUDGET_THRESHOLD_REACHED'));
    expect(clara.kinds.filter((kind) => kind === 'BUDGET_THRESHOLD_REACHED')).toHaveLength(1);
    expect((await noticesOf(server, 'wim')).texts.filter((text) => text.includes('budget'))).toHaveLength(2);
    await clara.close();
  });

  it('of costs is told to those who see costs alone; of a month’s costs to no client', async () => {
    const costs = { costBudgetMinor: 10_000n, visibility: shown };
    const whole = await aProject(server, costs);
    const open = { clientView: true, internalCosts: true };
    const month = await aProject(server, {
      ...costs,
      name: 'Care',
      costBudgetPeriod: 'MONTHLY' as never,
      grants: { ...MAX, carl: open, cora: open },
    });
    const closed = await aProject(server, { ...costs, name: 'Closed', visibility: { financials: 'HIDE' } });
    for (const project of [whole, month, closed]) {
      await aRate(server, { project, kind: 'COST', perHour: 5000 });
      await logged(project.id, 2);
    }
    const text = (name: string) => `The cost budget of “${name}” is used up.`;
    expect((await noticesOf(server, 'carl')).texts).toEqual([text('Website relaunch')]);
    expect((await noticesOf(server, 'cora')).texts).toEqual([text('Care')]);
    for (const who of ['clara', 'wim', 'max'] as const) expect((await noticesOf(server, who)).texts).toEqual([]);
  });
});

const UPDATE = `mutation ($input: UpdateProjectPermissionsInput!) {
  updateProjectPermissions(input: $input) { member { id } } }`;
const REMOVE = 'mutation ($input: RemoveFromProjectInput!) { removeFromProject(input: $input) { __typename } }';
const RESEND = 'mutation ($id: ID!) { resendInvitation(input: { invitationId: $id }) { invitation { id } } }';
const LOG = 'mutation ($input: LogTimeInput!) { logTime(input: $input) { timeEntry { id } } }';
const BUDGET = 'mutation ($input: SetProjectBudgetInput!) { setProjectBudget(input: $input) { project { id } } }';
