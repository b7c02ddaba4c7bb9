import { edge, type Line, line } from './expected-columns';

/**
 * Who sees what, written by hand from access.md §3 and from nothing else: the policy page is proven against this.
 * A new field of the schema fails the tests until it is written down here.
 */
export interface Block {
  /** The kind of thing, and which of them: `Task of another`. */
  thing: string;
  type: string;
  /** How it is asked for where it has no id of its own: the fields from the project down to it. */
  under?: { thing: string; path: string };
  /** Who is given the row at all. Who is not gets null, and is not told. */
  rows: Line;
  fields: [names: string, line: Line][];
}

//                       N BTVC MPA tmp w0
const everyone = line('  + ++++ +++ +++ ++');
const member = line('    - ++++ +++ +++ ++');
const view = (settings = '') => line('- --++ +++ +++ --', `clientView ${settings}`);
const inside = line('    - ---- +++ -++ --', 'role:MEMBER clientView');
const manager = line('   - ---- -++ --+ --', 'managesProject');
const admin = line('     - ---- --+ --- --', 'role:ADMIN');
const keepsBook = line(' - ---- -++ --+ --', 'role:MANAGER');
const costs = line('     - ---+ --+ +++ --', 'internalCosts financials:SUMMARY');
const mine = line('      + ++++ +++ +++ ++');
/** Team members see bill rates and amounts by task where the workspace says so; here it does not. */
const rates = (settings: string, team = 'clientView membersSeeBillRates') =>
  line('- --++ -++ +-+ --', `clientView ${settings}`, { team });
/** For clients by the setting; inside for those who bill. */
const bills = (settings: string) => line('- --++ -++ +-+ --', `clientView ${settings}`, { team: 'managesProject' });
const billsInside = line('- ---- -++ --+ --', 'role:MEMBER managesProject', { team: 'managesProject' });
const shownPerson = (settings: string) => edge('- --++ +++ +++ +-', `clientView ${settings}`);

const organisation: Block = {
  thing: 'ClientOrganisation',
  type: 'ClientOrganisation',
  rows: member,
  fields: [
    ['id name logoUrl status contacts', member],
    ['currency', view()],
    ['billingAddress taxId', bills('invoices:SUMMARY')],
    ['internalNotes', manager],
    ['version', keepsBook],
  ],
};

const contacts: Block[] = [
  {
    thing: 'Contact oneself',
    type: 'Contact',
    rows: mine,
    fields: [
      ['id displayName jobRole isPrimary email clientOrganisation person canDecide canPay published', mine],
      ['version', keepsBook],
    ],
  },
  {
    thing: 'Contact who publishes',
    type: 'Contact',
    rows: view(),
    fields: [
      ['id displayName jobRole isPrimary clientOrganisation', view()],
      ['person', edge('- --++ +++ +++ --', 'clientView people:CLIENT_FACING')],
      ['email', line('- --++ -++ +-+ --', '', { team: 'managesProject' })],
      ['canDecide canPay published', line('- ---- +++ -++ --', 'role:MEMBER clientView')],
      ['version', keepsBook],
    ],
  },
  {
    thing: 'Contact who does not publish',
    type: 'Contact',
    rows: view(),
    fields: [
      ['id displayName', view()],
      ['email', manager],
    ],
  },
];

const people: Block[] = [
  {
    thing: 'Person oneself',
    type: 'Person',
    rows: mine,
    fields: [
      ['id displayName title avatarUrl side email phone', mine],
      ['weeklyCapacity', line('- ---- +++ -++ ++', 'managesProject')],
      ['status billRate', manager],
      ['personType role businessRoles lastSeenAt contacts clientFacing version costRate', admin],
    ],
  },
  {
    thing: 'Person of the team',
    type: 'Person',
    rows: line('- --++ +++ +++ +-', 'clientView people:ALL'),
    fields: [
      ['id displayName title avatarUrl side', line('- --++ +++ +++ +-')],
      ['email phone', line('- ---- +++ -++ --', 'managesProject')],
      ['status weeklyCapacity billRate', manager],
      ['personType role businessRoles lastSeenAt contacts clientFacing version costRate', admin],
    ],
  },
  {
    thing: 'Person of the team who faces clients',
    type: 'Person',
    // w: an assignee of the project.
    rows: line('- --++ +++ +++ +-', 'clientView people:CLIENT_FACING'),
    fields: [
      ['id displayName', line('- --++ +++ +++ +-')],
      ['email phone', line('- ---- +++ -++ --', 'managesProject')],
    ],
  },
  {
    thing: 'Person who publishes',
    type: 'Person',
    // A client person, and assigned to a task: w.
    rows: line('- --++ +++ +++ +-', 'clientView people:CLIENT_FACING'),
    fields: [
      ['id displayName', line('- --++ +++ +++ +-')],
      ['email phone', line('- --++ -++ +-+ --', '', { team: 'managesProject' })],
      ['status', manager],
    ],
  },
  {
    thing: 'Person who does not publish',
    type: 'Person',
    rows: line('- --++ +++ +++ +-', 'clientView people:CLIENT_FACING'),
    fields: [
      ['id displayName', line('- --++ +++ +++ +-')],
      ['email phone', manager],
    ],
  },
];

const project: Block[] = [
  {
    thing: 'Project',
    type: 'Project',
    rows: member,
    fields: [
      ['id name code status clientOrganisation workspace startDate endDate description currency billing', member],
      ['myAccess totals rateCard', member],
      ['internalDescription', inside],
      ['visibility roundingPolicy version members', manager],
      ['people', view('people:CLIENT_FACING')],
      ['budget', { ...view('hours:FULL'), tells: budgetTells }],
      ['costBudget', costs],
      ['tasks', line('- ++++ +++ +++ +-', 'tasks:SHOW', { team: 'clientView' })],
      ['timeEntries', line('- -+++ +++ +++ +-', 'clientView timeEntries:DETAILED', { ownOf: 'Tt' })],
      ['timeByDay', view('timeEntries:DAILY')],
      ['myTotals', line('- -+-- +++ +++ +-', 'trackTime')],
      ['invoices', bills('invoices:SUMMARY')],
      ['financials', view('financials:SUMMARY')],
    ],
  },
  {
    thing: 'Project with a budget of fees',
    type: 'Project',
    rows: member,
    fields: [['budget', { ...view('financials:SUMMARY'), tells: budgetTells }]],
  },
  {
    thing: 'Project without a budget',
    type: 'Project',
    rows: member,
    fields: [
      ['budget', { ...view('hours:FULL financials:SUMMARY'), tells: budgetTells, kind: 'nothing' }],
      ['costBudget', { ...costs, kind: 'nothing' }],
    ],
  },
];

/** Whether there is a budget, and of which basis, is not told either: both are missing where one might be. */
function budgetTells(has: (what: string) => boolean): string[] {
  return has('clientView') ? ['hours:FULL', 'financials:SUMMARY'].filter((what) => !has(what)) : ['clientView'];
}

const inTotals = 'clientView hours:FULL';
const byTask = line('- --++ +++ +++ --', `${inTotals} tasks:SHOW`);
const byPerson = line('- --++ +++ +++ --', `${inTotals} timeEntries:DETAILED people:CLIENT_FACING`);
const split: [string, Line][] = [
  ['totalTime billableTime nonBillableTime', line('- --++ +++ +++ --')],
  ['billableAmount uninvoicedAmount', rates('financials:FULL')],
  ['cost', admin],
];

const totals: Block[] = [
  {
    thing: 'ProjectTotals',
    type: 'ProjectTotals',
    under: { thing: 'Project', path: 'totals' },
    rows: member,
    fields: [
      ['totalTime nonBillableTime', view('hours:FULL')],
      ['billableTime', view('hours:BILLABLE')],
      ['rawTime', manager],
      ['billableAmount uninvoicedAmount', view('financials:SUMMARY')],
      ['internalCost margin marginPercent', costs],
      ['byTask', byTask],
      ['byPerson', byPerson],
      ['byDay', view('timeEntries:DAILY')],
    ],
  },
  {
    thing: 'ProjectTotals of some days',
    type: 'ProjectTotals',
    under: { thing: 'Project', path: 'totals(from:"2026-02-01",to:"2026-03-31")' },
    rows: member,
    fields: [
      ['internalCost margin marginPercent', line('- ---- --+ -++ --', 'role:ADMIN', { team: 'internalCosts' })],
      ['totalTime', view('hours:FULL')],
    ],
  },
  {
    thing: 'TaskTotals',
    type: 'TaskTotals',
    under: { thing: 'Project', path: 'totals byTask' },
    rows: byTask,
    fields: [['task', edge('- --++ +++ +++ --')], ...split],
  },
  {
    thing: 'PersonTotals',
    type: 'PersonTotals',
    under: { thing: 'Project', path: 'totals byPerson' },
    rows: byPerson,
    fields: [['person', edge('- --++ +++ +++ --')], ...split],
  },
  {
    thing: 'DayTotals',
    type: 'DayTotals',
    under: { thing: 'Project', path: 'totals byDay' },
    rows: view('timeEntries:DAILY'),
    fields: [
      ['date', view()],
      ['totalTime nonBillableTime', view('hours:FULL')],
      ['billableTime', view('hours:BILLABLE')],
      ['billableAmount uninvoicedAmount', view('financials:SUMMARY')],
      ['cost', admin],
    ],
  },
  {
    thing: 'TimeByDay',
    type: 'TimeByDay',
    under: { thing: 'Project', path: 'timeByDay' },
    rows: view('timeEntries:DAILY'),
    fields: [
      ['date', view()],
      ['task', edge('- --++ +++ +++ --', 'tasks:SHOW')],
      ['billableTime', view('hours:BILLABLE')],
      ['totalTime', view('hours:FULL')],
    ],
  },
  {
    thing: 'RateCard',
    type: 'RateCard',
    under: { thing: 'Project', path: 'rateCard' },
    rows: member,
    fields: [
      ['billRate', rates('billRates:SHOW')],
      ['costRate', admin],
    ],
  },
];

const tasks: Block[] = [
  {
    thing: 'Task of another',
    type: 'Task',
    // T: those to log time on.
    rows: line('- -+++ +++ +++ +-', 'tasks:SHOW'),
    fields: [
      ['id title status project', line('- -+++ +++ +++ +-')],
      ['assignee', shownPerson('people:ALL')],
      ['description dueDate order', line('- -+++ +++ +++ --', '', { team: 'clientView' })],
      ['estimate trackedTime', view('hours:FULL')],
      ['billableAmount', rates('financials:FULL')],
      ['internalNotes clientVisible billable version', inside],
      ['billRate', manager],
      ['cost', admin],
    ],
  },
  {
    thing: 'Task of one’s own',
    type: 'Task',
    rows: line('- ++++ +++ +++ +-', 'tasks:SHOW'),
    fields: [
      ['id title status project assignee description dueDate order', line('- ++++ +++ +++ +-')],
      ['estimate trackedTime', view('hours:FULL')],
      ['internalNotes clientVisible billable version', inside],
      ['billRate', { ...manager, kind: 'nothing' }],
      ['cost', admin],
    ],
  },
  {
    thing: 'Task of the team',
    type: 'Task',
    rows: line('- ---- +++ -++ +-'),
    fields: [['id title status', line('- ---- +++ -++ +-')]],
  },
];

const ofOthers = 'clientView timeEntries:DETAILED';
const entries: Block[] = [
  {
    thing: 'TimeEntry of another, not yet invoiced',
    type: 'TimeEntry',
    rows: view('timeEntries:DETAILED timeRelease:ALL'),
    fields: [
      ['id project date time billable description startedAt endedAt', view()],
      ['task', edge('- --++ +++ +++ --', 'tasks:SHOW')],
      ['person', edge('- --++ +++ +++ --', 'people:ALL')],
      ['rawTime internalNote createdBy version', manager],
      [
        'billableAmount',
        rates('timeEntries:DETAILED financials:FULL', 'clientView membersSeeBillRates managesProject'),
      ],
      [
        'billRate',
        rates('timeEntries:DETAILED financials:FULL billRates:SHOW', 'clientView membersSeeBillRates managesProject'),
      ],
      ['invoiced', bills('invoices:SUMMARY')],
      ['invoice', { ...bills('invoices:SUMMARY'), kind: 'nothing' }],
      ['costRate costAmount', admin],
    ],
  },
  {
    thing: 'TimeEntry of another, not billable',
    type: 'TimeEntry',
    rows: line('- --++ +++ +++ --', `${ofOthers} timeRelease:ALL hours:FULL`),
    fields: [['id time', view()]],
  },
  {
    thing: 'TimeEntry of another, invoiced',
    type: 'TimeEntry',
    rows: line('- --++ +++ +++ --', ofOthers),
    fields: [
      ['id time', view()],
      ['invoiced invoice', bills('invoices:SUMMARY')],
    ],
  },
  {
    thing: 'TimeEntry of one’s own',
    type: 'TimeEntry',
    // What one wrote oneself asks neither setting nor release.
    rows: line('- -+-- +++ +++ +-'),
    fields: [
      ['id project date time billable description startedAt endedAt person', line('- -+-- +++ +++ +-')],
      ['rawTime internalNote createdBy version', line('- -+-- +++ +++ +-')],
      ['task', edge('- -+-- +++ +++ +-', 'tasks:SHOW')],
      // What it earned is the project's and not one's own: before its release it is nothing yet.
      ['billableAmount', { ...rates('timeEntries:DETAILED financials:FULL'), nothingUnreleased: true }],
      ['billRate', { ...rates('timeEntries:DETAILED financials:FULL billRates:SHOW'), nothingUnreleased: true }],
      ['invoice', { ...bills('invoices:SUMMARY'), kind: 'nothing' }],
      ['invoiced', line('- -+-- -++ +-+ --', '', { team: 'managesProject' })],
      ['costRate costAmount', admin],
    ],
  },
];

const invoices: Block[] = [
  {
    thing: 'Invoice',
    type: 'Invoice',
    rows: bills('invoices:SUMMARY'),
    fields: [
      ['id number status isOverdue issueDate dueDate currency total balance', bills('invoices:SUMMARY')],
      ['project clientOrganisation', bills('invoices:SUMMARY')],
      ['lines subtotal tax notes', bills('invoices:FULL')],
      ['payments', bills('invoices:FULL financials:FULL')],
      ['internalNotes dueInDays version', billsInside],
    ],
  },
  { thing: 'Invoice as a draft', type: 'Invoice', rows: billsInside, fields: [['id total lines', billsInside]] },
  {
    thing: 'InvoiceLine',
    type: 'InvoiceLine',
    rows: bills('invoices:FULL'),
    fields: [
      ['id description quantity unitPrice amount taxPercent tax', bills('invoices:FULL')],
      ['fromTime timeEntries', billsInside],
    ],
  },
  {
    thing: 'Payment',
    type: 'Payment',
    rows: bills('invoices:FULL financials:FULL'),
    fields: [
      ['id invoice amount status method receivedOn maskedInstrument', bills('financials:FULL')],
      ['reference', billsInside],
    ],
  },
];

/** Sent by somebody else, and by Wim himself (`o inviter`). */
const sentByWim = line('- ---- +++ -++ ++');
const invited: Block[] = [
  {
    thing: 'ProjectMember',
    type: 'ProjectMember',
    rows: manager,
    fields: [
      ['id version name project permissions status expiresAt reason grantedBy person', manager],
      ['invitation startsAt', { ...manager, kind: 'nothing' }],
    ],
  },
  {
    thing: 'ProjectMember that Wim invited',
    type: 'ProjectMember',
    rows: line('- ---- +++ -++ --'),
    fields: [
      ['id version name project permissions status expiresAt grantedBy invitation', line('- ---- +++ -++ --')],
      ['person startsAt reason', { ...line('- ---- +++ -++ --'), kind: 'nothing' }],
    ],
  },
  {
    thing: 'Invitation',
    type: 'Invitation',
    rows: manager,
    fields: [
      ['id version email name personType clientOrganisation status invitedBy expiresAt', manager],
      ['sentCount lastSentAt createdAt projects', manager],
    ],
  },
  {
    thing: 'Invitation that Wim sent',
    type: 'Invitation',
    rows: sentByWim,
    fields: [
      ['id version email name personType clientOrganisation status invitedBy expiresAt', sentByWim],
      ['sentCount lastSentAt createdAt projects', sentByWim],
    ],
  },
];

/** Rates as such are kept by admins; who may see what one is worked at sees it as `billRate` of project, task, person. */
const rateRows: Block[] = [
  {
    thing: 'Rate for billing',
    type: 'Rate',
    rows: admin,
    fields: [
      ['id scope kind amount validFrom project person', admin],
      ['task clientOrganisation', { ...admin, kind: 'nothing' }],
    ],
  },
  { thing: 'Rate of cost', type: 'Rate', rows: admin, fields: [['id amount', admin]] },
];

const viewer: Block[] = [
  {
    thing: 'Viewer',
    type: 'Viewer',
    under: { thing: '', path: 'viewer' },
    rows: everyone,
    fields: [['id email displayName phone locale timezone memberships sessions', everyone]],
  },
  {
    thing: 'ViewerMembership',
    type: 'ViewerMembership',
    under: { thing: '', path: 'viewer memberships' },
    rows: everyone,
    fields: [['workspace person personType role businessRoles', everyone]],
  },
  {
    thing: 'Session',
    type: 'Session',
    under: { thing: '', path: 'viewer sessions' },
    rows: everyone,
    fields: [['id createdAt lastUsedAt expiresAt current userAgent', everyone]],
  },
  {
    thing: 'Workspace',
    type: 'Workspace',
    // Member of it, on a project or not.
    rows: everyone,
    fields: [
      ['id name slug branding timezone defaultCurrency clientOrganisations people', everyone],
      ['settings memberCount invitations rates', admin],
    ],
  },
];

export const EXPECTED: Block[] = [
  ...viewer,
  organisation,
  ...contacts,
  ...people,
  ...project,
  ...totals,
  ...tasks,
  ...entries,
  ...invoices,
  ...invited,
  ...rateRows,
];

/** Types without a visibility of their own: whoever was shown the field that leads there sees all of them. */
export const VALUES =
  `WorkspaceBranding WorkspaceSettings ProjectVisibility VisibilitySettings RoundingPolicy MyAccess Permissions
  Section Budget BudgetQuantity CostBudget ProjectFinancials MyTotals ConvertedGrant SkippedGrant InvitationPreview
  PageInfo Duration Money`.split(/\s+/);
