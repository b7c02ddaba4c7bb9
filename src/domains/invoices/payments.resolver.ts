import { Arg, Ctx, FieldResolver, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Money, toMoney } from '../../platform/money';
import { Parent } from '../../platform/parent';
import { Invoice } from './invoice.entity';
import { RecordPaymentPayload, VoidPaymentPayload } from './invoice-payloads.types';
import { loadInvoice } from './invoices.loaders';
import { Payment } from './payment.entity';
import { RecordPaymentInput, VoidPaymentInput } from './payment.inputs';
import { recordPayment, voidPayment } from './payments.service';

@Resolver(() => Payment)
export class PaymentsResolver {
  @FieldResolver(() => Money, { nullable: true, description: 'How much.' })
  amount(@Parent() payment: Payment): Money {
    return toMoney(payment.amountMinor, payment.currency);
  }

  @FieldResolver(() => Invoice, { nullable: true, description: 'For which invoice.' })
  invoice(@Parent() payment: Payment, @Ctx() context: Context): Promise<Invoice | null> {
    return loadInvoice(context, payment.invoiceId);
  }

  @Mutation(() => RecordPaymentPayload, { description: 'Records money received for an issued invoice.' })
  recordPayment(
    @Arg('input', () => RecordPaymentInput, { description: 'For which invoice, and how much.' })
    input: RecordPaymentInput,
    @Ctx() context: Context,
  ): Promise<RecordPaymentPayload> {
    return recordPayment(context, input);
  }

  @Mutation(() => VoidPaymentPayload, { description: 'Withdraws a payment that was recorded by mistake.' })
  voidPayment(
    @Arg('input', () => VoidPaymentInput, { description: 'Which payment.' }) input: VoidPaymentInput,
    @Ctx() context: Context,
  ): Promise<VoidPaymentPayload> {
    return voidPayment(context, input);
  }
}
