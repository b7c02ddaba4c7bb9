import { Field, ID, InputType } from 'type-graphql';
import { CalendarDateScalar, CurrencyCodeScalar, DecimalScalar } from '../../platform/scalars';
import { PaymentMethod } from './invoice.enums';

@InputType({ description: 'Money received for an invoice.' })
export class RecordPaymentInput {
  @Field(() => ID, { description: 'For which invoice.' })
  invoiceId: string;

  @Field(() => DecimalScalar, {
    description:
      'How much, in the invoice’s currency: more than zero, and `AMOUNT_EXCEEDS_BALANCE` beyond what is open.',
  })
  amount: string;

  @Field(() => CurrencyCodeScalar, {
    nullable: true,
    description: 'The currency that was meant: `CURRENCY_MISMATCH` if the invoice has another.',
  })
  currencyCode?: string | null;

  @Field(() => PaymentMethod, { description: 'How it came.' })
  method: PaymentMethod;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'The day it was received; today unless told.' })
  receivedOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'From which card or account, masked, up to 40 characters: `•••• 4242`. The client reads it.',
  })
  maskedInstrument?: string | null;

  @Field(() => String, { nullable: true, description: 'What finds it in the books, up to 200 characters.' })
  reference?: string | null;
}

@InputType({ description: 'The payment to withdraw.' })
export class VoidPaymentInput {
  @Field(() => ID, { description: 'Which payment.' })
  paymentId: string;
}
