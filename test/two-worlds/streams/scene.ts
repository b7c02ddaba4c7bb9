import type { IdKind } from '../../../src/platform/ids';
import type { Random } from '../asking/random';
import {
  CLIENT_WORKSPACE,
  MEMBER_KEYS,
  type MemberKey,
  memberOf,
  type Persona,
  userOf,
  type WorkspaceKey,
} from '../personas';
import { type Book, knownId, type Side } from '../world/book';
import { assigneeOf, type Sight, shownOn, sightOf } from '../world/sight';
import { PROJECTS, type ProjectSpec, TASKS, type TaskSpec } from '../world/specs';

export const BOTH: readonly Side[] = ['A', 'B'];

export class NotHere extends Error {}

/** Something that somebody of the team does, in both worlds or in one of them. */
export interface Deed {
  by: MemberKey;
  sides: readonly Side[];
  mutation: string;
  input(side: Side): Record<string, unknown>;
  /** What comes of it, and where its id stands in the answer. */
  makes?: { key: string; at: string };
}

/** A project on which the story plays. */
export interface Stage {
  spec: ProjectSpec;
  sides: readonly Side[];
  sight: Sight;
  /** Made by the story, with all that it shows alike in both worlds: its settings and grants may change. */
  fresh?: { isLost: boolean };
}

export interface SceneTask {
  key: string;
  stage: Stage;
  sides: readonly Side[];
  clientVisible: boolean;
  isOpen: boolean;
  assignee: MemberKey | null;
}

export interface SceneEntry {
  key: string;
  stage: Stage;
  sides: readonly Side[];
  billable: boolean;
}

export interface SceneInvoice {
  key: string;
  stage: Stage;
  sides: readonly Side[];
  status: 'DRAFT' | 'SENT' | 'OVER';
  /** What is left of it where that is known, in whole units. */
  open: number | null;
}

/**
 * What there is to do something with, for one pair of eyes. What these eyes hear of is done in both worlds; of what they
 * never will, some is done in one of them alone.
 */
export class Scene {
  readonly stages: Stage[];
  readonly tasks: SceneTask[] = [];
  readonly entries: SceneEntry[] = [];
  readonly invoices: SceneInvoice[] = [];
  readonly invitations: { key: string; sides: readonly Side[]; stage: Stage }[] = [];
  timer: { key: string; stage: Stage; sides: readonly Side[]; by: MemberKey } | null = null;
  private readonly ids: Record<Side, Map<string, string>> = { A: new Map(), B: new Map() };
  private made = 0;

  constructor(
    readonly persona: Persona,
    readonly random: Random,
    private readonly books: readonly Book[],
  ) {
    this.stages = PROJECTS.flatMap((spec) => this.stageOf(spec));
    for (const stage of this.stages) for (const task of TASKS) this.addTask(stage, task);
  }

  private stageOf(spec: ProjectSpec): Stage[] {
    const sight = sightOf(this.persona, spec);
    const [only] = [spec.client === 'dorado' ? ('B' as const) : spec.only];
    return [{ spec, sight, sides: only && !sight.project ? [only] : BOTH }];
  }

  private addTask(stage: Stage, spec: TaskSpec): void {
    const { key, clientVisible, status, only } = spec;
    // What is over, or hidden in another way on each side, keeps its state.
    if (key === 't2' || only) return;
    const assignee = assigneeOf(stage.spec, spec);
    const task = { key: `${stage.spec.key}/${key}`, stage, sides: stage.sides, clientVisible, assignee };
    this.tasks.push({ ...task, isOpen: status !== 'DONE' });
  }

  newKey(of: string): string {
    return `${of} ${++this.made}`;
  }

  remember(side: Side, key: string, id: string): void {
    this.ids[side].set(key, id);
  }

  id(kind: IdKind, key: string, side: Side): string {
    const id = this.ids[side].get(key) ?? knownId(kind, key);
    if (!id) throw new NotHere(`Nobody knows ${kind} ${key} in world ${side}.`);
    return id;
  }

  person(key: MemberKey): string {
    return this.id('Person', key, 'A');
  }

  /** Each world may have another, where it is hidden. */
  email(key: MemberKey, side: Side): string {
    const id = knownId('User', userOf(key));
    const book = this.books.find((one) => one.side === side)!;
    return book.tables.get('app_user')!.find((row) => row.id === id)!.email as string;
  }

  /** Some of these worlds: where what is done shows, all of them. */
  sides(of: { sides: readonly Side[] }, isHidden: boolean): readonly Side[] {
    if (!isHidden) return of.sides;
    const some = this.random.pick([['A'], ['B'], ['B'], BOTH] as const) as readonly Side[];
    return of.sides.filter((side) => some.includes(side));
  }

  /** Whether it is hidden for good that does not show now: on a fresh project it may show one day. */
  forGood({ fresh }: Stage, isHidden: boolean): boolean {
    return isHidden && (!fresh || fresh.isLost);
  }

  stage(fits: (stage: Stage) => boolean = () => true): Stage | null {
    const all = this.stages.filter(fits);
    const lost = all.filter(({ fresh }) => fresh?.isLost);
    if (lost.length > 0 && this.random.percent(25)) return this.pick(lost);
    // Half of the story plays where the persona is.
    const seen = all.filter(({ sight, fresh }) => sight.project || (fresh && !fresh.isLost));
    return this.pick(seen.length > 0 && this.random.percent(65) ? seen : all);
  }

  pick<T>(items: readonly T[]): T | null {
    return items.length > 0 ? this.random.pick(items) : null;
  }

  /** Who may do everything on this project. */
  manager({ spec }: Stage): MemberKey {
    if (CLIENT_WORKSPACE[spec.client] === 'harbor') return 'otto';
    // Where people are masked he may be on the project in one of the worlds alone.
    const isThere = spec.grants.max?.managesProject && spec.settings.people === 'ALL';
    return this.random.pick(isThere ? ['ada', 'olga', 'max', 'max'] : ['ada', 'olga']);
  }

  admin(workspace: WorkspaceKey): MemberKey {
    return workspace === 'harbor' ? 'otto' : this.random.pick(['ada', 'olga']);
  }

  /** Of the people of a client, who are none of the persona’s own. */
  get others(): MemberKey[] {
    return MEMBER_KEYS.filter((key) => !this.persona.members.includes(key));
  }

  showsTask({ sight, spec }: Stage, task: Pick<SceneTask, 'clientVisible' | 'isOpen' | 'assignee'>): boolean {
    if (!sight.project || !task.clientVisible || spec.settings.tasks === 'HIDE') return false;
    if (sight.view || task.assignee === sight.me) return true;
    return sight.tracks && task.isOpen && spec.status === undefined;
  }

  showsPerson({ sight }: Stage, key: MemberKey | null): boolean {
    return key !== null && shownOn(sight, key);
  }

  isClient(key: MemberKey): boolean {
    return memberOf(key).type === 'CLIENT';
  }
}

/** Whether anything of the project moves that is shown, when somebody of the team has worked on it. */
export function showsTime({ sight, spec }: Stage, billable: boolean): boolean {
  if (!sight.unreleased) return false;
  const isPaid = billable && spec.billing === undefined;
  const hours = sight.hours === 'FULL' || (sight.hours === 'BILLABLE' && billable);
  return hours || (isPaid && sight.financials !== 'HIDE') || sight.costs !== 'NONE';
}
