import { badInput, PorticoError } from '../../platform/errors';
import { minorOf, toMoney } from '../../platform/money';
import { cleanOptionalText } from '../../platform/text';
import { invalidTransition } from '../../platform/transitions';
import type { Invoice } from './invoice.entity';
import { InvoiceStatus } from './invoice.enums';
import { balanceOf, INVOICE_LIFE } from './invoice.logic';
import type { Payment } from './payment.entity';
import type { RecordPaymentInput } from './payment.inputs';

type PaymentFacts = Pick<Payment, 'amountMinor' | 'method' | 'maskedInstrument' | 'reference' | 'receivedOn'>;

/** What is written of a payment, or a refusal. `today` is the workspace's. */
export function decidePayment(invoice: Invoice, input: RecordPaymentInput, today: string): PaymentFacts {
  const { status } = invoice;
  if (status === InvoiceStatus.DRAFT || status === InvoiceStatus.VOID) {
    throw invalidTransition({ from: status, to: InvoiceStatus.PAID, allowed: INVOICE_LIFE[status] });
  }
  const receivedOn = input.receivedOn ?? today;
  if (receivedOn > today) throw badInput('receivedOn', 'A payment is recorded when it has been received.');
  return {
    amountMinor: decideAmount(invoice, input),
    method: input.method,
    maskedInstrument: maskedInstrument(input.maskedInstrument),
    reference: cleanOptionalText(input.reference, { field: 'reference', max: 200 }) ?? null,
    receivedOn,
  };
}

function decideAmount(invoice: Invoice, { amount, currencyCode }: RecordPaymentInput): bigint {
  const { currency } = invoice;
  if (currencyCode != null && currencyCode !== currency) {
    throw new PorticoError('CURRENCY_MISMATCH', `The invoice is in ${currency}.`, { expected: currency });
  }
  const amountMinor = minorOf(amount, currency, 'amount');
  if (amountMinor <= 0n) throw badInput('amount', 'A payment is more than zero.');
  const open = balanceOf(invoice);
  if (amountMinor <= open) return amountMinor;
  throw new PorticoError('AMOUNT_EXCEEDS_BALANCE', 'The payment is larger than what is still open.', {
    field: 'amount',
    balance: toMoney(open, currency).amount,
  });
}

const MOST_DIGITS = 8;

/** The end of a card or account number says which it is; the whole of it does not belong here. */
function maskedInstrument(value: string | null | undefined): string | null {
  const text = cleanOptionalText(value, { field: 'maskedInstrument', max: 40 }) ?? null;
  const digits = text?.match(/\p{Nd}/gu)?.length ?? 0;
  if (digits <= MOST_DIGITS) return text;
  throw badInput('maskedInstrument', `Mask the number: at most ${MOST_DIGITS} of its digits, like "•••• 4242".`);
}
