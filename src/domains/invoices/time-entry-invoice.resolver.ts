import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Parent } from '../../platform/parent';
import { TimeEntry } from '../time/time-entry.entity';
import { Invoice } from './invoice.entity';
import { loadInvoiceOfLine } from './invoices.loaders';

@Resolver(() => TimeEntry)
export class TimeEntryInvoiceResolver {
  @FieldResolver(() => Invoice, {
    nullable: true,
    description: 'The invoice it stands on; null for none that you see, and so for a draft unless you bill.',
  })
  async invoice(@Parent() { invoiceLineId }: TimeEntry, @Ctx() context: Context): Promise<Invoice | null> {
    return invoiceLineId === null ? null : loadInvoiceOfLine(context, invoiceLineId);
  }
}
