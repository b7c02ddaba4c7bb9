import type { VisibilityPreset } from '../../../src/access/visibility';
import type { CastName } from '../../../src/demo/cast';
import type { Project } from '../../../src/domains/projects/project.entity';
import { BudgetBasis } from '../../../src/domains/projects/project.enums';
import { aProject } from '../../support/builders';
import { anInvoice } from '../../support/invoice-builders';
import { TestServer } from '../../support/server';
import { aRate, aTask, aTimeEntry } from '../../support/time-builders';

/** A project of one preset with work, budgets and invoices on it, as its client looks at it. */
export interface Portal {
  server: TestServer;
  project: Project;
}

export async function openPortal(preset: keyof typeof VisibilityPreset): Promise<Portal> {
  const server = await TestServer.start();
  const project = await aProject(server, {
    preset,
    name: 'Website relaunch',
    code: 'ACME-1',
    startDate: '2026-01-01',
    endDate: '2026-06-30',
    description: 'A new website',
    internalDescription: 'Pays late',
    budgetBasis: BudgetBasis.HOURS,
    budgetSeconds: 36_000n,
    costBudgetMinor: 100_000n,
    contractValueMinor: 900_000n,
  });
  await aRate(server, { project, perHour: 10_000 });
  await aRate(server, { project, person: 'wim', kind: 'COST', perHour: 4000 });
  const design = await aTask(server, project, {
    title: 'Design',
    assignee: 'cora',
    internalNotes: 'Reuse the old one',
  });
  await aTask(server, project, { title: 'Build', assignee: 'wim', status: 'DONE' as never });
  await aTask(server, project, { title: 'Write off', clientVisible: false });
  const work = { billRate: 10_000, costRate: 4000, task: design };
  await aTimeEntry(server, project, { ...work, seconds: 7200, date: '2026-02-10', description: 'Sketches' });
  await aTimeEntry(server, project, {
    ...work,
    person: 'cora',
    seconds: 3600,
    date: '2026-03-10',
    description: 'Review',
  });
  await aTimeEntry(server, project, {
    ...work,
    billable: false,
    seconds: 1800,
    date: '2026-03-11',
    description: 'Meeting',
  });
  await anInvoice(server, project, { net: [50_000n], paid: [20_000n], number: 'ACME-0001', notes: 'Thank you' });
  await anInvoice(server, project, { net: [10_000n], paid: [10_000n], number: 'ACME-0002' });
  await anInvoice(server, project, { as: 'DRAFT', net: [7000n] });
  return { server, project };
}

/** What one asks of the project, by the name of the person who asks. */
export async function look<T = any>({ server, project }: Portal, who: CastName, selection: string): Promise<T> {
  return (await server.data(who, `query ($id: ID!) { project(id: $id) { ${selection} } }`, { id: project.id })).project;
}

/** The fields that are withheld from the person, each with what it requires: `budget: internalCosts`. */
export async function withheld({ server, project }: Portal, who: CastName, selection: string): Promise<string[]> {
  const answer = await server.ask(who, `query ($id: ID!) { project(id: $id) { ${selection} } }`, { id: project.id });
  expect(answer.errors).toBeUndefined();
  return (answer.extensions?.withheld ?? []).map(
    ({ path, requires }) => `${path.slice(1).join('.')}: ${requires.join(' ')}`,
  );
}

/** Every part of a project that some client sees under some preset. */
export const EVERYTHING = `name code status startDate endDate description clientOrganisation { name } internalDescription
  totals { totalTime { hours } billableTime { hours } nonBillableTime { hours } billableAmount { amount }
    uninvoicedAmount { amount } internalCost { amount } margin { amount } }
  budget { basis usedPercent } costBudget { usedPercent } financials { contractValue { amount } balance { amount } }
  tasks { nodes { title internalNotes assignee { displayName } } } people { nodes { displayName email } }
  timeEntries { nodes { description billRate { amount } costRate { amount } person { displayName } } }
  timeByDay { date totalTime { hours } } invoices { nodes { number } } members { totalCount } rateCard { billRate { amount } costRate { amount } }`;

/** The settings in force, as the client is told beforehand. */
export async function sections(portal: Portal, who: CastName = 'clara'): Promise<Record<string, string>> {
  const { myAccess } = await look(portal, who, 'myAccess { sections { key value } }');
  return Object.fromEntries(myAccess.sections.map(({ key, value }: { key: string; value: string }) => [key, value]));
}
