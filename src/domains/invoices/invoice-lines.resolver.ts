import { Ctx, FieldResolver, Float, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Money, toMoney, toMoneyOrNull } from '../../platform/money';
import { type Connection, Page, type PageArgs } from '../../platform/paging';
import { Parent } from '../../platform/parent';
import { DecimalScalar } from '../../platform/scalars';
import { loadTimeEntriesOfLine } from '../time/time.loaders';
import type { TimeEntry } from '../time/time-entry.entity';
import { TimeEntryConnection } from '../time/time-entry.types';
import { decimalOfMilli } from './invoice.logic';
import { InvoiceLine } from './invoice-line.entity';

@Resolver(() => InvoiceLine)
export class InvoiceLinesResolver {
  @FieldResolver(() => DecimalScalar, {
    description: 'How many, with up to three decimals; of a line made from time the hours, rounded to show.',
  })
  quantity(@Parent() line: InvoiceLine): string {
    return decimalOfMilli(line.quantityMilli);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'The price of one; of a line made from time the rate of an hour, null where none was set.',
  })
  unitPrice(@Parent() line: InvoiceLine): Money | null {
    return toMoneyOrNull(line.unitMinor, line.currency);
  }

  @FieldResolver(() => Money, {
    description: 'Without tax. Of a line made from time the sum of its entries, each rounded for itself.',
  })
  amount(@Parent() line: InvoiceLine): Money {
    return toMoney(line.amountMinor, line.currency);
  }

  @FieldResolver(() => Float, { description: 'Its tax rate in percent, with at most two decimals.' })
  taxPercent(@Parent() line: InvoiceLine): number {
    return line.taxBp / 100;
  }

  @FieldResolver(() => TimeEntryConnection, {
    nullable: true,
    description: 'The entries it was made from, first to last; none on a void invoice. For those who bill.',
  })
  timeEntries(
    @Parent() line: InvoiceLine,
    @Page() page: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<TimeEntry>> {
    return loadTimeEntriesOfLine(context, line.id, page);
  }

  @FieldResolver(() => Money, { description: 'The tax on its amount, rounded half up.' })
  tax(@Parent() line: InvoiceLine): Money {
    return toMoney(line.taxMinor, line.currency);
  }
}
