import { type PolicyLine, policyLines } from './audit';
import { AUDIENCES, type Audience, type AudienceName, type Permit, type Row } from './permissions';
import type { Policy } from './policy';
import { SETTING_KEYS, SETTINGS, type VisibilitySettings } from './visibility';

/** The columns of docs/who-sees-what.md, and what internal costs add to those who may hold them. */
export const COLUMNS = ['N', 'B', 'T', 'V', 'C', 'M', 'P', 'A', 'T+c', 'M+c', 'P+c'] as const;
export type Column = (typeof COLUMNS)[number];
/**
 * ● visible · – withheld or absent · o or r on own rows alone · t likewise, and on open tasks to log time on · m where the workspace shows its team bill rates ·
 * k with the role MANAGER · b with the business role BILLING.
 */
export type Cell = '●' | '–' | 'o' | 'r' | 't' | 'm' | 'm(o)' | 'k' | 'k(o)' | 'b' | 'b(o)';

/** One line of the matrix: a field, or a field under a condition that its audience asks about. */
export interface MatrixRow {
  type: string;
  field: string;
  condition?: string;
  cells: Record<Column, Cell>;
  /** For clients, the settings that must be so: `hours=FULL`. */
  gate: string[];
}

/** The policy page as a matrix: every field of every type that has a line of its own. */
export function matrixOf(policy: Policy): MatrixRow[] {
  const lines = policyLines(policy).filter((line) => !OPERATIONS.has(line.type));
  return lines.flatMap((line) => {
    const audiences = [...audiencesOnTheWay(line.type, lines), ...named(line)];
    const conditions = audiences.map((name) => CONDITIONS[name] ?? []).find((found) => found.length > 0) ?? [PLAIN];
    return conditions.map(([condition, row]) => matrixRow(line, condition, decider(audiences, row)));
  });
}

/** Who may use an operation, and about what it is asked. No cells: anybody signed in, or anybody at all. */
export interface OperationRow {
  type: string;
  field: string;
  cells?: Record<Column, Cell>;
  about: string;
}

export function operationsOf(policy: Policy): OperationRow[] {
  const lines = policyLines(policy).filter((line) => OPERATIONS.has(line.type));
  return lines.map((line) => {
    const { type, field, audience, subject } = line;
    if (audience === 'anyone') return { type, field, about: 'anybody, signed in or not' };
    if (audience === 'signedIn') return { type, field, about: 'whoever is signed in, thing by thing' };
    const about = typeOfSubject(subject!);
    const { cells } = matrixRow({ ...line, type: about }, undefined, decider(named(line), {}));
    return { type, field, cells, about };
  });
}

/** `taskId` names a Task. */
const typeOfSubject = (key: string): string => key[0].toUpperCase() + key.slice(1, -2);

const OPERATIONS = new Set(['Query', 'Mutation', 'Subscription']);
const PLAIN: Condition = [undefined, {}];
type Condition = [name: string | undefined, row: Row];

/** What some audiences ask about the row, each as a line of its own. */
const CONDITIONS: Partial<Record<AudienceName, Condition[]>> = {
  budget: [
    ['basis HOURS', { budgetBasis: 'HOURS' }],
    ['basis FEES', { budgetBasis: 'FEES' }],
  ],
  costs: [
    ['whole life', {}],
    ['with from or to', { dated: true }],
  ],
  costBudgetUsed: [
    ['of the whole life', {}],
    ['of this month', { dated: true }],
  ],
  contactDetails: [['of the team', { side: 'TEAM' }], ...clients()],
  contactEmail: clients(),
};

function clients(): Condition[] {
  return [
    ['of a client who publishes', { side: 'CLIENT', isPublishedColleague: true }],
    ['of another client', { side: 'CLIENT' }],
  ];
}

/**
 * Which rows a column is given at all, where that is not simply "whoever sees the project": what rows.ts says, in
 * cells for N B T V C M P A, and the audience that asks the settings. `via`: reached through this field alone, and guarded with it.
 */
const ROWS: Record<string, { cells?: string; gate?: AudienceName; via?: string }> = {
  Viewer: { cells: 'o o o o o o o o' },
  ViewerMembership: { cells: 'o o o o o o o o' },
  Session: { cells: 'o o o o o o o o' },
  Timer: { cells: 'o o o o o o o o' },
  Notification: { cells: 'o o o o o o o o' },
  Workspace: { cells: '● ● ● ● ● ● ● ●' },
  Contact: { cells: 'o o o ● ● ● ● ●' },
  Person: { cells: 'o o o ● ● ● ● ●', gate: 'people' },
  ProjectMember: { cells: '– – – – – o ● ●' },
  Invitation: { cells: '– – – – – o ● ●' },
  Rate: { cells: '– – – – – m(o) ● ●' },
  Task: { cells: '– r t ● ● ● ● ●', gate: 'taskList' },
  TimeEntry: { cells: '– – o ● ● ● ● ●', gate: 'entriesOfOthers' },
  Invoice: { cells: '– – – ● ● b ● ●', gate: 'invoices' },
  ActivityEvent: { via: 'Project.activity' },
  InvoiceLine: { via: 'Invoice.lines' },
  Payment: { via: 'Invoice.payments' },
  CostBudget: { via: 'Project.costBudget' },
  TaskTotals: { via: 'ProjectTotals.byTask' },
  PersonTotals: { via: 'ProjectTotals.byPerson' },
  DayTotals: { via: 'ProjectTotals.byDay' },
  TimeByDay: { via: 'Project.timeByDay' },
};

function audiencesOnTheWay(type: string, lines: PolicyLine[]): AudienceName[] {
  const via = ROWS[type]?.via;
  const way = lines.find((line) => `${line.type}.${line.field}` === via);
  return way ? [...audiencesOnTheWay(way.type, lines), ...named(way)] : [];
}

const named = ({ audience }: PolicyLine): AudienceName[] => (audience in AUDIENCES ? [audience as AudienceName] : []);

type Decide = (permit: Permit, ownRow: 'own' | 'another') => boolean;

const decider =
  (audiences: AudienceName[], row: Row): Decide =>
  (permit, whose) => {
    const asked = whose === 'own' ? { ...row, personId: ME, assigneeId: ME, isSelf: true } : row;
    return audiences.every((name) => (AUDIENCES[name] as Audience)(permit, asked).length === 0);
  };

function matrixRow({ type, field }: PolicyLine, condition: string | undefined, decide: Decide): MatrixRow {
  const cells = Object.fromEntries(COLUMNS.map((column) => [column, cell(type, column, decide)]));
  const forNoClient = CLIENT_COLUMNS.every((column) => cells[column] === '–');
  const gate = forNoClient ? [] : gatesOf(decide, rowsOf(type).gate);
  return { type, field, condition, cells: cells as Record<Column, Cell>, gate };
}

function rowsOf(type: string): { cells: string; gate?: AudienceName } {
  const { cells = '– ● ● ● ● ● ● ●', gate, via } = ROWS[type] ?? {};
  return via ? rowsOf(via.split('.')[0]) : { cells, gate };
}

function cell(type: string, column: Column, decide: Decide): Cell {
  const rows = rowsOf(type).cells.split(' ')[COLUMNS.indexOf(ROW_COLUMN[column] ?? column)] as Cell;
  if (rows === '–') return '–';
  const permit = permitOf(column);
  if (rows !== '●') return underCondition(rows, permit, decide);
  if (decide(permit, 'another')) return '●';
  if (decide(permit, 'own')) return 'o';
  for (const [letter, more] of MORE) {
    if (permit.settings !== null) break;
    if (decide({ ...permit, ...more }, 'another')) return letter;
    if (decide({ ...permit, ...more }, 'own')) return `${letter}(o)`;
  }
  return '–';
}

/** A row that is there under a condition alone: the cell is the condition, or `o` where it must be one's own besides. */
function underCondition(rows: Cell, permit: Permit, decide: Decide): Cell {
  const held = { ...permit, ...MORE.find(([letter]) => rows.startsWith(letter))?.[1] };
  if (decide(held, 'another')) return rows;
  return decide(held, 'own') ? 'o' : '–';
}

const MORE: ['m' | 'k' | 'b', Partial<Permit>][] = [
  ['m', { membersSeeBillRates: true }],
  ['k', { role: 'MANAGER' }],
  ['b', { billing: true }],
];

const CLIENT_COLUMNS: Column[] = ['B', 'T', 'V', 'C', 'T+c'];
const ROW_COLUMN: Partial<Record<Column, Column>> = { 'T+c': 'C', 'M+c': 'M', 'P+c': 'P' };
const ME = 'me';

const FLAGS: Record<Column, string> = {
  N: '',
  B: '',
  T: 'trackTime',
  V: 'clientView',
  C: 'clientView internalCosts',
  M: 'trackTime clientView',
  P: 'trackTime clientView managesProject',
  A: 'trackTime clientView internalCosts managesProject',
  'T+c': 'trackTime clientView internalCosts',
  'M+c': 'trackTime clientView internalCosts',
  'P+c': 'trackTime clientView internalCosts managesProject',
};

const widest = Object.fromEntries(SETTING_KEYS.map((key) => [key, SETTINGS[key][0]])) as VisibilitySettings;
widest.billRates = 'SHOW';

function permitOf(column: Column, settings: VisibilitySettings = widest): Permit {
  const isAdmin = column === 'A';
  return {
    workspaceId: 'workspace',
    projectId: 'project',
    personId: ME,
    source: isAdmin ? 'ROLE' : 'GRANT',
    role: isAdmin ? 'ADMIN' : 'MEMBER',
    trackTime: FLAGS[column].includes('trackTime'),
    clientView: FLAGS[column].includes('clientView'),
    internalCosts: FLAGS[column].includes('internalCosts'),
    managesProject: FLAGS[column].includes('managesProject'),
    settings: 'MPA'.includes(column[0]) ? null : settings,
    billing: isAdmin,
    membersSeeBillRates: isAdmin,
    invitePolicy: 'ADMINS_AND_PROJECT_MANAGERS',
    clientOrganisationId: 'organisation',
    projectStatus: 'ACTIVE',
    expiresAt: null,
  };
}

/** Which values of each setting keep the row and the field open for a client who holds all that clients can hold. */
function gatesOf(decide: Decide, rows: AudienceName | undefined): string[] {
  const shown: Decide = rows ? (permit, whose) => decide(permit, whose) && decider([rows], {})(permit, whose) : decide;
  if (!shown(permitOf('T+c'), 'another')) return [];
  return SETTING_KEYS.flatMap((key) => {
    const values: readonly string[] = SETTINGS[key];
    const open = values.filter((value) => shown(permitOf('T+c', { ...widest, [key]: value }), 'another'));
    return open.length === values.length ? [] : [`${key}=${open.reverse().join(' or ')}`];
  });
}
