import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { loadersOf } from './mercurius-loaders.mjs';
import { permits, VIEWER } from './permits.mjs';
import { pool } from './pool.mjs';

const schema = `
  scalar Date
  scalar Decimal
  type Query { projects(first: Int): ProjectConnection! project(id: ID!): Project invoices(first: Int): InvoiceConnection! }
  type ProjectConnection { nodes: [Project!]! }
  type Project {
    id: ID! name: String! code: String status: String! startDate: Date endDate: Date
    clientOrganisation: ClientOrganisation
    totals(from: Date, to: Date): ProjectTotals!
    tasks(first: Int): TaskConnection
    people(first: Int): PersonConnection
    timeEntries(first: Int): TimeEntryConnection
  }
  type ClientOrganisation { id: ID! name: String! }
  type ProjectTotals {
    totalTime: Duration billableTime: Duration billableAmount: Money uninvoicedAmount: Money internalCost: Money
    byPerson: [PersonTotals!]
  }
  type PersonTotals { person: Person totalTime: Duration }
  type TaskConnection { nodes: [Task!]! }
  type Task { id: ID! title: String! status: String! assignee: Person trackedTime: Duration }
  type PersonConnection { nodes: [Person!]! }
  type Person { id: ID! displayName: String! title: String side: String! }
  type TimeEntryConnection { nodes: [TimeEntry!]! }
  type TimeEntry {
    id: ID! date: Date! description: String! billable: Boolean! time: Duration! billRate: Money
    billableAmount: Money invoiced: Boolean task: Task person: Person
  }
  type InvoiceConnection { nodes: [Invoice!]! }
  type Invoice {
    id: ID! number: String status: String! issueDate: Date dueDate: Date total: Money! balance: Money!
    project: Project clientOrganisation: ClientOrganisation
  }
  type Duration { seconds: Int! hours: Float! }
  type Money { amount: Decimal! currencyCode: String! }
`;

const duration = (seconds) => ({
  seconds: Number(seconds),
  hours: Math.floor((Number(seconds) * 100) / 3600 + 0.5) / 100,
});
const money = (minor, currencyCode) =>
  minor === null ? null : { amount: (Number(minor) / 100).toFixed(2), currencyCode };

const NOTHING = { seconds: 0, billable_seconds: 0, billable: 0, uninvoiced: 0 };

/** By the hour what the entries add up to; a fixed fee belongs to the whole of a project, not to a range of dates. */
function fees({ project, dated }, hourly, fixed) {
  if (project.billing === 'HOURLY') return hourly;
  return project.billing === 'NON_BILLABLE' ? 0 : dated ? null : fixed();
}

const resolvers = {
  Query: {
    projects: (_, { first }, { permits: held }) => ({
      nodes: held
        .filter((project) => project.status !== 'ARCHIVED')
        .sort((a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.id, b.id))
        .slice(0, first),
    }),
    project: (_, { id }, { byId }) => byId.get(id) ?? null,
    invoices: async (_, { first }, { loaders }) => ({ nodes: await loaders.invoices(first) }),
  },
  Project: {
    startDate: (project) => project.start_date,
    endDate: (project) => project.end_date,
    clientOrganisation: (project, _, { loaders }) => loaders.organisation.load(project.client_organisation_id),
    totals: (project, { from = null, to = null }) => ({ project, from, to, dated: from !== null || to !== null }),
    tasks: async (project, { first }, { loaders }) =>
      project.tasks ? { nodes: await loaders.tasks.load({ project, first }) } : null,
    people: async (project, { first }, { loaders }) =>
      project.people_shown === 'HIDE' ? null : { nodes: await loaders.people.load({ project, first }) },
    timeEntries: async (project, { first }, { loaders }) =>
      project.entries ? { nodes: await loaders.entries.load({ project, first }) } : null,
  },
  ProjectTotals: {
    totalTime: async (totals, _, { loaders }) =>
      totals.project.hours ? duration(((await loaders.sums.load(totals)) ?? NOTHING).seconds) : null,
    billableTime: async (totals, _, { loaders }) =>
      totals.project.billable_hours ? duration(((await loaders.sums.load(totals)) ?? NOTHING).billable_seconds) : null,
    billableAmount: async (totals, _, { loaders }) => {
      const { project } = totals;
      if (!project.amounts) return null;
      const { billable } = (await loaders.sums.load(totals)) ?? NOTHING;
      return money(
        fees(totals, billable, () => project.contract_value_minor),
        project.currency,
      );
    },
    uninvoicedAmount: async (totals, _, { loaders }) => {
      const { project } = totals;
      if (!project.amounts) return null;
      const { uninvoiced } = (await loaders.sums.load(totals)) ?? NOTHING;
      const net = project.billing === 'FIXED_FEE' ? ((await loaders.netInvoiced.load(project.id))?.minor ?? 0) : 0;
      return money(
        fees(totals, uninvoiced, () => project.contract_value_minor - net),
        project.currency,
      );
    },
    internalCost: async (totals, _, { loaders }) => {
      const { project, dated } = totals;
      if (!(dated ? project.dated_costs : project.costs)) return null;
      return money((await loaders.costs.load(totals))?.cost ?? 0, project.currency);
    },
    byPerson: ({ project }, _, { loaders }) => (project.hours_of_people ? loaders.hoursOfPeople.load(project) : null),
  },
  PersonTotals: {
    person: (row, _, { loaders }) => (row.person_id ? loaders.person.load(row) : null),
    totalTime: ({ seconds }) => duration(seconds),
  },
  Task: {
    assignee: (task, _, { loaders }) =>
      task.assignee_id ? loaders.person.load({ person_id: task.assignee_id, project_id: task.project_id }) : null,
    trackedTime: async (task, _, { loaders, byId }) =>
      byId.get(task.project_id).hours ? duration((await loaders.taskSeconds.load(task))?.seconds ?? 0) : null,
  },
  Person: {
    displayName: (person) => person.display_name,
    side: (person) => (person.person_type === 'CLIENT' ? 'CLIENT' : 'TEAM'),
  },
  TimeEntry: {
    time: (entry) => duration(entry.billed_seconds),
    billRate: (entry, _, { byId }) => {
      const project = byId.get(entry.project_id);
      return project.bill_rates ? money(entry.bill_rate_minor, project.currency) : null;
    },
    billableAmount: (entry, _, { byId }) => {
      const project = byId.get(entry.project_id);
      return project.entry_amounts ? money(entry.billable_amount_minor, project.currency) : null;
    },
    invoiced: (entry, _, { byId }) => (byId.get(entry.project_id).invoices ? entry.invoice_state === 'ISSUED' : null),
    task: (entry, _, { loaders }) => (entry.task_id ? loaders.task.load(entry.task_id) : null),
    person: (entry, _, { loaders }) => loaders.person.load(entry),
  },
  Invoice: {
    issueDate: (invoice) => invoice.issue_date,
    dueDate: (invoice) => invoice.due_date,
    total: async (invoice, _, { loaders }) => money(await totalOf(invoice, loaders), invoice.currency),
    balance: async (invoice, _, { loaders }) =>
      money((await totalOf(invoice, loaders)) - invoice.paid_minor, invoice.currency),
    project: (invoice, _, { byId }) => byId.get(invoice.project_id),
    clientOrganisation: (invoice, _, { loaders }) => loaders.organisation.load(invoice.client_organisation_id),
  },
};

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** The amounts of a draft follow its entries. */
const totalOf = async (invoice, loaders) =>
  invoice.status === 'DRAFT' ? ((await loaders.draftTotal.load(invoice.id))?.minor ?? 0) : invoice.total_minor;

const PERMITS = `with viewer as (${VIEWER('$1')}) select viewer.user_id as of_user, k.* from viewer left join lateral (${permits()}) k on true`;

async function context({ headers }) {
  const hash = createHash('sha256')
    .update(headers.authorization?.slice('Bearer '.length) ?? '')
    .digest('hex');
  const { rows } = await pool.query({ name: 'permits', text: PERMITS, values: [hash] });
  if (rows.length === 0) throw new mercurius.ErrorWithProps('Sign in first.', { code: 'UNAUTHENTICATED' });
  const held = rows.filter((row) => row.id !== null);
  const loaders = loadersOf(pool, held);
  return { permits: held, byId: new Map(held.map((project) => [project.id, project])), loaders };
}

/**
 * A peer: Fastify, Mercurius and graphql-jit with resolvers written by hand for these four operations, permissions read
 * once for each request, dataloaders, prepared statements, and totals from the same rollups.
 */
const app = Fastify();
app.register(mercurius, { schema, resolvers, jit: 1, context, path: '/graphql' });
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
