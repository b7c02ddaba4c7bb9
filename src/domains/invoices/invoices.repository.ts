import type { ProjectAccess } from '../../access/project-access';
import {
  listsOfInvoices,
  SqlParams,
  visibleInvoiceDetails,
  visibleInvoices,
  visibleInvoicesOfProject,
  visiblePayments,
} from '../../access/rows';
import type { Sql, Tx } from '../../platform/database';
import { notFound } from '../../platform/errors';
import {
  type Connection,
  type PageArgs,
  type PageOf,
  readPageAcross,
  readPages,
  type SortKey,
} from '../../platform/paging';
import type { Invoice } from './invoice.entity';
import { InvoiceStatusFilter } from './invoice.enums';
import type { InvoiceRange } from './invoice.inputs';
import { hoursInMilli, taxOn } from './invoice.logic';
import type { InvoiceLine } from './invoice-line.entity';
import type { Payment } from './payment.entity';

const FROM = 'from invoice i join workspace w on w.id = i.workspace_id';
const OPEN = `i.status in ('SENT', 'PARTIALLY_PAID', 'PAID') and i.total_minor > i.paid_minor`;
const SETTLED = `i.status in ('SENT', 'PARTIALLY_PAID', 'PAID') and i.total_minor <= i.paid_minor`;
const SELECT = 'select i.*, w.timezone';

/** The invoices of these ids that the viewer may see. */
export function findInvoices(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<Invoice[]> {
  const params = new SqlParams();
  const wanted = params.add(ids);
  const sql = `${SELECT} ${FROM} where i.id = any(${wanted}::text[]) and ${visibleInvoices(access, params)}`;
  return db.rows<Invoice>(sql, params.values);
}

export interface InvoiceList extends PageArgs, InvoiceRange {
  projectId?: string | null;
}

/** Over all projects of the viewer, or over one. */
export async function listInvoices(db: Sql, access: ProjectAccess, list: InvoiceList): Promise<Connection<Invoice>> {
  const { projectId } = list;
  if (projectId != null) return (await listInvoicesOfProjects(db, access, { projectIds: [projectId], list }))[0];
  const params = new SqlParams();
  const { ofWorkspaces, ofProjects, issuedOfProjects } = listsOfInvoices(access);
  const lists = [
    { ids: ofWorkspaces, where: 'i.workspace_id = k.id' },
    { ids: ofProjects, where: OF_PROJECT },
    { ids: issuedOfProjects, where: `${OF_PROJECT} and i.status <> 'DRAFT'` },
  ].map(({ ids, where }) => ({
    parents: `select unnest(${params.add(ids)}::text[])`,
    page: pageOf(where, { access, list, params }),
  }));
  return readPageAcross(db, list, lists);
}

/** The lists of many projects. */
export function listInvoicesOfProjects(
  db: Sql,
  access: ProjectAccess,
  { projectIds, list }: { projectIds: readonly string[]; list: InvoiceList },
): Promise<Connection<Invoice>[]> {
  const params = new SqlParams();
  const where = `${OF_PROJECT} and ${visibleInvoicesOfProject(access, params)}`;
  return readPages(db, list, pageOf(where, { access, list, params }), projectIds);
}

const OF_PROJECT = 'i.project_id = k.id';

interface InvoicesOf {
  access: ProjectAccess;
  list: InvoiceList;
  params: SqlParams;
}

function pageOf(where: string, { access, list: { status, from, to }, params }: InvoicesOf): PageOf {
  const conditions = [
    where,
    BY_STATUS[status ?? InvoiceStatusFilter.ALL](access, params),
    from == null ? 'true' : `i.issue_date >= ${params.add(from)}::date`,
    to == null ? 'true' : `i.issue_date <= ${params.add(to)}::date`,
  ];
  const ofParent = `${FROM} where ${conditions.join(' and ')}`;
  return { select: SELECT, from: ofParent, values: params.values, id: 'i.id', sort: BY_DATE };
}

const BY_STATUS: Record<InvoiceStatusFilter, (access: ProjectAccess, params: SqlParams) => string> = {
  [InvoiceStatusFilter.ALL]: () => 'true',
  [InvoiceStatusFilter.PAID]: () => SETTLED,
  [InvoiceStatusFilter.UNPAID]: () => OPEN,
  [InvoiceStatusFilter.OVERDUE]: ({ now }, params) =>
    `${OPEN} and i.due_date < (${params.add(now)}::timestamptz at time zone w.timezone)::date`,
};

/** Newest first; drafts stand before them all. The index of the table is on the same expression. */
const BY_DATE: SortKey = {
  name: 'ISSUE_DATE',
  sql: `case when i.status = 'DRAFT' then date '9999-12-31' else i.issue_date end`,
  type: 'date',
  descending: true,
};

/** Locks an invoice for the rest of the transaction. Callers have asked the policy page before. */
export async function lockInvoice(tx: Tx, id: string): Promise<Invoice> {
  const invoice = await tx.row<Invoice>(`${SELECT} ${FROM} where i.id = $1 for update of i`, [id]);
  if (!invoice) throw notFound('invoiceId');
  return invoice;
}

/**
 * Lines as they stand. The amounts of a draft's time lines are those of its entries at this moment: an edited entry
 * changes the draft.
 */
const LINES = `
  select l.id, l.workspace_id, l.invoice_id, l.position, l.description, l.from_time, l.task_id, l.unit_minor, l.tax_bp,
    l.quantity_milli, l.amount_minor, l.tax_minor, i.project_id, i.currency, work.seconds, work.amount
  from invoice_line l join invoice i on i.id = l.invoice_id
  left join lateral (
    select coalesce(sum(e.billed_seconds), 0)::bigint as seconds, coalesce(sum(e.billable_amount_minor), 0)::bigint as amount
    from time_entry e where e.invoice_line_id = l.id and e.billable
  ) work on l.from_time and i.status = 'DRAFT'`;

/** Work by task in the tasks' order, then other work, then what was written by hand. */
const LINE_ORDER = `l.invoice_id, case when not l.from_time then 2 when l.task_id is null then 1 else 0 end, l.position, l.id`;

export async function readLines(db: Sql, invoiceIds: readonly string[]): Promise<InvoiceLine[]> {
  const sql = `${LINES} where l.invoice_id = any($1::text[]) order by ${LINE_ORDER}`;
  return (await db.rows<LineRow>(sql, [invoiceIds])).map(asItStands);
}

/** Which invoice each line stands on, whoever asks. */
export const readInvoiceIds = (db: Sql, lineIds: readonly string[]): Promise<Pick<InvoiceLine, 'id' | 'invoiceId'>[]> =>
  db.rows('select id, invoice_id from invoice_line where id = any($1::text[])', [lineIds]);

/** The lines of these ids on invoices that show the viewer what stands on them. */
export async function findLines(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<InvoiceLine[]> {
  const params = new SqlParams();
  const wanted = params.add(ids);
  const sql = `${LINES} where l.id = any(${wanted}::text[]) and ${visibleInvoiceDetails(access, params)}`;
  return (await db.rows<LineRow>(sql, params.values)).map(asItStands);
}

interface LineRow extends InvoiceLine {
  seconds: bigint | null;
  amount: bigint | null;
}

function asItStands({ seconds, amount, ...line }: LineRow): InvoiceLine {
  if (seconds === null || amount === null) return line as InvoiceLine;
  const taxMinor = taxOn(amount, line.taxBp);
  return { ...line, quantityMilli: hoursInMilli(seconds), amountMinor: amount, taxMinor } as InvoiceLine;
}

const PAYMENTS = 'select y.*, i.currency from payment y join invoice i on i.id = y.invoice_id';

export function readPayments(db: Sql, invoiceIds: readonly string[]): Promise<Payment[]> {
  const sql = `${PAYMENTS} where y.invoice_id = any($1::text[]) order by y.invoice_id, y.received_on, y.id`;
  return db.rows<Payment>(sql, [invoiceIds]);
}

/** The payments of these ids that the viewer may see. */
export function findPayments(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<Payment[]> {
  const params = new SqlParams();
  const wanted = params.add(ids);
  const sql = `${PAYMENTS} where y.id = any(${wanted}::text[]) and ${visiblePayments(access, params)}`;
  return db.rows<Payment>(sql, params.values);
}

/** Locks a payment, and before it the invoice that it belongs to: always in this order. */
export async function lockPayment(tx: Tx, id: string): Promise<{ invoice: Invoice; payment: Payment }> {
  const known = await tx.row<Payment>('select invoice_id from payment where id = $1', [id]);
  if (!known) throw notFound('paymentId');
  const invoice = await lockInvoice(tx, known.invoiceId);
  const payment = await tx.row<Payment>(`${PAYMENTS} where y.id = $1 for update of y`, [id]);
  return { invoice, payment: payment! };
}
