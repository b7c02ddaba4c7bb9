import type { Context } from '../../context';
import { refuseInverted } from '../../platform/date-range';
import { notFound } from '../../platform/errors';
import { toMoney, toMoneyOrNull } from '../../platform/money';
import type { Connection } from '../../platform/paging';
import type { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import type { ProjectFinancials } from './financials.types';
import type { Invoice } from './invoice.entity';
import { InvoiceStatus } from './invoice.enums';
import type { ProjectInvoicesArgs } from './invoice.inputs';
import { type Amounts, addUp } from './invoice.logic';
import { loadFinancials, loadInvoicesOf, loadLines } from './invoices.loaders';
import { type InvoiceList, listInvoices } from './invoices.repository';

/** The amounts of an invoice: as it was sent, or those of a draft as its entries stand at this moment. */
export async function amountsOf(context: Context, invoice: Invoice): Promise<Amounts> {
  return invoice.status === InvoiceStatus.DRAFT ? addUp(await loadLines(context, invoice.id)) : invoice;
}

/** The invoices of all projects, or of one that the caller sees. */
export async function listInvoicesOfViewer(context: Context, list: InvoiceList): Promise<Connection<Invoice>> {
  refuseInverted(list, 'filter.from');
  if (list.projectId != null) {
    const project = await loadProject(context, list.projectId);
    if (!project) throw notFound('filter.projectId');
    context.access.require('invoices', project);
  }
  return listInvoices(context.db, context.access, list);
}

/** The invoices of one project, read with those of its neighbours in a list. */
export async function listInvoicesOfProject(
  context: Context,
  project: Project,
  args: ProjectInvoicesArgs,
): Promise<Connection<Invoice>> {
  refuseInverted(args);
  return loadInvoicesOf(context, project.id, args);
}

/** What was agreed, invoiced and paid: gross, without drafts and void invoices. */
export async function readFinancialsOf(context: Context, project: Project): Promise<ProjectFinancials> {
  const { currency, contractValueMinor } = project;
  const { invoicedMinor, paidMinor } = await loadFinancials(context, project.id);
  return {
    contractValue: toMoneyOrNull(contractValueMinor, currency),
    invoicedTotal: toMoney(invoicedMinor, currency),
    paidTotal: toMoney(paidMinor, currency),
    balance: toMoney(invoicedMinor - paidMinor, currency),
  };
}
