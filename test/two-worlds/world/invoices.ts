import { NOW } from './book';
import { STAMPS } from './people';
import type { ProjectPage } from './projects';

/** Where time entries stand that are on an invoice. */
export interface InvoicedLines {
  issued: string;
  /** There is no draft everywhere. */
  draft: string | null;
}

interface Figures {
  subtotal: number;
  tax: number;
  paid: number;
}

/** Amounts in minor units. The first is sent and overdue, the second partly paid, the third void. */
const FIRST: Figures = { subtotal: 90_000, tax: 22_500, paid: 0 };
const SECOND: Figures = { subtotal: 40_000, tax: 10_000, paid: 20_000 };
const THIRD: Figures = { subtotal: 7_000, tax: 0, paid: 0 };

export function writeInvoices(page: ProjectPage): InvoicedLines {
  const { book, spec, sight } = page;
  const { key } = spec;
  const [first, second] = sight.invoices === 'HIDE' ? otherFigures(page) : [FIRST, SECOND];
  const issued = writeInvoice(page, { name: 'first', status: 'SENT', figures: first, number: 1 });
  if (second) writeInvoice(page, { name: 'second', status: 'PARTIALLY_PAID', figures: second, number: 2 });
  const showsVoid = sight.invoices !== 'HIDE' || book.side === 'B';
  if (showsVoid) writeInvoice(page, { name: 'third', status: 'VOID', figures: THIRD, number: 3 });
  const hasDraft = sight.drafts || !book.isLess(`draft of ${key}`);
  const draft = hasDraft ? writeDraft(page, 'draft') : null;
  if (!sight.drafts && book.side === 'B') writeDraft(page, 'another draft');
  return { issued, draft };
}

/** Hidden invoices: where the sums are told the sums stay, and nothing else. */
function otherFigures({ book, spec, sight }: ProjectPage): [Figures, Figures | null] {
  if (sight.financials !== 'HIDE') {
    const moved = 1000 * (1 + book.chance(spec.key, 20));
    return [
      { ...FIRST, subtotal: FIRST.subtotal - moved },
      { ...SECOND, subtotal: SECOND.subtotal + moved },
    ];
  }
  const figures = (name: string, paid: number): Figures => ({
    subtotal: 50_000 + book.chance(`${name} ${spec.key}`, 90_000),
    tax: book.chance(`tax ${name} ${spec.key}`, 9000),
    paid,
  });
  return [figures('first', 0), book.isLess(spec.key) ? null : figures('second', 100 + book.chance(spec.key, 900))];
}

interface NewInvoice {
  name: string;
  status: 'SENT' | 'PARTIALLY_PAID' | 'VOID';
  figures: Figures;
  number: number;
}

function writeInvoice(page: ProjectPage, { name, status, figures, number }: NewInvoice): string {
  const { book, spec, sight } = page;
  const key = `${spec.key}/${name}`;
  const seen = sight.invoices !== 'HIDE';
  const { subtotal, tax, paid } = splitTax(page, key, figures);
  const id = book.id('Invoice', key);
  // Sums of invoices are told without their dates, so the dates are free where the invoices are hidden.
  const month = seen ? number : 1 + book.chance(key, 3);
  book.add('invoice', {
    ...idsOf(page, id),
    number: book.text(seen, `2026-${spec.key}-${number}`, key),
    status,
    issue_date: `2026-0${month}-05`,
    due_date: `2026-0${month + (seen ? 1 : book.chance(key, 3))}-19`,
    notes: book.textOrNull(sight.invoices === 'FULL', `Thank you for ${key}`),
    internal_notes: book.textOrNull(sight.drafts, `Inside ${key}`),
    subtotal_minor: subtotal,
    tax_minor: tax,
    total_minor: subtotal + tax,
    paid_minor: paid,
    sent_at: `2026-0${month}-05T09:00:00Z`,
    voided_at: status === 'VOID' ? NOW : null,
    ...STAMPS,
  });
  if (paid > 0) writePayments(page, id, { key, paid });
  return writeLines(page, id, { key, subtotal, tax, isShown: sight.invoices === 'FULL' });
}

const idsOf = (page: ProjectPage, id: string) => ({
  id,
  workspace_id: page.workspaceId,
  project_id: page.id,
  client_organisation_id: page.organisationId,
  currency: page.book.one(page.sight.project, 'EUR', ['USD', 'SEK'], page.spec.key),
});

/** In summary an invoice tells its total; what of it is tax stays open, unless a contract's rest gives it away. */
function splitTax({ book, spec, sight }: ProjectPage, key: string, figures: Figures): Figures {
  const isTold = spec.billing === 'FIXED_FEE' && sight.financials !== 'HIDE';
  if (sight.invoices !== 'SUMMARY' || isTold) return figures;
  const moved = book.chance(`tax of ${key}`, 900);
  return { ...figures, subtotal: figures.subtotal - moved, tax: figures.tax + moved };
}

interface Parts {
  key: string;
  subtotal: number;
  tax: number;
  isShown: boolean;
}

/** The first line is made of time. Where lines are hidden there may be more of them. */
function writeLines({ book, spec, workspaceId, task }: ProjectPage, invoiceId: string, parts: Parts): string {
  const { key, subtotal, tax, isShown } = parts;
  const amounts = isShown || book.side === 'A' ? [subtotal - 5000, 5000] : [subtotal - 6000, 2500, 3500];
  const ids = amounts.map((amount, position) => {
    const id = book.id('InvoiceLine', `${key}/${position}`);
    book.add('invoice_line', {
      id,
      workspace_id: workspaceId,
      invoice_id: invoiceId,
      position,
      description: book.text(isShown, `Work ${position} of ${spec.key}`, `${key}/${position}`),
      from_time: position === 0,
      task_id: position === 0 ? task(book.one(isShown, 't1', ['t1', 'h1'], key)) : null,
      quantity_milli: book.number(isShown, 1000, `quantity of ${key}/${position}`),
      unit_minor: book.number(isShown, 9000, `unit of ${key}/${position}`),
      amount_minor: amount,
      tax_bp: position === 0 ? 2500 : 0,
      tax_minor: position === 0 ? tax : 0,
    });
    return id;
  });
  return ids[0];
}

/** What was paid is told with the invoice; how, when and in how many parts only with the payments. */
function writePayments(page: ProjectPage, invoiceId: string, { key, paid }: { key: string; paid: number }): void {
  const { book, sight } = page;
  const seen = sight.financials === 'FULL' && sight.invoices !== 'HIDE';
  const isWhole = seen || book.side === 'A' || paid < 200;
  for (const [i, amount] of (isWhole ? [paid] : [paid - 100, 100]).entries()) {
    book.add('payment', {
      id: book.id('Payment', `${key}/${i}`),
      workspace_id: page.workspaceId,
      project_id: page.id,
      invoice_id: invoiceId,
      amount_minor: amount,
      method: book.one(seen, 'CARD', ['CASH', 'CHEQUE', 'OTHER'], key),
      masked_instrument: book.textOrNull(seen, '**** 4242', `card ${key}`),
      reference: book.textOrNull(sight.drafts, `Reference ${key}`),
      received_on: seen ? '2026-03-01' : `2026-03-0${1 + book.chance(key, 9)}`,
      recorded_by: page.person(page.spec.client === 'quay' || page.spec.client === 'pier' ? 'otto' : 'ada'),
      ...STAMPS,
    });
  }
}

function writeDraft(page: ProjectPage, name: string): string {
  const { book, spec, sight } = page;
  const key = `${spec.key}/${name}`;
  const id = book.id('Invoice', key);
  const subtotal = book.number(sight.drafts, 30_000, key) + 10_000;
  book.add('invoice', {
    ...idsOf(page, id),
    notes: book.textOrNull(sight.drafts, `Notes of ${key}`),
    internal_notes: book.textOrNull(sight.drafts, `Inside ${key}`),
    subtotal_minor: subtotal,
    total_minor: subtotal,
    ...STAMPS,
  });
  return writeLines(page, id, { key, subtotal, tax: 0, isShown: sight.drafts });
}
