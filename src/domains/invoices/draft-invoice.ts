import type { Context } from '../../context';
import type { Tx } from '../../platform/database';
import { refuseInverted } from '../../platform/date-range';
import { badInput } from '../../platform/errors';
import { newId } from '../../platform/ids';
import { cleanOptionalText } from '../../platform/text';
import { Billing } from '../projects/project.enums';
import { Invoice } from './invoice.entity';
import { InvoiceStatus } from './invoice.enums';
import type { DraftInvoiceInput } from './invoice.inputs';
import { basisPointsOf } from './invoice.logic';
import { emitDraft } from './invoice-events';
import { InvoiceLine } from './invoice-line.entity';
import { contractLines, type LineContent, lineOn, newLine, refuseTooManyLines, timeLine } from './invoice-lines.logic';
import {
  attachWork,
  type BilledProject,
  findUninvoicedWork,
  lockToBill,
  sumOfLines,
  type WorkRange,
} from './invoice-work.repository';
import { loadInvoice } from './invoices.loaders';

/** Work without a task, or on a task that the client does not see. */
export const OTHER_WORK = 'Other work';

/**
 * Begins an invoice. An hourly project brings its billable work that is on no invoice yet, one line for each task and
 * rate; a fixed fee brings what is left of the contract. Nobody but those who bill sees any number change (L-12).
 */
export async function draftInvoice(context: Context, input: DraftInvoiceInput): Promise<Invoice> {
  const { projectId, from = null, to = null } = input;
  const range = { projectId, from, to };
  refuseInverted(range);
  const id = await context.db.transaction(async (tx) => {
    const project = await lockToBill(tx, projectId);
    const draft = newDraft(project, input, context.clock.now());
    const lines = [...(await linesOfProject(tx, { project, range, input })), ...linesByHand(project, input)];
    await tx.insert(Invoice, draft);
    await tx.insert(
      InvoiceLine,
      lines.map((line, i) => ({ id: newId('InvoiceLine'), ...lineOn(draft, i + 1), ...line })),
    );
    if (project.billing === Billing.HOURLY) await attachWork(tx, draft.id, range);
    await emitDraft(tx, context, draft);
    return draft.id;
  });
  return (await loadInvoice(context, id))!;
}

function newDraft(project: BilledProject, input: DraftInvoiceInput, now: Date) {
  const { workspaceId, clientOrganisationId, currency } = project;
  return {
    id: newId('Invoice'),
    workspaceId,
    projectId: project.id,
    clientOrganisationId,
    number: null,
    status: InvoiceStatus.DRAFT,
    issueDate: null,
    dueDate: null,
    dueInDays: paymentTerm(input.dueInDays),
    currency,
    notes: noteText('notes', input.notes) ?? null,
    internalNotes: noteText('internalNotes', input.internalNotes) ?? null,
    subtotalMinor: 0n,
    taxMinor: 0n,
    totalMinor: 0n,
    paidMinor: 0n,
    sentAt: null,
    voidedAt: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

interface Drafting {
  project: BilledProject;
  range: WorkRange;
  input: DraftInvoiceInput;
}

async function linesOfProject(tx: Tx, { project, range, input }: Drafting): Promise<LineContent[]> {
  const taxBp = basisPointsOf(input.taxPercent, 'taxPercent');
  if (project.billing === Billing.FIXED_FEE) {
    const leftMinor = project.contractValueMinor! - (await sumOfLines(tx, project.id));
    return contractLines({ name: project.name, leftMinor, taxBp });
  }
  if (project.billing === Billing.NON_BILLABLE) return [];
  const work = await findUninvoicedWork(tx, range);
  return work.map(({ taskId, title, unitMinor }) =>
    timeLine({ taskId, unitMinor, taxBp, description: title ?? OTHER_WORK }),
  );
}

function linesByHand({ currency }: BilledProject, { lines, taxPercent }: DraftInvoiceInput): LineContent[] {
  const given = lines ?? [];
  refuseTooManyLines({ present: 0, given: given.length, field: 'lines' });
  const taxBp = basisPointsOf(taxPercent, 'taxPercent');
  return given.map((line, i) => newLine(line, { currency, at: `lines.${i}`, taxBp }));
}

export function paymentTerm(days: number): number {
  if (days >= 0 && days <= 365) return days;
  throw badInput('dueInDays', 'There are 0 to 365 days to pay.');
}

export const noteText = (field: string, value: string | null | undefined): string | null | undefined =>
  cleanOptionalText(value, { field, max: 5000 });
