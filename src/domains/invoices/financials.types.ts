import { Field, ObjectType } from 'type-graphql';
import { Money } from '../../platform/money';

@ObjectType({ simpleResolvers: true, description: 'What was agreed, invoiced and paid on a project (F-114).' })
export class ProjectFinancials {
  @Field(() => Money, { nullable: true, description: 'What was agreed for the whole, net; null where nothing was.' })
  contractValue: Money | null;

  @Field(() => Money, { description: 'What was invoiced, with tax. Drafts and void invoices do not count.' })
  invoicedTotal: Money;

  @Field(() => Money, { description: 'What was paid of it.' })
  paidTotal: Money;

  @Field(() => Money, { description: 'What is open: invoiced, and not paid.' })
  balance: Money;
}
