import { registerEnumType } from 'type-graphql';

export enum ProjectStatus {
  PLANNED = 'PLANNED',
  ACTIVE = 'ACTIVE',
  ON_HOLD = 'ON_HOLD',
  COMPLETED = 'COMPLETED',
  ARCHIVED = 'ARCHIVED',
}

registerEnumType(ProjectStatus, {
  name: 'ProjectStatus',
  description: 'Where a project stands: PLANNED → ACTIVE ↔ ON_HOLD → COMPLETED → ARCHIVED; COMPLETED → ACTIVE.',
  valuesConfig: {
    PLANNED: { description: 'Not begun. Clients see it.' },
    ACTIVE: { description: 'At work: the only status in which time is logged.' },
    ON_HOLD: { description: 'Paused. Clients see it.' },
    COMPLETED: { description: 'Done. Clients keep reading.' },
    ARCHIVED: { description: 'Put away: hidden from clients, and from lists unless asked for.' },
  },
});

export enum Billing {
  HOURLY = 'HOURLY',
  FIXED_FEE = 'FIXED_FEE',
  NON_BILLABLE = 'NON_BILLABLE',
}

registerEnumType(Billing, {
  name: 'Billing',
  description: 'How the work of a project is billed.',
  valuesConfig: {
    HOURLY: { description: 'Time by rate.' },
    FIXED_FEE: { description: 'One price, the contract value; time has no amounts.' },
    NON_BILLABLE: { description: 'Not billed.' },
  },
});

export enum BudgetBasis {
  NONE = 'NONE',
  HOURS = 'HOURS',
  FEES = 'FEES',
  COST = 'COST',
}

registerEnumType(BudgetBasis, {
  name: 'BudgetBasis',
  description: 'What a budget is counted in.',
  valuesConfig: {
    NONE: { description: 'No budget.' },
    HOURS: { description: 'Hours, as billed.' },
    FEES: { description: 'Billable amounts.' },
    COST: { description: 'Internal costs: told to those alone who see costs.' },
  },
});

export enum BudgetPeriod {
  TOTAL = 'TOTAL',
  MONTHLY = 'MONTHLY',
}

registerEnumType(BudgetPeriod, {
  name: 'BudgetPeriod',
  description: 'What a budget is for.',
  valuesConfig: {
    TOTAL: { description: 'The whole project.' },
    MONTHLY: { description: 'Each calendar month anew.' },
  },
});

export enum RoundingMode {
  NONE = 'NONE',
  UP = 'UP',
  NEAREST = 'NEAREST',
  DOWN = 'DOWN',
}

registerEnumType(RoundingMode, {
  name: 'RoundingMode',
  description: 'How the time of an entry is rounded, once, when it is logged.',
  valuesConfig: {
    NONE: { description: 'Not at all.' },
    UP: { description: 'Up to the next full step; a full step stays.' },
    NEAREST: { description: 'To the nearest step; half a step goes up.' },
    DOWN: { description: 'Down to the last full step.' },
  },
});
