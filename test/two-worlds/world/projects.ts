import type { PermissionFlags } from '../../../src/access/permissions';
import { SETTINGS, type SettingKey } from '../../../src/access/visibility';
import { CLIENT_WORKSPACE, flags, type MemberKey, memberOf } from '../personas';
import { type Book, NOW } from './book';
import { writeInvoices } from './invoices';
import { STAMPS } from './people';
import { assigneeOf, LOST_GRANTS, type Sight, seesTask, shownOn, sightOf, teamOf } from './sight';
import { overridesOf, PROJECTS, type ProjectSpec, TASKS, type TaskKey, type TaskSpec } from './specs';
import { writeWork } from './work';

/** All about one project that its rows are written from. */
export interface ProjectPage {
  book: Book;
  spec: ProjectSpec;
  sight: Sight;
  id: string;
  workspaceId: string;
  organisationId: string;
  person(key: MemberKey): string;
  task(key: TaskKey | null): string | null;
}

export function writeProjects(book: Book): void {
  for (const spec of PROJECTS) {
    const page = pageOf(book, spec);
    if (spec.only && spec.only !== book.side && !page.sight.project) continue;
    if (spec.client === 'dorado' && book.side === 'A') continue;
    writeProject(page);
    writeGrants(page);
    for (const task of tasksIn(page)) writeTask(page, task);
    writeRates(page);
    writeWork(page, writeInvoices(page));
  }
  writeLostGrants(book);
}

/** Where hidden tasks are hidden, one of the worlds has more of them. */
const tasksIn = ({ book, sight }: ProjectPage): TaskSpec[] =>
  TASKS.filter((task) => sight.team || !task.only || task.only === book.side);

function pageOf(book: Book, spec: ProjectSpec): ProjectPage {
  return {
    book,
    spec,
    sight: sightOf(book.persona, spec),
    id: book.id('Project', spec.key),
    workspaceId: book.id('Workspace', CLIENT_WORKSPACE[spec.client]),
    organisationId: book.id('ClientOrganisation', spec.client),
    person: (key) => book.id('Person', key),
    task: (key) => key && book.id('Task', `${spec.key}/${key}`),
  };
}

const title = (key: string): string => key[0].toUpperCase() + key.slice(1);

function writeProject({ book, spec, sight, ...ids }: ProjectPage): void {
  const { key } = spec;
  const seen = sight.project;
  // A client is not told them, and yet they decide all that the client sees.
  const tellsSettings = sight.manages || (seen && !sight.team);
  book.add('project', {
    id: ids.id,
    workspace_id: ids.workspaceId,
    client_organisation_id: ids.organisationId,
    name: book.text(seen, title(key)),
    code: seen ? key.slice(0, 3).toUpperCase() + key.length : `${book.chance(key, 9999)}-${key}-${book.side}`,
    status:
      seen || spec.status === 'ARCHIVED' ? (spec.status ?? 'ACTIVE') : book.one(false, 'ACTIVE', OPEN_STATUS, key),
    start_date: seen || !book.isLess(key) ? `2026-01-${10 + (seen ? key.length : book.chance(key, 19))}` : null,
    end_date: seen ? null : '2026-12-24',
    description: book.textOrNull(seen, `About ${key}`),
    internal_description: book.textOrNull(sight.team && sight.view, `Inside ${key}`),
    currency: book.one(seen, 'EUR', ['USD', 'SEK'], key),
    ...billingOf(book, spec, sight),
    ...budgetOf(book, spec, sight),
    ...costBudgetOf(book, spec, sight),
    rounding_mode: book.one(sight.manages, 'UP', ['UP', 'NEAREST', 'DOWN'], key),
    rounding_minutes: book.one(sight.manages, 15, [5, 15, 30], key),
    preset: book.one(tellsSettings, spec.preset, ['AGENCY', 'FREELANCE'], key),
    visibility: tellsSettings ? overridesOf(spec) : otherSettings(book, key),
    version: book.number(sight.manages, 1, `version of ${key}`),
    ...STAMPS,
  });
}

const OPEN_STATUS = ['ACTIVE', 'ON_HOLD', 'PLANNED', 'COMPLETED'] as const;

function otherSettings(book: Book, key: string): Record<string, string> {
  const keys = Object.keys(SETTINGS) as SettingKey[];
  return Object.fromEntries(
    keys.map((setting) => [setting, book.one<string>(false, '', SETTINGS[setting], key + setting)]),
  );
}

function billingOf(book: Book, { key, billing }: ProjectSpec, sight: Sight) {
  const seen = sight.financials !== 'HIDE';
  const isFixed = billing === 'FIXED_FEE';
  return {
    billing: billing ?? 'HOURLY',
    contract_value_minor: isFixed || !seen ? book.number(seen, 5_000_000, `contract of ${key}`) : null,
  };
}

/** By hours for who sees hours, by fees for who sees amounts; for others there may be one, another, or none. */
function budgetOf(book: Book, { key, budget, monthly }: ProjectSpec, sight: Sight) {
  const seen = budget === 'HOURS' ? sight.hours === 'FULL' : sight.financials !== 'HIDE';
  const others = budgetsToHide(sight);
  const basis = budget && !seen ? book.one(false, budget, others, key) : (budget ?? 'NONE');
  const number = book.number(seen, 900_000, `budget of ${key}`);
  return {
    budget_basis: basis,
    budget_seconds: basis === 'HOURS' ? number : null,
    budget_minor: basis === 'FEES' ? number : null,
    budget_period: monthly ? 'MONTHLY' : 'TOTAL',
  };
}

function budgetsToHide(sight: Sight): ('HOURS' | 'FEES' | 'NONE')[] {
  const others: ('HOURS' | 'FEES' | 'NONE')[] = ['NONE'];
  if (sight.hours !== 'FULL') others.push('HOURS');
  if (sight.financials === 'HIDE') others.push('FEES');
  return others;
}

function costBudgetOf(book: Book, { key, costBudget }: ProjectSpec, sight: Sight) {
  const seen = sight.costBudget;
  const isThere = seen ? costBudget !== undefined : book.isLess(`cost budget of ${key}`);
  return {
    cost_budget_minor: isThere ? book.number(seen, 400_000, `cost budget of ${key}`) : null,
    cost_budget_period: isThere ? (seen ? costBudget! : book.one(false, 'TOTAL', ['TOTAL', 'MONTHLY'], key)) : null,
  };
}

/** Whose permissions nobody tells: of who is shown as being on the project, the permissions; of others, all. */
function writeGrants({ book, spec, sight, ...ids }: ProjectPage): void {
  for (const key of Object.keys(spec.grants) as MemberKey[]) {
    const self = book.persona.members.includes(key);
    const isKept = self || sight.manages || shownOn(sight, key);
    if (!isKept && sight.project && !isWorking(spec, key) && book.isLess(`${spec.key}/${key}`)) continue;
    const held = spec.grants[key]!;
    book.add('project_grant', {
      id: book.id('ProjectGrant', `${spec.key}/${key}`),
      workspace_id: ids.workspaceId,
      project_id: ids.id,
      membership_id: ids.person(key),
      ...columnsOf(self || sight.manages ? held : otherFlags(book, key)),
      expires_at: self || sight.manages ? null : book.one(false, '', ['2027-01-01', '2028-01-01'], key),
      reason: book.textOrNull(sight.manages, 'Open book', `${spec.key} ${key}`) ?? 'Agreed',
      granted_by: null,
      ...STAMPS,
    });
  }
}

const isWorking = (spec: ProjectSpec, key: MemberKey): boolean =>
  teamOf(spec).includes(key) ||
  TASKS.some((task) => assigneeOf(spec, task) === key) ||
  key === 'tess' ||
  key === 'vera';

function otherFlags(book: Book, key: MemberKey): PermissionFlags {
  const isClient = memberOf(key).type === 'CLIENT';
  const words = [
    'trackTime clientView',
    'clientView internalCosts',
    isClient ? 'clientView' : 'clientView managesProject',
  ];
  return flags(book.one(false, '', words, key));
}

const columnsOf = (held: PermissionFlags) => ({
  track_time: held.trackTime,
  client_view: held.clientView,
  internal_costs: held.internalCosts,
  manages_project: held.managesProject,
});

/** Rolf's were taken back, Xena's have run out, and Dana is deactivated. */
function writeLostGrants(book: Book): void {
  for (const spec of PROJECTS.filter(({ key }) => LOST_GRANTS.on.includes(key))) {
    for (const key of LOST_GRANTS.of) {
      book.add('project_grant', {
        id: book.id('ProjectGrant', `${spec.key}/${key}`),
        workspace_id: book.id('Workspace', 'fjord'),
        project_id: book.id('Project', spec.key),
        membership_id: book.id('Person', key),
        ...columnsOf(flags('trackTime clientView internalCosts')),
        reason: 'Once agreed',
        granted_by: null,
        status: key === 'rolf' ? 'REVOKED' : 'ACTIVE',
        expires_at: key === 'xena' ? NOW : null,
        ...STAMPS,
      });
    }
  }
}

function writeTask({ book, spec, sight, ...ids }: ProjectPage, task: TaskSpec): void {
  const seen = seesTask(sight, spec, task);
  const key = `${spec.key}/${task.key}`;
  const assignee = assigneeOf(spec, task);
  const namesAssignee = seen && assignee !== null && shownOn(sight, assignee);
  const others = teamOf(spec).filter((other) => !seen || !shownOn(sight, other));
  const named = namesAssignee || assignee === null ? assignee : book.one(false, assignee, [...others, assignee], key);
  book.add('task', {
    id: ids.task(task.key),
    workspace_id: ids.workspaceId,
    project_id: ids.id,
    title: book.text(seen, task.title, `${task.title} of ${spec.key}`),
    description: book.textOrNull(seen, `Do ${key}`),
    internal_notes: book.textOrNull(sight.team && sight.view, `Inside ${key}`),
    status: book.one(seen, task.status, task.clientVisible ? ENDED : STATUS, key),
    assignee_id: named && ids.person(named),
    due_date: seen || !book.isLess(key) ? `2026-04-${10 + (seen ? 5 : book.chance(key, 19))}` : null,
    estimate_seconds: book.number(seen && sight.hours === 'FULL', 36_000, `estimate of ${key}`),
    billable: true,
    client_visible: task.clientVisible,
    position: positionOf(book, task.key, sight),
    version: book.number(sight.team, 1, `version of ${key}`),
    ...STAMPS,
  });
}

const STATUS = ['OPEN', 'IN_PROGRESS', 'DONE', 'CANCELLED'] as const;
/** A task that is meant for the client is shown to who may log time on it, so here it is over. */
const ENDED = ['DONE', 'CANCELLED'] as const;

/** What is visible keeps its order; what is hidden stands elsewhere in between. */
function positionOf(book: Book, key: TaskKey, sight: Sight): number {
  const order = sight.team || book.side === 'A' ? 'h1 t1 h2 t2 t3 h3' : 't1 t2 h1 h3 t3 h2';
  return order.split(' ').indexOf(key);
}

/** The price of an hour on the project is told where rates are shown; every other rate is the company's own. */
function writeRates({ book, spec, sight, ...ids }: ProjectPage): void {
  const { key } = spec;
  const rate = (scope: string, kind: 'BILL' | 'COST', seen: boolean, subject: Record<string, string | null>) => {
    if (!seen && book.isLess(`${scope} ${kind} ${key}`)) return;
    book.add('rate', {
      id: book.id('Rate', `${key}/${scope}/${kind}`),
      workspace_id: ids.workspaceId,
      scope,
      kind,
      minor_per_hour: book.number(seen, 9000, `${scope} ${kind} ${key}`),
      currency: book.one(sight.project, 'EUR', ['USD', 'SEK'], key),
      valid_from: '2026-01-01',
      ...subject,
      ...STAMPS,
    });
  };
  rate('PROJECT', 'BILL', sight.rates, { project_id: ids.id });
  rate('PROJECT', 'COST', false, { project_id: ids.id });
  rate('TASK', 'BILL', sight.manages, { task_id: ids.task('t1') });
  const [first] = teamOf(spec);
  rate('PROJECT_PERSON', 'BILL', sight.manages, { project_id: ids.id, membership_id: ids.person(first) });
  rate('PROJECT_PERSON', 'COST', false, { project_id: ids.id, membership_id: ids.person(first) });
}
