import type { Context } from '../../context';
import type { Tx } from '../../platform/database';
import { badInput } from '../../platform/errors';
import { newId } from '../../platform/ids';
import { expectVersion } from '../../platform/versioned';
import { noteText, paymentTerm } from './draft-invoice';
import { Invoice } from './invoice.entity';
import { InvoiceStatus } from './invoice.enums';
import type { UpdateInvoiceInput } from './invoice.inputs';
import { basisPointsOf, refuseUnlessDraft, taxOn } from './invoice.logic';
import { emitDraft } from './invoice-events';
import { InvoiceLine } from './invoice-line.entity';
import { changedLine, lineNamed, lineOn, newLine, refuseTooManyLines } from './invoice-lines.logic';
import { deleteLines, releaseWork, writeTaxes } from './invoice-work.repository';
import { loadInvoice } from './invoices.loaders';
import { lockInvoice, readLines } from './invoices.repository';

/** Edits a draft: what is written on it, and its lines. */
export async function updateInvoice(context: Context, input: UpdateInvoiceInput): Promise<Invoice> {
  const { invoiceId: id } = input;
  await context.db.transaction(async (tx) => {
    const draft = await lockInvoice(tx, id);
    refuseUnlessDraft(draft, InvoiceStatus.DRAFT);
    expectVersion(draft.version, input.expectedVersion);
    const stamps = { version: draft.version + 1, updatedAt: context.clock.now() };
    await tx.update(Invoice, { id }, { ...changedDraft(draft, input), ...stamps });
    await changeLines(tx, draft, input);
    await emitDraft(tx, context, draft);
  });
  return (await loadInvoice(context, id))!;
}

function changedDraft(draft: Invoice, input: UpdateInvoiceInput): Partial<Invoice> {
  const { issueDate = draft.issueDate, dueDate = draft.dueDate, dueInDays } = input;
  if (issueDate !== null && dueDate !== null && dueDate < issueDate) {
    throw badInput('dueDate', 'An invoice is due on its date or later.');
  }
  const notes = noteText('notes', input.notes);
  const internalNotes = noteText('internalNotes', input.internalNotes);
  return {
    issueDate,
    dueDate,
    dueInDays: dueInDays == null ? draft.dueInDays : paymentTerm(dueInDays),
    notes: notes === undefined ? draft.notes : notes,
    internalNotes: internalNotes === undefined ? draft.internalNotes : internalNotes,
  };
}

/** Takes lines off first, so that what is changed and added then stands among those that stay. */
async function changeLines(tx: Tx, draft: Invoice, input: UpdateInvoiceInput): Promise<void> {
  const present = await readLines(tx, [draft.id]);
  const given = input.removeLineIds ?? [];
  refuseTooManyLines({ present: 0, given: given.length, field: 'removeLineIds' });
  const removed = given.map((id, i) => lineNamed(present, id, `removeLineIds.${i}`).id);
  await releaseWork(tx, removed);
  await deleteLines(tx, removed);
  const staying = present.filter((line) => !removed.includes(line.id));
  await rewriteLines(tx, staying, input);
  await addLines(tx, { draft, staying, input });
}

async function rewriteLines(
  tx: Tx,
  lines: InvoiceLine[],
  { updateLines, taxPercent }: UpdateInvoiceInput,
): Promise<void> {
  const changes = updateLines ?? [];
  refuseTooManyLines({ present: 0, given: changes.length, field: 'updateLines' });
  if (taxPercent != null) {
    const taxBp = basisPointsOf(taxPercent, 'taxPercent');
    for (const line of lines) Object.assign(line, { taxBp, taxMinor: taxOn(line.amountMinor, taxBp) });
    await writeTaxes(tx, lines);
  }
  for (const [i, change] of changes.entries()) await writeLine(tx, lines, { change, at: `updateLines.${i}` });
}

async function writeLine(
  tx: Tx,
  lines: InvoiceLine[],
  { change, at }: { change: NonNullable<UpdateInvoiceInput['updateLines']>[number]; at: string },
): Promise<void> {
  const line = lineNamed(lines, change.lineId, `${at}.lineId`);
  const content = changedLine(line, change, at);
  Object.assign(line, content);
  await tx.update(InvoiceLine, { id: line.id }, content);
}

async function addLines(
  tx: Tx,
  { draft, staying, input }: { draft: Invoice; staying: InvoiceLine[]; input: UpdateInvoiceInput },
): Promise<void> {
  const given = input.addLines ?? [];
  refuseTooManyLines({ present: staying.length, given: given.length, field: 'addLines' });
  const taxBp = input.taxPercent == null ? 0 : basisPointsOf(input.taxPercent, 'taxPercent');
  const last = Math.max(0, ...staying.map((line) => line.position));
  const added = given.map((line, i) => ({
    id: newId('InvoiceLine'),
    ...lineOn(draft, last + i + 1),
    ...newLine(line, { currency: draft.currency, at: `addLines.${i}`, taxBp }),
  }));
  await tx.insert(InvoiceLine, added);
}
