import { PERMISSION_KEYS, type PermissionFlags } from '../../src/access/permissions';
import { SETTING_KEYS, SETTINGS, type VisibilitySettings } from '../../src/access/visibility';
import type { CastName } from '../../src/demo/cast';
import { BudgetBasis, BudgetPeriod } from '../../src/domains/projects/project.enums';
import { aProject } from '../support/builders';
import { aNotification } from '../support/notices';
import { TestServer } from '../support/server';
import { aRate, aTask, aTimeEntry, aTimer } from '../support/time-builders';
import type { Column } from './expected-columns';

/**
 * Who stands for a column, and what they hold on the project while they do. Null: as it is, without a grant. Suspended:
 * they were on it, and a task waits for them there.
 */
export const PERSONAS: Record<Column, { who: CastName; holds: (keyof PermissionFlags)[] | 'suspended' | null }> = {
  N: { who: 'eve', holds: null },
  B: { who: 'bo', holds: [] },
  T: { who: 'tess', holds: ['trackTime'] },
  V: { who: 'clara', holds: ['clientView'] },
  C: { who: 'carl', holds: ['clientView', 'internalCosts'] },
  M: { who: 'wim', holds: ['trackTime', 'clientView'] },
  P: { who: 'max', holds: ['trackTime', 'clientView', 'managesProject'] },
  A: { who: 'ada', holds: null },
  t: { who: 'tess', holds: ['trackTime', 'clientView', 'internalCosts'] },
  m: { who: 'wim', holds: ['trackTime', 'clientView', 'internalCosts'] },
  p: { who: 'max', holds: ['trackTime', 'clientView', 'internalCosts', 'managesProject'] },
  w: { who: 'wim', holds: ['trackTime'] },
  0: { who: 'wim', holds: [] },
  n: { who: 'bo', holds: 'suspended' },
};

/** Everything open: what the settings are when a test closes one alone. */
export const WIDEST = Object.fromEntries(SETTING_KEYS.map((key) => [key, SETTINGS[key][0]])) as VisibilitySettings;

/**
 * Every narrowing of every setting alone, and all of them at once. The widest value of a setting is its first, its
 * narrowest its last.
 */
export const SETTINGS_TRIED: Record<string, VisibilitySettings> = {
  'everything open': WIDEST,
  ...Object.fromEntries(
    SETTING_KEYS.flatMap((key) =>
      SETTINGS[key].slice(1).map((value) => [`${key}: ${value}`, { ...WIDEST, [key]: value }]),
    ),
  ),
  'everything closed': Object.fromEntries(
    SETTING_KEYS.map((key) => [key, SETTINGS[key].at(-1)]),
  ) as unknown as VisibilitySettings,
};

/** The things that are asked for, by the name of their block in the expectation; undefined: the persona has none. */
export type Things = Record<string, string | undefined>;

export class MatrixWorld {
  private constructor(
    readonly server: TestServer,
    readonly projectId: string,
    private readonly common: Record<string, string>,
    private readonly own: Record<string, Partial<Record<CastName, string>>>,
  ) {}

  /** A project on which there is something of everything, so that what is shown is never null. */
  static async build(): Promise<MatrixWorld> {
    const server = await TestServer.start();
    await fillEveryColumn(server);
    const project = await aProject(server, {
      code: 'ACME-1',
      startDate: '2026-01-01',
      endDate: '2026-12-31',
      description: 'Relaunch',
      internalDescription: 'Pays late',
      budgetBasis: BudgetBasis.HOURS,
      budgetSeconds: 360_000n,
      costBudgetMinor: 500_000n,
    });
    const fees = await aProject(server, {
      budgetBasis: BudgetBasis.FEES,
      budgetMinor: 500_000n,
      costBudgetMinor: 500_000n,
      costBudgetPeriod: BudgetPeriod.MONTHLY,
    });
    const none = await aProject(server);
    await aRate(server, { project, perHour: 10_000 });
    const rates = [
      await aRate(server, { project, person: 'cora', perHour: 9000 }),
      await aRate(server, { person: 'cora', kind: 'COST', perHour: 5000 }),
    ];
    const ofCora = await aRate(server, { person: 'cora', perHour: 8000 });
    for (const person of ['wim', 'max', 'ada'] as const) await aRate(server, { person, perHour: 8000 });
    const ofAcme = await aRate(server, { client: 'acme', perHour: 7000 });
    for (const person of ['wim', 'max', 'ada'] as const) await aRate(server, { person, kind: 'COST', perHour: 4000 });
    await aRate(server, { project, kind: 'COST', perHour: 5000 });
    const details = {
      description: 'Pages',
      internalNotes: 'Reuse',
      dueDate: '2026-05-01',
      estimateSeconds: 7200,
    };
    const shared = await aTask(server, project, { ...details, assignee: 'cora' });
    const ofTask = await aRate(server, { task: shared, perHour: 11_000 });
    const inside = await aTask(server, project, { ...details, clientVisible: false, assignee: 'cora' });
    const ownTasks: Partial<Record<CastName, string>> = {};
    for (const who of ['bo', 'tess', 'clara', 'carl', 'wim', 'max'] as const) {
      ownTasks[who] = (await aTask(server, project, { ...details, assignee: who })).id;
    }
    const entry = {
      task: shared,
      billRate: 10_000,
      costRate: 5000,
      internalNote: 'Twice',
      startedAt: new Date('2026-03-10T08:00:00Z'),
      endedAt: new Date('2026-03-10T09:00:00Z'),
      description: 'Draft',
    };
    const waiting = await aTimeEntry(server, project, { ...entry, person: 'cora' });
    const unbillable = await aTimeEntry(server, project, { ...entry, person: 'cora', billable: false });
    const ownEntries: Partial<Record<CastName, string>> = {};
    for (const who of ['tess', 'wim', 'max'] as const) {
      ownEntries[who] = (await aTimeEntry(server, project, { ...entry, person: who, date: '2026-03-11' })).id;
    }
    const issued = await aTimeEntry(server, project, { ...entry, person: 'cora', date: '2026-02-20' });
    const invoice = await issueInvoice(server, project.id);
    const draft = await draftInvoice(server, project.id, {
      from: '2026-01-01',
      to: '2026-01-31',
      lines: [{ description: 'Hosting', quantity: '1', unitPrice: '50' }],
    });
    for (const who of ['eve', 'bo', 'tess', 'clara', 'carl', 'wim', 'max', 'ada'] as const) {
      const personId = server.cast.people[who];
      await aNotification(server, project, { personId, readAt: server.clock.now() });
      await aTimer(server, project, { personId, taskId: shared.id });
    }
    const common = {
      Workspace: server.cast.workspaceId,
      ClientOrganisation: server.cast.clients.acme,
      Project: project.id,
      'Project with a budget of fees': fees.id,
      'Project without a budget': none.id,
      'Person of the team': server.cast.people.cora,
      'Person of the team who faces clients': server.cast.people.max,
      'Person who publishes': server.cast.people.carl,
      'Person who does not publish': server.cast.people.bo,
      'Contact who publishes': contactOf(server, 'carl'),
      'Contact who does not publish': contactOf(server, 'bo'),
      'Task of another': shared.id,
      'Task of the team': inside.id,
      'TimeEntry of another, not yet invoiced': waiting.id,
      'TimeEntry of another, not billable': unbillable.id,
      'TimeEntry of another, invoiced': issued.id,
      Invoice: invoice.id,
      'Invoice as a draft': draft.id,
      InvoiceLine: invoice.lines[0].id,
      Payment: invoice.payments[0].id,
      'Rate for billing': rates[0].id,
      'Rate of cost': rates[1].id,
      'Rate of a task': ofTask.id,
      'Rate of a person': ofCora.id,
      'Rate of a client': ofAcme.id,
      ...(await inviteSome(server, project.id)),
      ActivityEvent: await describe(server, project.id),
    };
    const contacts = Object.fromEntries(
      (['bo', 'tess', 'clara', 'carl', 'eve'] as const).map((who) => [who, contactOf(server, who)]),
    );
    return new MatrixWorld(server, project.id, common, {
      'Person oneself': server.cast.people,
      'Contact oneself': contacts,
      'Task of one’s own': ownTasks,
      'TimeEntry of one’s own': ownEntries,
    });
  }

  idOf(thing: string, who: CastName): string | undefined {
    const mine = Object.entries(this.own).some(([kind, ids]) => kind !== thing && ids[who] === this.common[thing]);
    return this.own[thing] ? this.own[thing][who] : mine ? undefined : this.common[thing];
  }

  async stand(column: Column): Promise<CastName> {
    const { who, holds } = PERSONAS[column];
    if (!holds) return who;
    const isOn = holds !== 'suspended';
    const flags = PERMISSION_KEYS.map((flag) => isOn && holds.includes(flag));
    await this.server.database.rows(
      `update project_grant set track_time = $2, client_view = $3, internal_costs = $4, manages_project = $5,
         status = $6, reason = 'Asked for' where membership_id = $1`,
      [this.server.cast.people[who], ...flags, isOn ? 'ACTIVE' : 'SUSPENDED'],
    );
    return who;
  }

  async set(settings: VisibilitySettings): Promise<void> {
    await this.server.database.rows('update project set visibility = $1', [JSON.stringify(settings)]);
  }
}

const contactOf = (server: TestServer, who: CastName): string => server.cast.id('Contact', who);

/** What the cast leaves empty: only that which never happened may be null. */
async function fillEveryColumn({ database, cast }: TestServer): Promise<void> {
  for (const sql of [
    `update app_user set phone = '+47 900 00 002' where phone is null`,
    `update membership set avatar_url = 'https://portal.test/a.png', client_facing = (id = '${cast.people.max}')`,
    `update client_organisation set logo_url = 'https://portal.test/l.png', billing_address = 'Acme Street 1', tax_id = 'NO1', internal_notes = 'Pays late'`,
    `update workspace set logo_url = 'https://portal.test/w.png'`,
    `update session set user_agent = 'test'`,
  ]) {
    await database.rows(sql);
  }
}

interface Drafted {
  id: string;
  lines: { id: string }[];
  payments: { id: string }[];
}

async function draftInvoice(server: TestServer, projectId: string, wishes: object): Promise<Drafted> {
  const query = `mutation ($input: DraftInvoiceInput!) { draftInvoice(input: $input) { invoice { id } } }`;
  const input = { projectId, notes: 'Thank you', internalNotes: 'Late again', ...wishes };
  return (await server.data('ada', query, { input })).draftInvoice.invoice;
}

/** Of February alone: the entries of March stay uninvoiced. */
async function issueInvoice(server: TestServer, projectId: string): Promise<Drafted> {
  const { id } = await draftInvoice(server, projectId, { from: '2026-02-01', to: '2026-02-28', taxPercent: 25 });
  await server.data('ada', 'mutation ($id: ID!) { sendInvoice(input: {invoiceId: $id}) { invoice { id } } }', { id });
  const pay = 'mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { invoice { id } } }';
  const payment = {
    amount: '10',
    method: 'CARD',
    receivedOn: '2026-03-12',
    maskedInstrument: '•••• 4242',
    reference: 'R1',
  };
  await server.data('ada', pay, { input: { invoiceId: id, ...payment } });
  const { invoice } = await server.data(
    'ada',
    'query ($id: ID!) { invoice(id: $id) { id lines { id } payments { id } } }',
    { id },
  );
  return invoice;
}

async function inviteSome(server: TestServer, projectId: string): Promise<Record<string, string>> {
  const policy = (value: string) => server.database.rows('update workspace set invite_policy = $1', [value]);
  const invite = async (who: CastName, email: string) => {
    const query = `mutation ($input: InviteToProjectInput!) { inviteToProject(input: $input) { invitation { id } member { id } } }`;
    const input = { projectId, email, name: 'Ivan Invited', personType: 'CLIENT', expiresAt: '2026-12-31T00:00:00Z' };
    return (await server.data(who, query, { input })).inviteToProject;
  };
  const byAdmin = await invite('ada', 'ivan@demo.test');
  await policy('PROJECT_TEAM');
  const byWim = await invite('wim', 'iva@demo.test');
  await policy('ADMINS_AND_PROJECT_MANAGERS');
  const sql = `update project_grant set reason = 'Asked for', expires_at = '2026-12-31'
    where project_id = $1 and membership_id = $2 returning id`;
  const [grant] = await server.database.rows<{ id: string }>(sql, [projectId, server.cast.people.bo]);
  return {
    Invitation: byAdmin.invitation.id,
    'Invitation that Wim sent': byWim.invitation.id,
    ProjectMember: grant.id,
    'ProjectMember that Wim invited': byWim.member.id,
  };
}

/** Something that everybody sees who sees the project. */
async function describe(server: TestServer, projectId: string): Promise<string> {
  const query =
    'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project { activity(first: 1) { nodes { id } } } } }';
  const input = { projectId, description: 'Relaunch by May' };
  return (await server.data('max', query, { input })).updateProject.project.activity.nodes[0].id;
}
