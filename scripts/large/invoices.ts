import type { Tx } from '../../src/platform/database';
import type { LargePlan } from './plan';
import { idOf, insert, OWNER, temporary, WORKSPACE } from './sql';

/** Invoices whose lines are what the entries on them add up to; a line without entries is one written by hand. */
export async function loadInvoices(tx: Tx, plan: LargePlan): Promise<void> {
  await tx.rows(temporary('seed_amount', AMOUNTS));
  await tx.rows(temporary('seed_total', TOTALS));
  await tx.rows(INVOICE_ROWS, [plan.periodDays]);
  await tx.rows(LINE_ROWS);
  await tx.rows(PAYMENT_ROWS);
  await tx.rows(RUNNING_NUMBERS);
}

const TAX_BP = 2500;

/** A draft keeps no amounts of time, nor any total: they are those of its entries at each moment. */
const AMOUNTS = `
  select l.*, tax.*
  from (
    select l.id, l.invoice_id, l.slot, l.title, w.seconds is not null as from_time,
      case when w.seconds is not null then l.task_id end as task_id,
      case when w.seconds is null then 45000 else l.rate end as unit_minor,
      case when w.seconds is null then 1000 when l.status = 'DRAFT' then 0 else (w.seconds * 2000 + 3600) / 7200 end as quantity_milli,
      case when w.seconds is null then 45000 when l.status = 'DRAFT' then 0 else w.amount end as amount_minor
    from seed_line l left join (
      select invoice_line_id, sum(billed_seconds)::bigint as seconds, sum(billable_amount_minor)::bigint as amount
      from time_entry where invoice_line_id is not null group by invoice_line_id
    ) w on w.invoice_line_id = l.id
  ) l, lateral (select (l.amount_minor * ${TAX_BP} + 5000) / 10000 as tax_minor) tax`;

const TOTALS = `
  select i.*, a.subtotal, a.tax, a.subtotal + a.tax as total,
    case i.status when 'PAID' then a.subtotal + a.tax when 'PARTIALLY_PAID' then (a.subtotal + a.tax) / 2 else 0 end as paid,
    case when i.status <> 'DRAFT' then row_number() over (
      partition by i.organisation_id, i.status = 'DRAFT' order by i.m desc, i.n) end as running
  from seed_invoice i join (
    select l.invoice_id, sum(a.amount_minor)::bigint as subtotal, sum(a.tax_minor)::bigint as tax
    from seed_line l join seed_amount a on a.id = l.id group by l.invoice_id
  ) a on a.invoice_id = i.id`;

const issued = (value: string) => `case when i.status <> 'DRAFT' then ${value} end`;
const stored = (value: string) => `case when i.status = 'DRAFT' then 0 else ${value} end`;
const ISSUE_DATE = '(current_date - i.m * $1::int + 1)';
const ISSUED_AT = `${ISSUE_DATE} + time '09:00' at time zone 'UTC'`;

const INVOICE_ROWS = insert(
  'invoice',
  {
    id: 'i.id',
    workspace_id: WORKSPACE,
    project_id: 'i.project_id',
    client_organisation_id: 'i.organisation_id',
    number: issued(`to_char(${ISSUE_DATE}, 'YYYY-') || to_char(i.running, 'FM9000')`),
    status: 'i.status',
    issue_date: issued(ISSUE_DATE),
    due_date: issued(`${ISSUE_DATE} + 30`),
    currency: `'EUR'`,
    subtotal_minor: stored('i.subtotal'),
    tax_minor: stored('i.tax'),
    total_minor: stored('i.total'),
    paid_minor: stored('i.paid'),
    sent_at: issued(ISSUED_AT),
    voided_at: `case when i.status = 'VOID' then ${ISSUED_AT} + interval '1 day' end`,
    // Told of, or else the server would tell of thousands as soon as it starts.
    overdue_told_at: issued(`case when ${ISSUE_DATE} + 30 < current_date then now() end`),
    created_at: ISSUED_AT,
    updated_at: ISSUED_AT,
  },
  'from seed_total i order by i.m desc, i.n',
);

const LINE_ROWS = insert(
  'invoice_line',
  {
    id: 'a.id',
    workspace_id: WORKSPACE,
    invoice_id: 'a.invoice_id',
    position: 'a.slot + 1',
    description: `case when a.from_time then a.title else 'Hosting' end`,
    from_time: 'a.from_time',
    task_id: 'a.task_id',
    unit_minor: 'a.unit_minor',
    quantity_milli: 'a.quantity_milli',
    amount_minor: 'a.amount_minor',
    tax_bp: String(TAX_BP),
    tax_minor: 'a.tax_minor',
  },
  'from seed_amount a join seed_invoice i on i.id = a.invoice_id order by i.m desc, i.n, a.slot',
);

const PAYMENT_ROWS = insert(
  'payment',
  {
    id: idOf('Payment', 'i.id'),
    workspace_id: WORKSPACE,
    project_id: 'i.project_id',
    invoice_id: 'i.id',
    amount_minor: 'i.paid_minor',
    method: `(array['BANK_TRANSFER', 'CARD'])[1 + extract(day from i.issue_date)::int % 2]`,
    received_on: 'i.issue_date + 20',
    recorded_by: OWNER,
    created_at: `i.sent_at + interval '20 days'`,
    updated_at: `i.sent_at + interval '20 days'`,
  },
  'from invoice i where i.paid_minor > 0 order by i.issue_date, i.id',
);

/** The next invoice of each organisation goes on from here. */
const RUNNING_NUMBERS = `
  update client_organisation o set last_invoice_number = r.most
  from (select organisation_id, max(running) as most from seed_total group by organisation_id) r
  where o.id = r.organisation_id and r.most is not null`;
