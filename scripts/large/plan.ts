/** Two client organisations with ten projects each: whoever is a persona holds all projects of one block. */
export const PROJECTS_OF_BLOCK = 20;
export const ORGANISATIONS_OF_BLOCK = 2;
const TEAM_OF_BLOCK = 48;
const ENTRIES_OF_BLOCK = 20_000;
const ENTRIES_PER_INVOICE = 20;
/** Nearly two years. */
const DAYS = 714;

/** How much is made; all of it follows from how many entries each project has. */
export interface LargePlan {
  /** Of each project; their number is a multiple of 20. */
  entries: number[];
  organisations: number;
  /** So many clients, and so many managers. */
  personas: number;
  /** The first blocks, whose projects show clients everything; personas are at home there. */
  openBlocks: number;
  team: number;
  /** On each project, one for each period; the newest is a draft. */
  invoices: number;
  periodDays: number;
}

/** At scale 1: 2,000 projects with 2,000,000 entries. In whole blocks. */
export function planAtScale(scale: number): LargePlan {
  const blocks = Math.max(1, Math.round(100 * scale));
  return planFor(skewed(blocks * PROJECTS_OF_BLOCK, blocks * ENTRIES_OF_BLOCK));
}

export function planFor(entries: number[], { personas = 100 } = {}): LargePlan {
  const blocks = entries.length / PROJECTS_OF_BLOCK;
  if (!Number.isInteger(blocks)) throw new Error(`Projects come by ${PROJECTS_OF_BLOCK}, not ${entries.length}.`);
  const perProject = entries.reduce((sum, some) => sum + some, 0) / entries.length;
  const invoices = Math.min(50, Math.max(1, Math.round(perProject / ENTRIES_PER_INVOICE)));
  return {
    entries,
    organisations: blocks * ORGANISATIONS_OF_BLOCK,
    personas,
    openBlocks: Math.ceil(blocks / 2),
    team: blocks * TEAM_OF_BLOCK,
    invoices,
    periodDays: Math.floor(DAYS / (invoices + 1)),
  };
}

/** Few projects have most of the entries, and each has some: the first one has most of all. */
export function skewed(projects: number, entries: number): number[] {
  const least = Math.floor(entries / projects / 5);
  const weights = Array.from({ length: projects }, (_, rank) => (rank + 1) ** -0.95);
  const share = (entries - least * projects) / weights.reduce((sum, weight) => sum + weight, 0);
  const bySize = weights.map((weight) => least + Math.round(share * weight));
  // Large ones are everywhere: a prime number goes through all places.
  return bySize.map((_, n) => bySize[(n * 7919) % projects]);
}
