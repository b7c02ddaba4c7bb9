import type { Context } from '../../context';
import { type Clock, today } from '../../platform/clock';
import type { Tx } from '../../platform/database';
import { badInput } from '../../platform/errors';
import { newId } from '../../platform/ids';
import { expectVersion } from '../../platform/versioned';
import { OTHER_WORK } from './draft-invoice';
import { Invoice } from './invoice.entity';
import { InvoiceStatus } from './invoice.enums';
import type { SendInvoiceInput } from './invoice.inputs';
import { addUp, daysLater, invoiceNumber, refuseUnlessDraft } from './invoice.logic';
import { emitSent } from './invoice-events';
import { InvoiceLine } from './invoice-line.entity';
import { lineOn, timeLine } from './invoice-lines.logic';
import {
  deleteEmptyTimeLines,
  findMisplacedWork,
  freezeLines,
  issueWork,
  moveWorkToItsLines,
  nextInvoiceNumber,
} from './invoice-work.repository';
import { loadInvoice } from './invoices.loaders';
import { lockInvoice, readLines } from './invoices.repository';

/**
 * Issues a draft: reads its entries again, locks them, gives it its dates and the next number of the client
 * organisation. From here on it does not change but for its status and payments.
 */
export async function sendInvoice(
  context: Context,
  { invoiceId, expectedVersion }: SendInvoiceInput,
): Promise<Invoice> {
  await context.db.transaction(async (tx) => {
    const draft = await lockInvoice(tx, invoiceId);
    refuseUnlessDraft(draft, InvoiceStatus.SENT);
    expectVersion(draft.version, expectedVersion);
    await issueWork(tx, draft);
    await sortWork(tx, draft);
    const lines = await readLines(tx, [invoiceId]);
    refuseWithoutContent(lines);
    await freezeLines(tx, lines);
    const dates = datesOf(draft, context.clock);
    const running = await nextInvoiceNumber(tx, draft.clientOrganisationId);
    const now = context.clock.now();
    await tx.update(
      Invoice,
      { id: invoiceId },
      {
        status: InvoiceStatus.SENT,
        number: invoiceNumber(dates.issueDate, running),
        ...dates,
        ...addUp(lines),
        sentAt: now,
        version: draft.version + 1,
        updatedAt: now,
      },
    );
    await emitSent(tx, context, draft, lines);
  });
  return (await loadInvoice(context, invoiceId))!;
}

/** Entries whose task or rate changed since the draft go to the lines they belong on now. */
async function sortWork(tx: Tx, draft: Invoice): Promise<void> {
  const misplaced = await findMisplacedWork(tx, draft.id);
  const last = await readLines(tx, [draft.id]);
  const position = Math.max(0, ...last.map((line) => line.position));
  const added = misplaced.map(({ taskId, title, unitMinor, taxBp }, i) => ({
    id: newId('InvoiceLine'),
    ...lineOn(draft, position + i + 1),
    ...timeLine({ taskId, unitMinor, taxBp, description: title ?? OTHER_WORK }),
  }));
  await tx.insert(InvoiceLine, added);
  await moveWorkToItsLines(tx, draft.id);
  await deleteEmptyTimeLines(tx, draft.id);
}

function refuseWithoutContent(lines: InvoiceLine[]): void {
  if (lines.length === 0) throw badInput('invoiceId', 'There is nothing on this draft: add a line before you send it.');
  if (addUp(lines).totalMinor < 0n) throw badInput('invoiceId', 'An invoice cannot ask for less than nothing.');
}

function datesOf(draft: Invoice, clock: Clock): { issueDate: string; dueDate: string } {
  const issueDate = draft.issueDate ?? today(clock, draft.timezone);
  const dueDate = draft.dueDate ?? daysLater(issueDate, draft.dueInDays);
  if (dueDate < issueDate) throw badInput('dueDate', 'The due date is over: set another before you send the draft.');
  return { issueDate, dueDate };
}
