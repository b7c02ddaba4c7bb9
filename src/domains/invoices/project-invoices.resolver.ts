import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { type Connection, Page } from '../../platform/paging';
import { Parent } from '../../platform/parent';
import { Project } from '../projects/project.entity';
import { ProjectFinancials } from './financials.types';
import type { Invoice } from './invoice.entity';
import { ProjectInvoicesArgs } from './invoice.inputs';
import { InvoiceConnection } from './invoices.resolver';
import { listInvoicesOfProject, readFinancialsOf } from './invoices.service';

@Resolver(() => Project)
export class ProjectInvoicesResolver {
  @FieldResolver(() => InvoiceConnection, {
    nullable: true,
    description: 'The invoices of the project: drafts first, then the newest (F-111).',
  })
  invoices(
    @Parent() project: Project,
    @Page(() => ProjectInvoicesArgs) args: ProjectInvoicesArgs,
    @Ctx() context: Context,
  ): Promise<Connection<Invoice>> {
    return listInvoicesOfProject(context, project, args);
  }

  @FieldResolver(() => ProjectFinancials, {
    nullable: true,
    description: 'What was agreed, invoiced and paid, with tax; drafts and void invoices do not count (F-114).',
  })
  financials(@Parent() project: Project, @Ctx() context: Context): Promise<ProjectFinancials> {
    return readFinancialsOf(context, project);
  }
}
