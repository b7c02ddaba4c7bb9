import type { VisibilitySettings } from '../../../src/access/visibility';
import { type ClientKey, flags, type Grants, MASKED_TEAM, OPEN_TEAM } from '../personas';

/** A project of the two worlds. All of them are worked on alike; what differs is who may see what of it. */
export interface ProjectSpec {
  key: string;
  client: ClientKey;
  grants: Grants;
  settings: VisibilitySettings;
  preset: keyof typeof PRESETS;
  status?: 'PLANNED' | 'ON_HOLD' | 'COMPLETED' | 'ARCHIVED';
  billing?: 'FIXED_FEE' | 'NON_BILLABLE';
  budget?: 'HOURS' | 'FEES';
  costBudget?: 'TOTAL' | 'MONTHLY';
  monthly?: true;
  /** Stands in one of the worlds alone, for whoever may not see it. */
  only?: 'A' | 'B';
}

const KEYS = [
  'hours',
  'timeEntries',
  'timeRelease',
  'financials',
  'billRates',
  'invoices',
  'tasks',
  'people',
] as const satisfies (keyof VisibilitySettings)[];

const settings = (values: string): VisibilitySettings => {
  const words = values.split(' ');
  return Object.fromEntries(KEYS.map((key, i) => [key, words[i]])) as unknown as VisibilitySettings;
};

// Written out by hand, so that a preset that says otherwise tells itself apart.
const CONSULTANCY = settings('FULL DAILY ALL FULL HIDE HIDE SHOW ALL');
const AGENCY = settings('HIDE HIDE ALL HIDE HIDE FULL HIDE HIDE');
const DELIVERABLES = settings('FULL HIDE ALL HIDE HIDE HIDE SHOW CLIENT_FACING');
const CONSTRUCTION = settings('HIDE HIDE ALL FULL HIDE FULL HIDE CLIENT_FACING');
const FREELANCE = settings('FULL DETAILED ALL SUMMARY SHOW FULL SHOW ALL');

const PRESETS = { CONSULTANCY, AGENCY, DELIVERABLES, CONSTRUCTION, FREELANCE };
const CLOSED = settings('HIDE HIDE INVOICED HIDE HIDE HIDE HIDE HIDE');

type Facts = Omit<ProjectSpec, 'key' | 'client' | 'settings' | 'grants'> & {
  settings: VisibilitySettings;
  grants?: Grants;
};

const acme = (key: string, facts: Facts): ProjectSpec => ({
  key,
  client: 'acme',
  grants: facts.settings.people === 'ALL' ? OPEN_TEAM : MASKED_TEAM,
  ...facts,
});

export const PROJECTS: readonly ProjectSpec[] = [
  acme('consultancy', { preset: 'CONSULTANCY', settings: CONSULTANCY, costBudget: 'TOTAL' }),
  acme('agency', { preset: 'AGENCY', settings: AGENCY, budget: 'HOURS' }),
  acme('deliverables', { preset: 'DELIVERABLES', settings: DELIVERABLES, billing: 'FIXED_FEE', budget: 'FEES' }),
  acme('construction', { preset: 'CONSTRUCTION', settings: CONSTRUCTION, billing: 'FIXED_FEE', budget: 'FEES' }),
  acme('freelance', { preset: 'FREELANCE', settings: FREELANCE, budget: 'HOURS' }),
  acme('released', {
    preset: 'FREELANCE',
    settings: settings('FULL DETAILED INVOICED FULL HIDE SUMMARY SHOW HIDE'),
  }),
  acme('billable', {
    preset: 'CONSULTANCY',
    settings: settings('BILLABLE DETAILED ALL HIDE HIDE HIDE SHOW CLIENT_FACING'),
    costBudget: 'TOTAL',
  }),
  acme('summary', {
    preset: 'CONSULTANCY',
    settings: settings('FULL DAILY ALL SUMMARY HIDE SUMMARY SHOW ALL'),
    budget: 'FEES',
    monthly: true,
    costBudget: 'MONTHLY',
  }),
  acme('amounts', { preset: 'CONSTRUCTION', settings: settings('HIDE HIDE ALL FULL SHOW HIDE SHOW HIDE') }),
  acme('daily', { preset: 'CONSULTANCY', settings: settings('BILLABLE DAILY INVOICED FULL SHOW FULL SHOW ALL') }),
  acme('closed', { preset: 'AGENCY', settings: CLOSED, status: 'ON_HOLD', budget: 'FEES' }),
  acme('idle', {
    preset: 'FREELANCE',
    settings: FREELANCE,
    status: 'COMPLETED',
    billing: 'NON_BILLABLE',
    grants: { ...OPEN_TEAM, clara: flags(''), vera: flags('trackTime') },
  }),
  acme('archived', { preset: 'FREELANCE', settings: FREELANCE, status: 'ARCHIVED' }),
  acme('unshared', { preset: 'FREELANCE', settings: FREELANCE, grants: { nils: flags('trackTime clientView') } }),
  acme('unsharedA', { preset: 'FREELANCE', settings: FREELANCE, grants: {}, only: 'A' }),
  acme('unsharedB', { preset: 'CONSULTANCY', settings: CONSULTANCY, grants: {}, only: 'B' }),
  {
    key: 'northern',
    client: 'borealis',
    preset: 'FREELANCE',
    settings: FREELANCE,
    budget: 'FEES',
    grants: { eve: flags('clientView'), wim: flags('trackTime clientView'), nora: flags('trackTime clientView') },
  },
  {
    key: 'polar',
    client: 'borealis',
    preset: 'CONSULTANCY',
    settings: CONSULTANCY,
    grants: { eve: flags('clientView'), max: flags('trackTime clientView managesProject') },
  },
  {
    key: 'cumulus',
    client: 'cirrus',
    preset: 'CONSULTANCY',
    settings: CONSULTANCY,
    grants: { cleo: flags('clientView'), hanna: flags('trackTime clientView managesProject') },
  },
  {
    key: 'nimbus',
    client: 'cirrus',
    preset: 'FREELANCE',
    settings: FREELANCE,
    status: 'PLANNED',
    only: 'B',
    grants: { cleo: flags('clientView') },
  },
  { key: 'golden', client: 'dorado', preset: 'FREELANCE', settings: FREELANCE, only: 'B', grants: {} },
  {
    key: 'harbour',
    client: 'quay',
    preset: 'FREELANCE',
    settings: FREELANCE,
    grants: { carlAtQuay: flags('clientView'), hilda: flags('trackTime clientView') },
  },
  { key: 'jetty', client: 'pier', preset: 'CONSULTANCY', settings: CONSULTANCY, grants: { paul: flags('clientView') } },
];

/** What a project says otherwise than its preset. */
export function overridesOf({ preset, settings }: ProjectSpec): Partial<VisibilitySettings> {
  return Object.fromEntries(Object.entries(settings).filter(([key, value]) => value !== PRESETS[preset][key as never]));
}

export const projectSpec = (key: string): ProjectSpec => PROJECTS.find((project) => project.key === key)!;

/** Tasks that every project has. */
export interface TaskSpec {
  key: 't1' | 't2' | 't3' | 'h1' | 'h2' | 'h3';
  title: string;
  status: 'OPEN' | 'IN_PROGRESS' | 'DONE';
  clientVisible: boolean;
  /** Stands in one of the worlds alone, for whoever may not see it. */
  only?: 'B';
}
export const TASKS: readonly TaskSpec[] = [
  { key: 't1', title: 'Interface', status: 'OPEN', clientVisible: true },
  { key: 't2', title: 'Migration', status: 'DONE', clientVisible: true },
  { key: 't3', title: 'Review', status: 'IN_PROGRESS', clientVisible: true },
  { key: 'h1', title: 'Refactoring', status: 'OPEN', clientVisible: false },
  { key: 'h2', title: 'Escalation', status: 'DONE', clientVisible: false },
  { key: 'h3', title: 'Retrospective', status: 'OPEN', clientVisible: false, only: 'B' },
];
export type TaskKey = TaskSpec['key'];

/** Work that every project has seen. `who` stands for somebody of its team, or is a client who tracks time. */
export interface WorkSpec {
  key: string;
  day: string;
  task: TaskKey | null;
  who: 'first' | 'second' | 'third' | 'tess' | 'vera';
  seconds: number;
  billable: boolean;
  state: 'NONE' | 'DRAFT' | 'ISSUED';
}

const work = (line: string): WorkSpec => {
  const [key, day, task, who, minutes, billable, state] = line.split(' ');
  return {
    key,
    day: `2026-${day}`,
    task: task === '-' ? null : (task as TaskKey),
    who: who as WorkSpec['who'],
    seconds: Number(minutes) * 60,
    billable: billable === 'yes',
    state: state as WorkSpec['state'],
  };
};

export const WORK: readonly WorkSpec[] = [
  'w01 02-02 t1 first 120 yes ISSUED',
  'w02 02-02 t1 second 60 yes ISSUED',
  'w03 02-02 h1 first 90 yes ISSUED',
  'w04 02-02 h2 third 30 yes ISSUED',
  'w05 02-02 - tess 60 yes ISSUED',
  'w06 02-03 t2 first 60 no NONE',
  'w07 02-03 t1 second 90 yes DRAFT',
  'w08 02-03 h1 second 45 no NONE',
  'w09 02-10 t3 first 150 yes NONE',
  'w10 02-10 h2 third 60 yes NONE',
  'w11 02-10 h1 first 30 yes DRAFT',
  'w12 02-10 t1 tess 60 yes NONE',
  'w13 02-10 t1 vera 30 yes NONE',
  'w14 03-02 t1 first 120 yes NONE',
  'w15 03-02 - second 15 no NONE',
  'w16 03-03 t2 third 75 yes ISSUED',
  'w17 03-05 t1 second 40 yes NONE',
].map(work);
