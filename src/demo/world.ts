import { VisibilityPreset } from '../access/visibility';
import { Billing, BudgetBasis, BudgetPeriod, ProjectStatus, RoundingMode } from '../domains/projects/project.enums';
import type { CastName, ClientName } from './cast';

/** The demo's projects: one for each preset, so that a newcomer sees what the settings do. */
export interface DemoProject {
  key: string;
  name: string;
  code: string;
  client: ClientName;
  status: ProjectStatus;
  preset: VisibilityPreset;
  description: string;
  internalDescription: string;
  billing: Billing;
  contractValue?: number;
  budget?: { basis: BudgetBasis.HOURS | BudgetBasis.FEES; hours?: number; amount?: number; period: BudgetPeriod };
  /** For the whole project, in its currency. */
  costBudget?: number;
  rounding?: { mode: RoundingMode; minutes: number };
  /** In the project's currency, an hour. */
  billRate?: number;
  /** How many days before today it began; and ended, for those that are over. */
  began: number;
  ended?: number;
  /** Who works on it, and how many hours they log on a day that they do. */
  workers: Partial<Record<CastName, number>>;
  tasks: DemoTask[];
}

export interface DemoTask {
  title: string;
  status: 'OPEN' | 'IN_PROGRESS' | 'DONE' | 'CANCELLED';
  assignee?: CastName;
  estimateHours?: number;
  /** Hidden from the client, like everything the team would rather sort out first. */
  internal?: true;
  billable?: false;
  dueInDays?: number;
}

/** What an hour of each costs Fjord Studio: told to owners and admins alone. */
export const COST_RATES: Partial<Record<CastName, number>> = { max: 74, wim: 52, cora: 61, ada: 66 };

export const PROJECTS: DemoProject[] = [
  {
    key: 'website',
    name: 'Website relaunch',
    code: 'ACME-WEB',
    client: 'acme',
    status: ProjectStatus.ACTIVE,
    preset: VisibilityPreset.CONSULTANCY,
    description: 'A new website with shop, in four languages.',
    internalDescription: 'Their CTO wants the old CMS kept alive until spring. Do not offer it for free.',
    billing: Billing.HOURLY,
    budget: { basis: BudgetBasis.HOURS, hours: 900, period: BudgetPeriod.TOTAL },
    costBudget: 60_000,
    rounding: { mode: RoundingMode.UP, minutes: 15 },
    billRate: 120,
    began: 110,
    workers: { wim: 5, cora: 4, max: 1.5 },
    tasks: [
      { title: 'Information architecture', status: 'DONE', assignee: 'cora', estimateHours: 60 },
      { title: 'Design system', status: 'DONE', assignee: 'cora', estimateHours: 120 },
      { title: 'Shop checkout', status: 'IN_PROGRESS', assignee: 'wim', estimateHours: 180, dueInDays: 12 },
      { title: 'Translations', status: 'OPEN', assignee: 'tess', estimateHours: 40, dueInDays: 30 },
      { title: 'Accessibility review', status: 'OPEN', assignee: 'wim', estimateHours: 24, dueInDays: 40 },
      { title: 'Rescue of the old CMS', status: 'IN_PROGRESS', assignee: 'wim', internal: true, billable: false },
    ],
  },
  {
    key: 'campaign',
    name: 'Brand campaign',
    code: 'ACME-BRAND',
    client: 'acme',
    status: ProjectStatus.ACTIVE,
    preset: VisibilityPreset.AGENCY,
    description: 'Autumn campaign, print and film.',
    internalDescription: 'Fixed fee; keep below 160 hours.',
    billing: Billing.FIXED_FEE,
    contractValue: 24_000,
    costBudget: 11_000,
    began: 70,
    workers: { cora: 3 },
    tasks: [
      { title: 'Concept', status: 'DONE', assignee: 'cora' },
      { title: 'Film shoot', status: 'IN_PROGRESS', assignee: 'cora', dueInDays: 9 },
    ],
  },
  {
    key: 'report',
    name: 'Annual report',
    code: 'ACME-REPORT',
    client: 'acme',
    status: ProjectStatus.COMPLETED,
    preset: VisibilityPreset.DELIVERABLES,
    description: 'Concept, layout and print supervision.',
    internalDescription: 'Printer was changed at our cost.',
    billing: Billing.HOURLY,
    billRate: 105,
    began: 115,
    ended: 35,
    workers: { cora: 2.5, wim: 1 },
    tasks: [
      { title: 'Layout', status: 'DONE', assignee: 'cora' },
      { title: 'Proofreading', status: 'DONE', assignee: 'wim' },
    ],
  },
  {
    key: 'store',
    name: 'Flagship store fit-out',
    code: 'ACME-STORE',
    client: 'acme',
    status: ProjectStatus.ACTIVE,
    preset: VisibilityPreset.CONSTRUCTION,
    description: 'Interior of the store in Bergen.',
    internalDescription: 'Joiner is three weeks late; client does not know yet.',
    billing: Billing.FIXED_FEE,
    contractValue: 180_000,
    costBudget: 96_000,
    began: 95,
    workers: { max: 2, wim: 2 },
    tasks: [
      { title: 'Survey and drawings', status: 'DONE', assignee: 'max' },
      { title: 'Joinery', status: 'IN_PROGRESS', assignee: 'wim', dueInDays: 21 },
    ],
  },
  {
    key: 'support',
    name: 'App support',
    code: 'ACME-SUP',
    client: 'acme',
    status: ProjectStatus.ACTIVE,
    preset: VisibilityPreset.FREELANCE,
    description: 'Bug fixes and small features, month by month.',
    internalDescription: 'Renewal talks in the new year.',
    billing: Billing.HOURLY,
    budget: { basis: BudgetBasis.FEES, amount: 4_500, period: BudgetPeriod.MONTHLY },
    rounding: { mode: RoundingMode.NEAREST, minutes: 30 },
    billRate: 95,
    began: 115,
    workers: { wim: 1.7 },
    tasks: [
      { title: 'Bug fixes', status: 'IN_PROGRESS', assignee: 'wim' },
      { title: 'Release management', status: 'OPEN', assignee: 'wim' },
    ],
  },
  {
    key: 'platform',
    name: 'Data platform',
    code: 'BOR-DATA',
    client: 'borealis',
    status: ProjectStatus.ACTIVE,
    preset: VisibilityPreset.CONSULTANCY,
    description: 'One place for all measurements.',
    internalDescription: 'Competes with Acme: never mention one to the other.',
    billing: Billing.HOURLY,
    budget: { basis: BudgetBasis.FEES, amount: 60_000, period: BudgetPeriod.TOTAL },
    billRate: 135,
    began: 80,
    workers: { ada: 3 },
    tasks: [
      { title: 'Ingestion', status: 'DONE' },
      { title: 'Dashboards', status: 'IN_PROGRESS', dueInDays: 18 },
    ],
  },
];

/** What people write beside their hours. */
export const DESCRIPTIONS = [
  'Review with the client',
  'Implementation',
  'Pairing',
  'Corrections after review',
  'Preparation of the workshop',
  'Testing on devices',
  'Documentation',
];

export interface DemoInvoice {
  project: string;
  sentDaysAgo: number;
  /** Bills the open hours up to that day. */
  untilDaysAgo?: number;
  /** Of a fixed fee: how much of it is billed, before tax. */
  instalment?: { description: string; amount: string };
  /** What came in of the total, in percent; nothing without. */
  paidPercent?: number;
  /** Not sent: for the team alone. */
  draft?: true;
}

/** Oldest first, as they were numbered. */
export const INVOICES: DemoInvoice[] = [
  {
    project: 'store',
    sentDaysAgo: 80,
    instalment: { description: 'First instalment: survey and drawings', amount: '45000.00' },
    paidPercent: 100,
  },
  { project: 'support', sentDaysAgo: 62, untilDaysAgo: 64, paidPercent: 100 },
  { project: 'website', sentDaysAgo: 45, untilDaysAgo: 50, paidPercent: 100 },
  { project: 'campaign', sentDaysAgo: 40, instalment: { description: 'Concept', amount: '12000.00' }, paidPercent: 50 },
  { project: 'support', sentDaysAgo: 31, untilDaysAgo: 33 },
  { project: 'report', sentDaysAgo: 30, untilDaysAgo: 31, paidPercent: 100 },
  { project: 'store', sentDaysAgo: 6, instalment: { description: 'Second instalment: joinery', amount: '60000.00' } },
  { project: 'website', sentDaysAgo: 1, untilDaysAgo: 10, draft: true },
];

/** What the story of the pages and docs is told of; Ivan is invited to it. */
export const STORY = PROJECTS[0];
