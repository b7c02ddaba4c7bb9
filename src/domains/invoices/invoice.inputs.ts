import { ArgsType, Field, Float, ID, InputType, Int } from 'type-graphql';
import type { DateRange } from '../../platform/date-range';
import { PageArgs } from '../../platform/paging';
import { CalendarDateScalar, DecimalScalar } from '../../platform/scalars';
import { EXPECTED_VERSION } from '../../platform/versioned';
import { InvoiceStatusFilter } from './invoice.enums';

/** Which invoices of a list. */
export interface InvoiceRange extends DateRange {
  status?: InvoiceStatusFilter | null;
}

@InputType({ description: 'Which invoices. Everything given must fit.' })
export class InvoiceFilter implements InvoiceRange {
  @Field(() => ID, {
    nullable: true,
    description: 'Of this project. `NOT_FOUND` or `FORBIDDEN` where you do not see it, or not its invoices.',
  })
  projectId?: string | null;

  @Field(() => InvoiceStatusFilter, { nullable: true, description: 'By what is open on them; without it, any.' })
  status?: InvoiceStatusFilter | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'Issued on this day or later.' })
  from?: string | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'Issued on this day or earlier.' })
  to?: string | null;
}

@ArgsType()
export class ProjectInvoicesArgs extends PageArgs implements InvoiceRange {
  @Field(() => InvoiceStatusFilter, { nullable: true, description: 'By what is open on them; without it, any.' })
  status?: InvoiceStatusFilter | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'Issued on this day or later.' })
  from?: string | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'Issued on this day or earlier.' })
  to?: string | null;
}

@InputType({ description: 'A line written by hand.' })
export class NewInvoiceLineInput {
  @Field({ description: 'What is billed, 1–500 characters.' })
  description: string;

  @Field(() => DecimalScalar, { defaultValue: '1', description: 'How many: more than zero, up to three decimals.' })
  quantity: string;

  @Field(() => DecimalScalar, { description: 'The price of one, in the invoice’s currency; negative for a credit.' })
  unitPrice: string;

  @Field(() => Float, {
    nullable: true,
    description: 'Tax in percent, 0–100 with up to two decimals; else `taxPercent` of the input, else 0.',
  })
  taxPercent?: number | null;
}

@InputType({ description: 'Changes to a line of a draft: what is left out stays.' })
export class InvoiceLineChangeInput {
  @Field(() => ID, { description: 'Which line of this invoice.' })
  lineId: string;

  @Field(() => String, { nullable: true, description: 'What is billed, 1–500 characters.' })
  description?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'How many. Not of a line made from time.' })
  quantity?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'The price of one. Not of a line made from time.' })
  unitPrice?: string | null;

  @Field(() => Float, { nullable: true, description: 'Tax in percent, 0–100 with up to two decimals.' })
  taxPercent?: number | null;
}

@InputType({ description: 'A new draft, made from billable work that is on no invoice yet.' })
export class DraftInvoiceInput {
  @Field(() => ID, { description: 'Of which project.' })
  projectId: string;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'Work of this day or later.' })
  from?: string | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'Work of this day or earlier.' })
  to?: string | null;

  @Field(() => [NewInvoiceLineInput], { nullable: true, description: 'Lines to stand behind the work, 100 at most.' })
  lines?: NewInvoiceLineInput[] | null;

  @Field(() => Int, { defaultValue: 30, description: 'How many days there are to pay, 0–365.' })
  dueInDays: number;

  @Field(() => Float, { defaultValue: 0, description: 'Tax on each line in percent, 0–100 with up to two decimals.' })
  taxPercent: number;

  @Field(() => String, { nullable: true, description: 'Written on it for the client, up to 5,000 characters.' })
  notes?: string | null;

  @Field(() => String, { nullable: true, description: 'For those who bill, up to 5,000 characters.' })
  internalNotes?: string | null;
}

@InputType({ description: 'Changes to a draft: what is left out stays, null clears.' })
export class UpdateInvoiceInput {
  @Field(() => ID, { description: 'Which draft.' })
  invoiceId: string;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'Its date; null for the day it is sent.' })
  issueDate?: string | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'The last day to pay; null for `dueInDays` later.' })
  dueDate?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many days there are to pay, 0–365.' })
  dueInDays?: number | null;

  @Field(() => Float, { nullable: true, description: 'Tax on each of its lines in percent.' })
  taxPercent?: number | null;

  @Field(() => String, { nullable: true, description: 'Written on it for the client, up to 5,000 characters.' })
  notes?: string | null;

  @Field(() => String, { nullable: true, description: 'For those who bill, up to 5,000 characters.' })
  internalNotes?: string | null;

  @Field(() => [NewInvoiceLineInput], { nullable: true, description: 'Lines to add at the end, 100 at most.' })
  addLines?: NewInvoiceLineInput[] | null;

  @Field(() => [InvoiceLineChangeInput], { nullable: true, description: 'Lines to change, 100 at most.' })
  updateLines?: InvoiceLineChangeInput[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Lines to take off, 100 at most. The work of a line made from time is on no invoice again.',
  })
  removeLineIds?: string[] | null;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'The draft to send.' })
export class SendInvoiceInput {
  @Field(() => ID, { description: 'Which draft.' })
  invoiceId: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'The draft to throw away.' })
export class DeleteInvoiceInput {
  @Field(() => ID, { description: 'Which draft.' })
  invoiceId: string;
}

@InputType({ description: 'The invoice to withdraw.' })
export class VoidInvoiceInput {
  @Field(() => ID, { description: 'Which invoice.' })
  invoiceId: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}
