import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { draftInvoice } from './draft-invoice';
import {
  DeleteInvoiceInput,
  DraftInvoiceInput,
  SendInvoiceInput,
  UpdateInvoiceInput,
  VoidInvoiceInput,
} from './invoice.inputs';
import {
  DeleteInvoicePayload,
  DraftInvoicePayload,
  SendInvoicePayload,
  UpdateInvoicePayload,
  VoidInvoicePayload,
} from './invoice-payloads.types';
import { sendInvoice } from './send-invoice';
import { updateInvoice } from './update-invoice';
import { deleteInvoice, voidInvoice } from './withdraw-invoice';

@Resolver()
export class InvoiceChangesResolver {
  @Mutation(() => DraftInvoicePayload, {
    description: 'Begins an invoice from billable work that is on none yet; a fixed fee from what the contract leaves.',
  })
  async draftInvoice(
    @Arg('input', () => DraftInvoiceInput, { description: 'Of which work, and its terms.' }) input: DraftInvoiceInput,
    @Ctx() context: Context,
  ): Promise<DraftInvoicePayload> {
    return { invoice: await draftInvoice(context, input) };
  }

  @Mutation(() => UpdateInvoicePayload, { description: 'Edits a draft: dates, notes, tax and lines.' })
  async updateInvoice(
    @Arg('input', () => UpdateInvoiceInput, { description: 'Which, and what changes.' }) input: UpdateInvoiceInput,
    @Ctx() context: Context,
  ): Promise<UpdateInvoicePayload> {
    return { invoice: await updateInvoice(context, input) };
  }

  @Mutation(() => SendInvoicePayload, {
    description:
      'Issues a draft: reads its entries again and locks them, gives it number and dates. It stays as it is.',
  })
  async sendInvoice(
    @Arg('input', () => SendInvoiceInput, { description: 'Which draft.' }) input: SendInvoiceInput,
    @Ctx() context: Context,
  ): Promise<SendInvoicePayload> {
    return { invoice: await sendInvoice(context, input) };
  }

  @Mutation(() => DeleteInvoicePayload, { description: 'Throws a draft away: its work is on no invoice again.' })
  async deleteInvoice(
    @Arg('input', () => DeleteInvoiceInput, { description: 'Which draft.' }) input: DeleteInvoiceInput,
    @Ctx() context: Context,
  ): Promise<DeleteInvoicePayload> {
    return { deletedInvoiceId: await deleteInvoice(context, input) };
  }

  @Mutation(() => VoidInvoicePayload, {
    description: 'Withdraws an invoice of which nothing is paid: its work is on no invoice again, its number stays.',
  })
  async voidInvoice(
    @Arg('input', () => VoidInvoiceInput, { description: 'Which invoice.' }) input: VoidInvoiceInput,
    @Ctx() context: Context,
  ): Promise<VoidInvoicePayload> {
    return { invoice: await voidInvoice(context, input) };
  }
}
