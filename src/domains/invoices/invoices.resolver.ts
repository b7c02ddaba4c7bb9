import { Arg, Ctx, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Money, toMoney } from '../../platform/money';
import { type Connection, connectionOf, Page, type PageArgs } from '../../platform/paging';
import { Parent } from '../../platform/parent';
import { ClientOrganisation } from '../clients/client-organisation.entity';
import { loadOrganisation } from '../clients/clients.loaders';
import { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import { Invoice } from './invoice.entity';
import { InvoiceFilter } from './invoice.inputs';
import { isOverdue } from './invoice.logic';
import { InvoiceLine } from './invoice-line.entity';
import { loadInvoice, loadLines, loadPayments } from './invoices.loaders';
import { amountsOf, listInvoicesOfViewer } from './invoices.service';
import { Payment } from './payment.entity';

export const InvoiceConnection = connectionOf(() => Invoice, 'Invoice');

@Resolver(() => Invoice)
export class InvoicesResolver {
  @Query(() => InvoiceConnection, {
    description: 'The invoices you may see, over all your projects: drafts first, then the newest (F-111, F-112).',
  })
  invoices(
    @Page() page: PageArgs,
    @Arg('filter', () => InvoiceFilter, { nullable: true, description: 'Which ones; all without it.' })
    filter: InvoiceFilter | null,
    @Ctx() context: Context,
  ): Promise<Connection<Invoice>> {
    return listInvoicesOfViewer(context, { ...page, ...filter });
  }

  @Query(() => Invoice, { nullable: true, description: 'An invoice by id; null when there is none that you may see.' })
  invoice(
    @Arg('id', () => ID, { description: 'The invoice’s id.' }) id: string,
    @Ctx() context: Context,
  ): Promise<Invoice | null> {
    return loadInvoice(context, id);
  }

  @FieldResolver(() => Project, { nullable: true, description: 'The project it is for.' })
  project(@Parent() invoice: Invoice, @Ctx() context: Context): Promise<Project | null> {
    return loadProject(context, invoice.projectId);
  }

  @FieldResolver(() => ClientOrganisation, { nullable: true, description: 'Who is billed.' })
  clientOrganisation(@Parent() invoice: Invoice, @Ctx() context: Context): Promise<ClientOrganisation | null> {
    return loadOrganisation(context, invoice.clientOrganisationId);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether something is open after the due date, by the calendar of the workspace (F-112).',
  })
  isOverdue(@Parent() invoice: Invoice, @Ctx() { clock }: Context): boolean {
    return isOverdue(invoice, clock);
  }

  @FieldResolver(() => Money, { description: 'With tax. That of a draft follows its time entries.' })
  async total(@Parent() invoice: Invoice, @Ctx() context: Context): Promise<Money> {
    return toMoney((await amountsOf(context, invoice)).totalMinor, invoice.currency);
  }

  @FieldResolver(() => Money, { description: 'What is open: the total less what was paid.' })
  async balance(@Parent() invoice: Invoice, @Ctx() context: Context): Promise<Money> {
    return toMoney((await amountsOf(context, invoice)).totalMinor - invoice.paidMinor, invoice.currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'Without tax: the sum of its lines.' })
  async subtotal(@Parent() invoice: Invoice, @Ctx() context: Context): Promise<Money> {
    return toMoney((await amountsOf(context, invoice)).subtotalMinor, invoice.currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'Tax, rounded half up on each line and then added up.' })
  async tax(@Parent() invoice: Invoice, @Ctx() context: Context): Promise<Money> {
    return toMoney((await amountsOf(context, invoice)).taxMinor, invoice.currency);
  }

  @FieldResolver(() => [InvoiceLine], {
    nullable: true,
    description: 'What is billed: work by task, then other work, then what was written by hand.',
  })
  lines(@Parent() invoice: Invoice, @Ctx() context: Context): Promise<InvoiceLine[]> {
    return loadLines(context, invoice.id);
  }

  @FieldResolver(() => [Payment], { nullable: true, description: 'What was paid, first to last (F-114).' })
  payments(@Parent() invoice: Invoice, @Ctx() context: Context): Promise<Payment[]> {
    return loadPayments(context, invoice.id);
  }
}
