import type { Tx } from '../../platform/database';
import { notFound } from '../../platform/errors';
import type { Billing } from '../projects/project.enums';
import type { InvoiceLine } from './invoice-line.entity';

/** What drafting an invoice asks of a project. */
export interface BilledProject {
  id: string;
  workspaceId: string;
  clientOrganisationId: string;
  name: string;
  currency: string;
  billing: Billing;
  contractValueMinor: bigint | null;
}

/**
 * Locks a project against a second draft of the same work. Whoever logs or corrects time there holds the project as it
 * stands, and so waits too: lines and the work on them are made of the same entries.
 */
export async function lockToBill(tx: Tx, projectId: string): Promise<BilledProject> {
  const project = await tx.row<BilledProject>(
    `select id, workspace_id, client_organisation_id, name, currency, billing, contract_value_minor
     from project where id = $1 for no key update`,
    [projectId],
  );
  if (!project) throw notFound('projectId');
  return project;
}

/** Work of one task at one rate. */
interface Work {
  /** Null for work without a task, and on tasks that clients do not see: an invoice must not name those. */
  taskId: string | null;
  title: string | null;
  unitMinor: bigint | null;
}

/** The task that an invoice may name for an entry `e` with its task `t`. */
const NAMED_TASK = `case when t.client_visible then t.id end`;
const SAME_WORK = `l.from_time and l.unit_minor is not distinct from e.bill_rate_minor
  and l.task_id is not distinct from (select ${NAMED_TASK} from task t where t.id = e.task_id)`;

export interface WorkRange {
  projectId: string;
  from: string | null;
  to: string | null;
}

const UNINVOICED = `e.project_id = $1 and e.billable and e.invoice_state = 'NONE'
  and ($2::date is null or e.date >= $2) and ($3::date is null or e.date <= $3)`;

/** Billable work that is on no invoice, in the order of the tasks; other work last. */
export function findUninvoicedWork(tx: Tx, { projectId, from, to }: WorkRange): Promise<Work[]> {
  return tx.rows<Work>(
    `select ${NAMED_TASK} as task_id, case when t.client_visible then t.title end as title, e.bill_rate_minor as unit_minor
     from time_entry e left join task t on t.id = e.task_id where ${UNINVOICED}
     group by 1, 2, 3 order by min(case when t.client_visible then t.position end) nulls last, 1 nulls last, 3 nulls last`,
    [projectId, from, to],
  );
}

/** Puts uninvoiced work on the lines of a draft that are made for it, in one statement; versions stay (L-12). */
export async function attachWork(tx: Tx, invoiceId: string, { projectId, from, to }: WorkRange): Promise<void> {
  await tx.rows(
    `update time_entry e set invoice_state = 'DRAFT', invoice_line_id = l.id
     from invoice_line l where l.invoice_id = $4 and ${SAME_WORK} and ${UNINVOICED}`,
    [projectId, from, to, invoiceId],
  );
}

/**
 * Issues the work of a draft as its entries stand now: from here on they are locked. Entries that do not belong on it
 * any more (not billable, on another project) are on no invoice again.
 */
export async function issueWork(tx: Tx, { id, projectId }: { id: string; projectId: string }): Promise<void> {
  const belongs = 'e.billable and e.project_id = $2';
  await tx.rows(
    `update time_entry e set invoice_state = case when ${belongs} then 'ISSUED' else 'NONE' end,
       invoice_line_id = case when ${belongs} then e.invoice_line_id end
     where e.invoice_line_id in (select id from invoice_line where invoice_id = $1)`,
    [id, projectId],
  );
}

/** Work on an invoice that none of its lines is made for, because task or rate of an entry changed; with its tax. */
export function findMisplacedWork(tx: Tx, invoiceId: string): Promise<(Work & { taxBp: number })[]> {
  return tx.rows(
    `select ${NAMED_TASK} as task_id, case when t.client_visible then t.title end as title,
       e.bill_rate_minor as unit_minor, max(own.tax_bp)::int as tax_bp
     from time_entry e join invoice_line own on own.id = e.invoice_line_id left join task t on t.id = e.task_id
     where own.invoice_id = $1 and not exists (select from invoice_line l where l.invoice_id = $1 and ${SAME_WORK})
     group by 1, 2, 3 order by min(t.position) nulls last, 1 nulls last, 3 nulls last`,
    [invoiceId],
  );
}

/** Moves each entry of an invoice to the line that is made for its task and rate. */
export async function moveWorkToItsLines(tx: Tx, invoiceId: string): Promise<void> {
  await tx.rows(
    `update time_entry e set invoice_line_id = l.id from invoice_line l, invoice_line own
     where own.id = e.invoice_line_id and own.invoice_id = $1 and l.invoice_id = $1 and l.id <> own.id and ${SAME_WORK}`,
    [invoiceId],
  );
}

/** Time lines whose entries are all gone. */
export async function deleteEmptyTimeLines(tx: Tx, invoiceId: string): Promise<void> {
  await tx.rows(
    `delete from invoice_line l where l.invoice_id = $1 and l.from_time
       and not exists (select from time_entry e where e.invoice_line_id = l.id)`,
    [invoiceId],
  );
}

/** The work of these lines is on no invoice again, in one statement. */
export async function releaseWork(tx: Tx, lineIds: readonly string[]): Promise<void> {
  if (lineIds.length === 0) return;
  await tx.rows(
    `update time_entry set invoice_state = 'NONE', invoice_line_id = null where invoice_line_id = any($1::text[])`,
    [lineIds],
  );
}

export async function deleteLines(tx: Tx, lineIds: readonly string[]): Promise<void> {
  if (lineIds.length === 0) return;
  await tx.rows('delete from invoice_line where id = any($1::text[])', [lineIds]);
}

/** Throws a draft away with its lines. */
export async function deleteDraft(tx: Tx, invoiceId: string): Promise<void> {
  await tx.rows(`delete from invoice where id = $1 and status = 'DRAFT'`, [invoiceId]);
}

/** Writes what lines are taxed. */
export async function writeTaxes(tx: Tx, lines: readonly InvoiceLine[]): Promise<void> {
  await tx.rows(
    `update invoice_line l set tax_bp = x.tax_bp, tax_minor = x.tax
     from unnest($1::text[], $2::int[], $3::bigint[]) as x (id, tax_bp, tax) where l.id = x.id`,
    [lines.map((line) => line.id), lines.map((line) => line.taxBp), lines.map((line) => line.taxMinor)],
  );
}

/** Writes the amounts that lines stand at, for good. */
export async function freezeLines(tx: Tx, lines: readonly InvoiceLine[]): Promise<void> {
  await tx.rows(
    `update invoice_line l set quantity_milli = x.quantity, amount_minor = x.amount, tax_minor = x.tax
     from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) as x (id, quantity, amount, tax) where l.id = x.id`,
    [
      lines.map((line) => line.id),
      lines.map((line) => line.quantityMilli),
      lines.map((line) => line.amountMinor),
      lines.map((line) => line.taxMinor),
    ],
  );
}

/** Net of everything on the project's invoices, drafts too: what a contract has left is not drafted twice. */
export async function sumOfLines(tx: Tx, projectId: string): Promise<bigint> {
  const row = await tx.row<{ sum: bigint }>(
    `select coalesce(sum(l.amount_minor), 0)::bigint as sum from invoice_line l join invoice i on i.id = l.invoice_id
     where i.project_id = $1 and i.status <> 'VOID'`,
    [projectId],
  );
  return row!.sum;
}

/** The next number of a client organisation, without gaps: the row stays locked until the transaction ends. */
export async function nextInvoiceNumber(tx: Tx, clientOrganisationId: string): Promise<number> {
  const row = await tx.row<{ running: number }>(
    `update client_organisation set last_invoice_number = last_invoice_number + 1 where id = $1
     returning last_invoice_number as running`,
    [clientOrganisationId],
  );
  return row!.running;
}
