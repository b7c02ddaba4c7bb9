import { Field, ID, ObjectType } from 'type-graphql';
import { Invoice } from './invoice.entity';
import { Payment } from './payment.entity';

@ObjectType({ simpleResolvers: true, description: 'What `draftInvoice` made.' })
export class DraftInvoicePayload {
  @Field({ description: 'The draft. Without work and lines it is empty.' })
  invoice: Invoice;
}

@ObjectType({ simpleResolvers: true, description: 'What `updateInvoice` changed.' })
export class UpdateInvoicePayload {
  @Field({ description: 'The draft.' })
  invoice: Invoice;
}

@ObjectType({ simpleResolvers: true, description: 'What `sendInvoice` issued.' })
export class SendInvoicePayload {
  @Field({ description: 'The invoice, with its number.' })
  invoice: Invoice;
}

@ObjectType({ simpleResolvers: true, description: 'What `deleteInvoice` threw away.' })
export class DeleteInvoicePayload {
  @Field(() => ID, { description: 'The id that the draft had.' })
  deletedInvoiceId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `voidInvoice` withdrew.' })
export class VoidInvoicePayload {
  @Field({ description: 'The invoice, VOID.' })
  invoice: Invoice;
}

@ObjectType({ simpleResolvers: true, description: 'What `recordPayment` recorded.' })
export class RecordPaymentPayload {
  @Field({ description: 'The payment.' })
  payment: Payment;

  @Field({ description: 'The invoice, with its new status and balance.' })
  invoice: Invoice;
}

@ObjectType({ simpleResolvers: true, description: 'What `voidPayment` withdrew.' })
export class VoidPaymentPayload {
  @Field({ description: 'The payment, CANCELLED.' })
  payment: Payment;

  @Field({ description: 'The invoice, with its new status and balance.' })
  invoice: Invoice;
}
