import type { CastName, ClientName } from '../../src/demo/cast';
import type { Project } from '../../src/domains/projects/project.entity';
import { Rate, RateKind, RateScope } from '../../src/domains/rates/rate.entity';
import { Task, TaskStatus } from '../../src/domains/tasks/task.entity';
import { priced } from '../../src/domains/time/time.logic';
import { type InvoiceState, TimeEntry } from '../../src/domains/time/time-entry.entity';
import { Timer } from '../../src/domains/time/timer.entity';
import { after, hours } from '../../src/platform/clock';
import type { Tx } from '../../src/platform/database';
import { newId } from '../../src/platform/ids';
import type { TestServer } from './server';

export interface TaskFacts extends Partial<Omit<Task, 'projectId' | 'assigneeId'>> {
  assignee?: CastName;
}

/** A task of a project: visible to clients, open, billable, last in the order. */
export async function aTask(server: TestServer, project: Project, facts: TaskFacts = {}): Promise<Task> {
  const { assignee, ...columns } = facts;
  const now = server.clock.now();
  const task = {
    id: newId('Task'),
    workspaceId: project.workspaceId,
    projectId: project.id,
    title: 'Design',
    description: null,
    internalNotes: null,
    status: TaskStatus.OPEN,
    assigneeId: assignee ? server.cast.people[assignee] : null,
    dueDate: null,
    estimateSeconds: null,
    billable: true,
    clientVisible: true,
    position: ++lastPosition,
    version: 1,
    createdAt: now,
    updatedAt: now,
    ...columns,
  };
  await server.database.transaction((tx) => tx.insert(Task, task));
  return task;
}

let lastPosition = 0;

export interface RateFacts {
  /** The most that is given decides the scope: task, project and person, project, person, client. */
  task?: Task;
  project?: Project;
  person?: CastName;
  client?: ClientName;
  kind?: keyof typeof RateKind;
  /** Minor units for an hour. */
  perHour: number;
  currency?: string;
  validFrom?: string;
}

export async function aRate(server: TestServer, facts: RateFacts): Promise<Rate> {
  const { task, project, person, client, kind = 'BILL', perHour, currency = 'EUR', validFrom = '2020-01-01' } = facts;
  const now = server.clock.now();
  const rate = {
    id: newId('Rate'),
    workspaceId: (task ?? project)?.workspaceId ?? server.cast.workspaceId,
    scope: scopeOf(facts),
    kind: RateKind[kind],
    ofTaskId: task?.id ?? null,
    ofProjectId: project?.id ?? null,
    ofPersonId: person ? server.cast.people[person] : null,
    ofOrganisationId: client ? server.cast.clients[client] : null,
    minorPerHour: BigInt(perHour),
    currency,
    validFrom,
    createdAt: now,
    updatedAt: now,
  };
  await server.database.transaction((tx) => tx.insert(Rate, rate));
  return rate;
}

function scopeOf({ task, project, person }: RateFacts): RateScope {
  if (task) return RateScope.TASK;
  if (project) return person ? RateScope.PROJECT_PERSON : RateScope.PROJECT;
  return person ? RateScope.PERSON : RateScope.CLIENT;
}

export interface TimeEntryFacts extends Partial<Omit<TimeEntry, 'personId' | 'taskId'>> {
  person?: CastName;
  task?: Task;
  /** Raw and, unless `billedSeconds` says otherwise, billed. */
  seconds?: number;
  /** Minor units for an hour; none without. */
  billRate?: number;
  costRate?: number;
}

/** An hour of Wim's, billable, without rates; on an invoice of its own when `invoiceState` says so. */
export async function aTimeEntry(server: TestServer, project: Project, facts: TimeEntryFacts = {}): Promise<TimeEntry> {
  const { person = 'wim', task, seconds = 3600, billRate, costRate, ...columns } = facts;
  const now = server.clock.now();
  const measures = {
    rawSeconds: seconds,
    billedSeconds: seconds,
    billable: true,
    billRateMinor: billRate === undefined ? null : BigInt(billRate),
    costRateMinor: costRate === undefined ? null : BigInt(costRate),
    ...columns,
  };
  const entry = {
    id: newId('TimeEntry'),
    workspaceId: project.workspaceId,
    projectId: project.id,
    taskId: task?.id ?? null,
    personId: server.cast.people[person],
    date: '2026-03-10',
    startedAt: null,
    endedAt: null,
    ...priced(measures, project.billing),
    description: '',
    internalNote: null,
    invoiceState: 'NONE' as InvoiceState,
    createdById: server.cast.people[person],
    version: 1,
    createdAt: now,
    updatedAt: now,
    ...measures,
    invoiceLineId: null as string | null,
  };
  await server.database.transaction(async (tx) => {
    if (entry.invoiceState !== 'NONE') {
      const status = entry.invoiceState === 'DRAFT' ? 'DRAFT' : 'SENT';
      entry.invoiceLineId = await insertInvoice(tx, project, { netMinor: entry.billableAmountMinor, status });
    }
    await tx.insert(TimeEntry, entry);
  });
  return { ...entry, currency: project.currency };
}

/** A timer that has run for an hour. */
export async function aTimer(
  server: TestServer,
  project: Project,
  { personId, ...facts }: { personId: string } & Partial<Timer>,
): Promise<string> {
  const startedAt = after(server.clock.now(), -hours(1));
  const { id: projectId, workspaceId } = project;
  const timer = { id: newId('Timer'), workspaceId, projectId, personId, taskId: null, description: '', startedAt };
  await server.database.transaction((tx) => tx.insert(Timer, { ...timer, ...facts }));
  return timer.id;
}

/** An invoice with one line and no more: what invoices do is told elsewhere. */
export async function anInvoiceOver(
  server: TestServer,
  project: Project,
  { netMinor, status }: BareInvoice,
): Promise<void> {
  await server.database.transaction((tx) => insertInvoice(tx, project, { netMinor, status }));
}

interface BareInvoice {
  netMinor: bigint;
  status: 'DRAFT' | 'SENT' | 'VOID';
}

async function insertInvoice(tx: Tx, project: Project, { netMinor, status }: BareInvoice): Promise<string> {
  const [invoice, line] = [newId('Invoice'), newId('InvoiceLine')];
  const issued = status !== 'DRAFT';
  await tx.rows(
    `insert into invoice (id, workspace_id, project_id, client_organisation_id, number, status, issue_date, due_date,
       currency, subtotal_minor, tax_minor, total_minor, sent_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::bigint, $11::bigint, $10::bigint + $11::bigint, $12, now(), now())`,
    [
      invoice,
      project.workspaceId,
      project.id,
      project.clientOrganisationId,
      issued ? invoice : null,
      status,
      issued ? '2026-03-01' : null,
      issued ? '2026-03-31' : null,
      project.currency,
      netMinor,
      netMinor / 4n,
      issued ? new Date('2026-03-01T09:00:00Z') : null,
    ],
  );
  await tx.rows(
    `insert into invoice_line (id, workspace_id, invoice_id, position, description, quantity_milli, unit_minor, amount_minor)
     values ($1, $2, $3, 1, 'Work', 1000, $4, $4)`,
    [line, project.workspaceId, invoice, netMinor],
  );
  return line;
}
