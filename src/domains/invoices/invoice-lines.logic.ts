import { badInput, notFound, PorticoError } from '../../platform/errors';
import { minorOf } from '../../platform/money';
import { cleanText } from '../../platform/text';
import type { Invoice } from './invoice.entity';
import type { InvoiceLineChangeInput, NewInvoiceLineInput } from './invoice.inputs';
import { basisPointsOf, milliOf, priceOf, taxOn } from './invoice.logic';
import type { InvoiceLine } from './invoice-line.entity';

/** What is written of a line. Which invoice it stands on, and where, is added to it. */
export type LineContent = Pick<
  InvoiceLine,
  'description' | 'fromTime' | 'taskId' | 'unitMinor' | 'quantityMilli' | 'amountMinor' | 'taxBp' | 'taxMinor'
>;

const MAX_LINES_AT_ONCE = 100;
const MAX_LINES = 500;
/** Sums of lines stay far within 64 bits. */
const LARGEST_AMOUNT = 10n ** 15n;

export function refuseTooManyLines(counts: { present: number; given: number; field: string }): void {
  const { present, given, field } = counts;
  if (given > MAX_LINES_AT_ONCE) {
    throw badInput(field, `At most ${MAX_LINES_AT_ONCE} at once.`, { max: MAX_LINES_AT_ONCE, actual: given });
  }
  if (present + given <= MAX_LINES) return;
  throw new PorticoError('LIMIT_EXCEEDED', `An invoice has at most ${MAX_LINES} lines.`, { limit: MAX_LINES });
}

/** A line written by hand. `at` is its path in the input; `taxBp` what it is taxed unless it says otherwise. */
export function newLine(
  input: NewInvoiceLineInput,
  { currency, at, taxBp }: { currency: string; at: string; taxBp: number },
): LineContent {
  return freeLine(
    {
      description: cleanText(input.description, { field: `${at}.description`, max: 500 }),
      quantityMilli: milliOf(input.quantity, `${at}.quantity`),
      unitMinor: minorOf(input.unitPrice, currency, `${at}.unitPrice`),
      taxBp: input.taxPercent == null ? taxBp : basisPointsOf(input.taxPercent, `${at}.taxPercent`),
    },
    at,
  );
}

/** A line that will be filled with the time of one task at one rate: its amounts are those of its entries. */
export const timeLine = (work: Pick<LineContent, 'description' | 'taskId' | 'unitMinor' | 'taxBp'>): LineContent => ({
  ...work,
  fromTime: true,
  quantityMilli: 0n,
  amountMinor: 0n,
  taxMinor: 0n,
});

/** What a contract still leaves to be invoiced, as one line; none when nothing is left. */
export function contractLines({
  name,
  leftMinor,
  taxBp,
}: {
  name: string;
  leftMinor: bigint;
  taxBp: number;
}): LineContent[] {
  if (leftMinor <= 0n) return [];
  return [freeLine({ description: name, quantityMilli: 1000n, unitMinor: leftMinor, taxBp }, 'projectId')];
}

/** A line after a change. Quantity and price of a line made from time are those of its entries and stay so. */
export function changedLine(line: InvoiceLine, change: InvoiceLineChangeInput, at: string): LineContent {
  const description =
    change.description == null
      ? line.description
      : cleanText(change.description, { field: `${at}.description`, max: 500 });
  const taxBp = change.taxPercent == null ? line.taxBp : basisPointsOf(change.taxPercent, `${at}.taxPercent`);
  if (line.fromTime) {
    refuseOfTime(change, at);
    return timeLine({ description, taskId: line.taskId, unitMinor: line.unitMinor, taxBp });
  }
  const quantityMilli = change.quantity == null ? line.quantityMilli : milliOf(change.quantity, `${at}.quantity`);
  const unitMinor =
    change.unitPrice == null ? line.unitMinor! : minorOf(change.unitPrice, line.currency, `${at}.unitPrice`);
  return freeLine({ description, quantityMilli, unitMinor, taxBp }, at);
}

/** The line of this invoice that the input names. */
export function lineNamed(lines: readonly InvoiceLine[], id: string, field: string): InvoiceLine {
  const line = lines.find((one) => one.id === id);
  if (!line) throw notFound(field);
  return line;
}

export const lineOn = ({ id, workspaceId }: Pick<Invoice, 'id' | 'workspaceId'>, position: number) => ({
  workspaceId,
  invoiceId: id,
  position,
});

function freeLine(
  line: { description: string; quantityMilli: bigint; unitMinor: bigint; taxBp: number },
  at: string,
): LineContent {
  const amountMinor = priceOf(line.quantityMilli, line.unitMinor);
  if (amountMinor > LARGEST_AMOUNT || amountMinor < -LARGEST_AMOUNT) {
    throw badInput(`${at}.unitPrice`, 'The amount of this line is too large.');
  }
  return { ...line, fromTime: false, taskId: null, amountMinor, taxMinor: taxOn(amountMinor, line.taxBp) };
}

function refuseOfTime(change: InvoiceLineChangeInput, at: string): void {
  for (const key of ['quantity', 'unitPrice'] as const) {
    if (change[key] != null) throw badInput(`${at}.${key}`, 'This line is made from time: edit its entries or rates.');
  }
}
