import { type Block, edge, type Line, line } from './expected-columns';
import { admin, bills, costs, inside, manager, member, rates, view } from './expected-lines';

/** What was agreed is no cost that was spent: no setting closes it. */
const costBudget = line('- ---+ --+ +++ --', 'internalCosts');

/** Projects and what they add up to. */
const project: Block[] = [
  {
    thing: 'Project',
    type: 'Project',
    rows: member,
    fields: [
      ['id name code status clientOrganisation workspace startDate endDate description billing', member],
      ['currency', view()],
      ['myAccess totals rateCard', member],
      ['internalDescription', inside],
      ['visibility roundingPolicy version members', manager],
      ['activity lastActivityAt', view()],
      ['people', view('people:CLIENT_FACING')],
      ['budget', { ...view('hours:FULL'), tells: budgetTells }],
      ['costBudget', costBudget],
      ['tasks', line('- ++++ +++ +++ +-', 'tasks:SHOW', { team: 'clientView' })],
      ['timeEntries', line('- -+++ +++ +++ +-', 'clientView timeEntries:DETAILED', { ownOf: 'Tt' })],
      ['timeByDay', view('timeEntries:DAILY')],
      ['myTotals', line('- -+-- +++ +++ +-', 'trackTime')],
      ['invoices', bills('invoices:SUMMARY')],
      ['financials', view('financials:SUMMARY')],
    ],
  },
  {
    thing: 'Project with a budget of fees',
    type: 'Project',
    rows: member,
    fields: [['budget', { ...view('financials:SUMMARY'), tells: budgetTells }]],
  },
  {
    thing: 'Project without a budget',
    type: 'Project',
    rows: member,
    fields: [
      ['budget', { ...view('hours:FULL financials:SUMMARY'), tells: budgetTells, kind: 'nothing' }],
      ['costBudget', { ...costBudget, kind: 'nothing' }],
    ],
  },
];

/** Spent this month is a dated cost, which would tell a client one person's rate (decision 009). */
const ofThisMonth = line('- ---- --+ -++ --', 'role:ADMIN', { team: 'internalCosts' });
const costBudgets: Block[] = [
  {
    thing: 'CostBudget',
    type: 'CostBudget',
    under: { thing: 'Project', path: 'costBudget' },
    rows: costBudget,
    fields: [
      ['period total', costBudget],
      ['used remaining usedPercent', costs],
    ],
  },
  {
    thing: 'CostBudget by the month',
    type: 'CostBudget',
    under: { thing: 'Project with a budget of fees', path: 'costBudget' },
    rows: costBudget,
    fields: [
      ['period total', costBudget],
      ['used remaining usedPercent', ofThisMonth],
    ],
  },
];

/** Whether there is a budget, and of which basis, is not told either: both are missing where one might be. */
function budgetTells(has: (what: string) => boolean): string[] {
  return has('clientView') ? ['hours:FULL', 'financials:SUMMARY'].filter((what) => !has(what)) : ['clientView'];
}

const inTotals = 'clientView hours:FULL';
const byTask = line('- --++ +++ +++ --', `${inTotals} tasks:SHOW`);
const byPerson = line('- --++ +++ +++ --', `${inTotals} timeEntries:DETAILED people:CLIENT_FACING`);
const split: [string, Line][] = [
  ['totalTime billableTime nonBillableTime', line('- --++ +++ +++ --')],
  ['billableAmount uninvoicedAmount', rates('financials:FULL')],
  ['cost', admin],
];

const totals: Block[] = [
  {
    thing: 'ProjectTotals',
    type: 'ProjectTotals',
    under: { thing: 'Project', path: 'totals' },
    rows: member,
    fields: [
      ['totalTime nonBillableTime', view('hours:FULL')],
      ['billableTime', view('hours:BILLABLE')],
      ['rawTime', manager],
      ['billableAmount uninvoicedAmount', view('financials:SUMMARY')],
      ['internalCost margin marginPercent', costs],
      ['byTask', byTask],
      ['byPerson', byPerson],
      ['byDay', view('timeEntries:DAILY')],
    ],
  },
  {
    thing: 'ProjectTotals of some days',
    type: 'ProjectTotals',
    under: { thing: 'Project', path: 'totals(from:"2026-02-01",to:"2026-03-31")' },
    rows: member,
    fields: [
      ['internalCost margin marginPercent', line('- ---- --+ -++ --', 'role:ADMIN', { team: 'internalCosts' })],
      ['totalTime', view('hours:FULL')],
    ],
  },
  {
    thing: 'TaskTotals',
    type: 'TaskTotals',
    under: { thing: 'Project', path: 'totals byTask' },
    rows: byTask,
    fields: [['task', edge('- --++ +++ +++ --')], ...split],
  },
  {
    thing: 'PersonTotals',
    type: 'PersonTotals',
    under: { thing: 'Project', path: 'totals byPerson' },
    rows: byPerson,
    fields: [['person', edge('- --++ +++ +++ --')], ...split],
  },
  {
    thing: 'DayTotals',
    type: 'DayTotals',
    under: { thing: 'Project', path: 'totals byDay' },
    rows: view('timeEntries:DAILY'),
    fields: [
      ['date', view()],
      ['totalTime nonBillableTime', view('hours:FULL')],
      ['billableTime', view('hours:BILLABLE')],
      ['billableAmount uninvoicedAmount', view('financials:SUMMARY')],
      ['cost', admin],
    ],
  },
  {
    thing: 'TimeByDay',
    type: 'TimeByDay',
    under: { thing: 'Project', path: 'timeByDay' },
    rows: view('timeEntries:DAILY'),
    fields: [
      ['date', view()],
      ['task', edge('- --++ +++ +++ --', 'tasks:SHOW')],
      ['billableTime', view('hours:BILLABLE')],
      ['totalTime', view('hours:FULL')],
    ],
  },
  {
    thing: 'RateCard',
    type: 'RateCard',
    under: { thing: 'Project', path: 'rateCard' },
    rows: member,
    fields: [
      ['billRate', rates('billRates:SHOW')],
      ['costRate', admin],
    ],
  },
];

export const PROJECTS: Block[] = [...project, ...costBudgets, ...totals];
