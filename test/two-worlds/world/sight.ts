import type { PermissionFlags } from '../../../src/access/permissions';
import { CLIENT_WORKSPACE, type MemberKey, memberOf, type Persona } from '../personas';
import { PROJECTS, type ProjectSpec, type TaskSpec } from './specs';

/**
 * What one pair of eyes may see of one project: the matrix written down a second time, by hand. The code under test
 * has no part in it, so that the two can disagree.
 */
export interface Sight {
  project: boolean;
  /** Who they are in the workspace of the project, if anybody. */
  me: MemberKey | null;
  team: boolean;
  manages: boolean;
  /** Own time entries are theirs to read. */
  tracks: boolean;
  /** Of everything that is meant for the client: needs client view. */
  view: boolean;
  hours: 'FULL' | 'BILLABLE' | 'HIDE';
  entries: 'DETAILED' | 'DAILY' | 'HIDE';
  /** Hours count before they are invoiced. */
  unreleased: boolean;
  financials: 'FULL' | 'SUMMARY' | 'HIDE';
  /** Amounts by task, person and entry. */
  amountsInDetail: boolean;
  rates: boolean;
  invoices: 'FULL' | 'SUMMARY' | 'HIDE';
  drafts: boolean;
  people: 'ALL' | 'CLIENT_FACING' | 'HIDE';
  costs: 'NONE' | 'LIFE' | 'DATED';
  /** What was agreed to cost; what of it is used is a cost. */
  costBudget: boolean;
}

const NOTHING: Sight = {
  project: false,
  me: null,
  team: false,
  manages: false,
  tracks: false,
  view: false,
  hours: 'HIDE',
  entries: 'HIDE',
  unreleased: false,
  financials: 'HIDE',
  amountsInDetail: false,
  rates: false,
  invoices: 'HIDE',
  drafts: false,
  people: 'HIDE',
  costs: 'NONE',
  costBudget: false,
};

export function sightOf(persona: Persona, spec: ProjectSpec): Sight {
  const me = persona.members.find((key) => memberOf(key).workspace === CLIENT_WORKSPACE[spec.client]) ?? null;
  const held = me && spec.grants[me];
  if (!me || !held || memberOf(me).status) return { ...NOTHING, me };
  if (memberOf(me).type !== 'CLIENT') return ofTeam(me, held);
  return spec.status === 'ARCHIVED' ? { ...NOTHING, me } : ofClient({ me, held, spec });
}

function ofTeam(me: MemberKey, held: PermissionFlags): Sight {
  const manages = held.managesProject;
  return {
    project: true,
    me,
    team: true,
    manages,
    tracks: held.trackTime,
    view: held.clientView,
    hours: 'FULL',
    entries: 'DETAILED',
    unreleased: true,
    financials: 'FULL',
    amountsInDetail: manages,
    rates: manages,
    invoices: manages ? 'FULL' : 'HIDE',
    drafts: manages,
    people: 'ALL',
    costs: held.internalCosts ? 'DATED' : 'NONE',
    costBudget: held.internalCosts,
  };
}

function ofClient({ me, held, spec }: { me: MemberKey; held: PermissionFlags; spec: ProjectSpec }): Sight {
  const mine = { ...NOTHING, project: true, me, tracks: held.trackTime };
  if (!held.clientView) return mine;
  const { hours, timeEntries, timeRelease, financials, billRates, invoices, people } = spec.settings;
  return {
    ...mine,
    view: true,
    hours,
    entries: hours === 'HIDE' ? 'HIDE' : timeEntries,
    unreleased: timeRelease === 'ALL',
    financials,
    amountsInDetail: financials === 'FULL',
    rates: billRates === 'SHOW',
    invoices,
    people,
    costs: held.internalCosts && financials !== 'HIDE' ? 'LIFE' : 'NONE',
    costBudget: held.internalCosts,
  };
}

export function seesTask(sight: Sight, spec: ProjectSpec, task: TaskSpec): boolean {
  if (!sight.project) return false;
  if (sight.team) return true;
  if (!task.clientVisible || spec.settings.tasks === 'HIDE') return false;
  if (sight.view || (sight.me !== null && sight.me === assigneeOf(spec, task))) return true;
  return sight.tracks && task.status !== 'DONE' && spec.status === undefined;
}

/** The review is a client's to do: at Acme that is Bo, who sees nothing else. */
export function assigneeOf(spec: ProjectSpec, task: TaskSpec): MemberKey | null {
  if (task.key !== 't3') return teamOf(spec)[task.key === 't2' ? 1 : 0];
  const clients = (Object.keys(spec.grants) as MemberKey[]).filter((key) => memberOf(key).type === 'CLIENT');
  return clients.includes('bo') ? 'bo' : (clients[0] ?? null);
}

/** The three who work on a project; where people are masked, two of them are such as the client may not know. */
export function teamOf(spec: ProjectSpec): [MemberKey, MemberKey, MemberKey] {
  const team = (Object.keys(spec.grants) as MemberKey[]).filter((key) => memberOf(key).type !== 'CLIENT');
  if (team.includes('nils') && team.includes('cora')) return ['nils', 'cora', 'nora'];
  const somebody = CLIENT_WORKSPACE[spec.client] === 'fjord' ? 'hanna' : 'otto';
  const [first = somebody, second = first, third = second] = team;
  return [first, second, third];
}

/** Whether an edge or the list of people of this project shows somebody. */
export function shownOn(sight: Sight, key: MemberKey): boolean {
  if (key === sight.me) return true;
  if (!sight.project || !sight.view) return false;
  if (sight.team) return true;
  const { type, client, clientFacing } = memberOf(key);
  if (sight.people === 'HIDE') return false;
  if (type === 'CLIENT') return client === memberOf(sight.me!).client;
  return sight.people === 'ALL' || clientFacing === true;
}

/** Grants that no longer give anything, on the projects that show the most. Who manages those sees whose they were. */
export const LOST_GRANTS: { on: string[]; of: MemberKey[] } = {
  on: ['consultancy', 'freelance', 'released'],
  of: ['rolf', 'xena', 'dana'],
};

/** Whether they may know somebody at all: from any project that they share. */
export function seesPerson(persona: Persona, key: MemberKey): boolean {
  if (persona.members.includes(key)) return true;
  return PROJECTS.some((spec) => {
    const sight = sightOf(persona, spec);
    if (sight.manages && (key === 'ada' || (LOST_GRANTS.on.includes(spec.key) && LOST_GRANTS.of.includes(key))))
      return true;
    if (!sight.project || !spec.grants[key]) return false;
    return !(spec.status === 'ARCHIVED' && memberOf(key).type === 'CLIENT') && shownOn(sight, key);
  });
}
