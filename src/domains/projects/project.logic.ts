import { badInput } from '../../platform/errors';
import { minorOf } from '../../platform/money';
import { cleanOptionalText, cleanText } from '../../platform/text';
import { expectTransition, type Life } from '../../platform/transitions';
import type { Project } from './project.entity';
import { Billing, ProjectStatus, RoundingMode } from './project.enums';
import type { ProjectFacts } from './project-changes.inputs';

const LIFE: Life<ProjectStatus> = {
  [ProjectStatus.PLANNED]: [ProjectStatus.ACTIVE],
  [ProjectStatus.ACTIVE]: [ProjectStatus.ON_HOLD, ProjectStatus.COMPLETED],
  [ProjectStatus.ON_HOLD]: [ProjectStatus.ACTIVE, ProjectStatus.COMPLETED],
  [ProjectStatus.COMPLETED]: [ProjectStatus.ACTIVE, ProjectStatus.ARCHIVED],
  [ProjectStatus.ARCHIVED]: [],
};

/** Refuses what the life of a project does not have. */
export const decideStatus = (from: ProjectStatus, to: ProjectStatus): void => expectTransition(LIFE, from, to);

/** The columns that people write, each as it is kept. */
type ProjectColumns = Pick<
  Project,
  | 'name'
  | 'code'
  | 'startDate'
  | 'endDate'
  | 'description'
  | 'internalDescription'
  | 'billing'
  | 'contractValueMinor'
  | 'roundingMode'
  | 'roundingMinutes'
>;

/**
 * A project after what was given is written over it: what is not given stays, null clears. Refuses what cannot be.
 * `present` of a new project holds what it starts with.
 */
export function changedProject(present: ProjectColumns & { currency: string }, facts: ProjectFacts): ProjectColumns {
  const { contractValue, roundingPolicy } = facts;
  const changed = {
    name: facts.name == null ? present.name : cleanText(facts.name, { field: 'name', max: 200 }),
    code: or(present.code, cleanOptionalText(facts.code, { field: 'code', max: 40 })),
    startDate: or(present.startDate, facts.startDate),
    endDate: or(present.endDate, facts.endDate),
    description: or(present.description, longText('description', facts.description)),
    internalDescription: or(present.internalDescription, longText('internalDescription', facts.internalDescription)),
    billing: facts.billing ?? present.billing,
    contractValueMinor: or(present.contractValueMinor, contractMinor(contractValue, present.currency)),
    roundingMode: roundingPolicy?.mode ?? present.roundingMode,
    roundingMinutes: roundingPolicy ? roundingMinutes(roundingPolicy.minutes) : present.roundingMinutes,
  };
  refuseImpossible(changed);
  return changed;
}

/** What a new project starts with. Its name is given. */
export const NEW_PROJECT: ProjectColumns = {
  name: '',
  code: null,
  startDate: null,
  endDate: null,
  description: null,
  internalDescription: null,
  billing: Billing.HOURLY,
  contractValueMinor: null,
  roundingMode: RoundingMode.NONE,
  roundingMinutes: 1,
};

function refuseImpossible({ startDate, endDate, billing, contractValueMinor }: ProjectColumns): void {
  if (startDate !== null && endDate !== null && endDate < startDate) {
    throw badInput('endDate', 'A project ends on the day it starts or later.');
  }
  if (billing === Billing.FIXED_FEE && contractValueMinor === null) {
    throw badInput('contractValue', 'A fixed fee is a contract value: say how much.');
  }
}

const or = <T>(present: T, given: T | undefined): T => (given === undefined ? present : given);

const longText = (field: string, value: string | null | undefined) => cleanOptionalText(value, { field, max: 10_000 });

function contractMinor(value: string | null | undefined, currency: string): bigint | null | undefined {
  if (value == null) return value;
  const minor = minorOf(value, currency, 'contractValue');
  if (minor < 0n) throw badInput('contractValue', 'A contract value is zero or more.');
  return minor;
}

const STEPS = [1, 5, 6, 10, 15, 30, 60];

function roundingMinutes(minutes: number): number {
  if (STEPS.includes(minutes)) return minutes;
  throw badInput('roundingPolicy.minutes', `Time is rounded in steps of ${STEPS.join(', ')} minutes.`);
}
