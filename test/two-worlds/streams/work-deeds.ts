import type { MemberKey } from '../personas';
import { teamOf } from '../world/sight';
import { type Deed, type Scene, type SceneTask, type Stage, showsTime } from './scene';

export type Maker = (scene: Scene) => Deed | null;

/** Tasks, hours and timers. */
export const WORK_DEEDS: readonly Maker[] = [
  newTask,
  newTask,
  rewordTask,
  rewordTask,
  changeStatus,
  noteInside,
  estimate,
  assign,
  moveTask,
  logTime,
  logTime,
  logTime,
  logTime,
  logTime,
  logTime,
  correctWords,
  correctHours,
  takeBack,
  timer,
];

function newTask(scene: Scene): Deed | null {
  const { random } = scene;
  const stage = scene.stage()!;
  const clientVisible = random.percent(50);
  const assignee = random.percent(40) ? assigneeFor(scene, stage) : null;
  const shows = scene.showsTask(stage, { clientVisible, assignee, isOpen: true });
  const sides = scene.sides(stage, !clientVisible || scene.forGood(stage, !shows));
  if (sides.length === 0) return null;
  const key = scene.newKey('task');
  scene.tasks.push({ key, stage, sides, clientVisible, isOpen: true, assignee });
  const estimateSeconds = random.percent(50) ? 7200 : undefined;
  const words = { title: `The ${key}`, internalNotes: `Inside ${key}`, clientVisible, estimateSeconds };
  return {
    by: scene.manager(stage),
    sides,
    mutation: 'createTask',
    input: (side) => ({
      projectId: scene.id('Project', stage.spec.key, side),
      assigneeId: assignee && scene.person(assignee),
      ...words,
    }),
    makes: { key, at: 'task' },
  };
}

function assigneeFor(scene: Scene, { spec, fresh }: Stage): MemberKey {
  const team = fresh ? (['max', 'wim'] as const) : teamOf(spec);
  return spec.grants.bo && !fresh && scene.random.percent(40) ? 'bo' : scene.random.pick(team);
}

const shown = (scene: Scene, task: SceneTask): boolean => scene.showsTask(task.stage, task);

interface Change extends Partial<Deed> {
  isInside?: boolean;
  /** It is told that the list of tasks is another one, to all who list those of others. */
  isOfList?: boolean;
}

/** A change to a task that shows where the task does, and nowhere where `isInside`. */
function changed(scene: Scene, task: SceneTask, { isInside = false, isOfList = false, ...rest }: Change) {
  const { sight, spec } = task.stage;
  const lists = sight.project && spec.settings.tasks === 'SHOW' && (sight.view || sight.tracks);
  const isShown = shown(scene, task) || (isOfList && lists);
  const isHidden = isInside || !task.clientVisible || scene.forGood(task.stage, !isShown);
  const sides = scene.sides(task, isHidden);
  if (sides.length === 0) return null;
  const input = rest.input ?? (() => ({}));
  return {
    by: scene.manager(task.stage),
    mutation: 'updateTask',
    ...rest,
    sides,
    input: (side: 'A' | 'B') => ({ taskId: scene.id('Task', task.key, side), ...input(side) }),
  };
}

function rewordTask(scene: Scene): Deed | null {
  const task = scene.random.pick(scene.tasks);
  const key = scene.newKey('wording');
  const words = [{ title: `As ${key}` }, { description: `By ${key}` }, { dueDate: `2026-05-${10 + key.length}` }];
  const change = scene.random.pick(words);
  return changed(scene, task, { input: () => change });
}

/** Of tasks of the story: those from before may come into sight by it, on each side another. */
function changeStatus(scene: Scene): Deed | null {
  const task = scene.pick(scene.tasks.filter(({ key, isOpen }) => isOpen && !key.includes('/')));
  if (!task) return null;
  const status = scene.random.pick(['IN_PROGRESS', 'DONE', 'OPEN']);
  const deed = changed(scene, task, { mutation: 'changeTaskStatus', isOfList: true, input: () => ({ status }) });
  if (deed && status === 'DONE') task.isOpen = false;
  return deed;
}

function noteInside(scene: Scene): Deed | null {
  const internalNotes = `Between us, ${scene.newKey('note')}`;
  return changed(scene, scene.random.pick(scene.tasks), { isInside: true, input: () => ({ internalNotes }) });
}

function estimate(scene: Scene): Deed | null {
  const task = scene.random.pick(scene.tasks);
  const isInside = scene.forGood(task.stage, task.stage.sight.hours !== 'FULL');
  const estimateSeconds = 1800 * (1 + scene.random.below(40));
  return changed(scene, task, { isInside, input: () => ({ estimateSeconds }) });
}

/** From one whom the persona is not shown to another, it looks as if nothing had happened. */
function assign(scene: Scene): Deed | null {
  const task = scene.random.pick(scene.tasks);
  const { stage } = task;
  const assignee = assigneeFor(scene, stage);
  const before = task.key.includes('/') ? [...teamOf(stage.spec)] : [task.assignee];
  const isMasked = ![...before, assignee].some((key) => scene.showsPerson(stage, key) || (key && scene.isClient(key)));
  const isInside = isMasked && stage.sight.view && !stage.fresh;
  const deed = changed(scene, task, {
    isInside,
    input: () => ({ assigneeId: scene.person(assignee) }),
  });
  if (deed && deed.sides.length === task.sides.length) task.assignee = assignee;
  return deed;
}

function moveTask(scene: Scene): Deed | null {
  const task = scene.random.pick(scene.tasks.filter(({ key }) => !key.includes('/')).concat(scene.tasks.slice(0, 1)));
  return changed(scene, task, { mutation: 'moveTask', input: () => ({ afterTaskId: null }) });
}

/** What is done in one world alone is of a time that no invoice of both is made for. */
export const SHARED_DAYS = { from: '2026-03-14', to: '2026-03-16' };

function logTime(scene: Scene): Deed | null {
  const { random } = scene;
  const stage = scene.stage(({ spec }) => spec.status === undefined)!;
  const billable = random.percent(60);
  const sides = scene.sides(stage, scene.forGood(stage, !showsTime(stage, billable)));
  if (sides.length === 0) return null;
  const isShared = sides.length === stage.sides.length;
  const key = scene.newKey('work');
  const task = random.percent(60) ? taskOn(scene, stage, sides) : null;
  const by = stage.fresh ? random.pick(['max', 'wim'] as const) : random.pick(teamOf(stage.spec));
  const date = isShared ? `2026-03-${random.pick(['14', '15', '16'])}` : `2026-02-${10 + random.below(15)}`;
  scene.entries.push({ key, stage, sides, billable });
  const seconds = 1800 * (1 + random.below(6));
  const words = { description: `Did ${key}`, internalNote: `Inside ${key}` };
  return {
    by: task && !task.clientVisible ? scene.manager(stage) : by,
    sides,
    mutation: 'logTime',
    input: (side) => ({
      projectId: scene.id('Project', stage.spec.key, side),
      taskId: task && scene.id('Task', task.key, side),
      ...{ date, seconds, billable, ...words },
    }),
    makes: { key, at: 'timeEntry' },
  };
}

/** One that is there wherever the hour is. */
const taskOn = (scene: Scene, stage: Stage, sides: readonly string[]): SceneTask | null =>
  scene.pick(
    scene.tasks.filter(
      (task) => task.stage === stage && task.isOpen && sides.every((side) => task.sides.includes(side as 'A')),
    ),
  );

interface Correction {
  mutation: string;
  shows: (stage: Stage, billable: boolean) => boolean;
  change: Record<string, unknown>;
}

/** Of an hour in both worlds only what will never show is corrected in one of them. */
function corrected(scene: Scene, { mutation, shows, change }: Correction): Deed | null {
  const entry = scene.pick(scene.entries);
  if (!entry) return null;
  const { stage, billable } = entry;
  const isOneSided = entry.sides.length < stage.sides.length;
  const willShow = shows(stage, billable) || (stage.sight.project && !stage.sight.unreleased);
  const isHidden = isOneSided || scene.forGood(stage, !willShow);
  const sides = scene.sides(entry, isHidden);
  if (sides.length === 0) return null;
  if (mutation === 'deleteTimeEntry') scene.entries.splice(scene.entries.indexOf(entry), 1);
  return {
    by: scene.admin(stage.spec.client === 'quay' || stage.spec.client === 'pier' ? 'harbor' : 'fjord'),
    sides,
    mutation,
    input: (side) => ({ timeEntryId: scene.id('TimeEntry', entry.key, side), ...change }),
  };
}

function correctWords(scene: Scene): Deed | null {
  const key = scene.newKey('words');
  const isInside = scene.random.percent(50);
  const change = isInside ? { internalNote: `Between us, ${key}` } : { description: `Rather ${key}` };
  const shows = (stage: Stage, billable: boolean) =>
    !isInside && stage.sight.entries === 'DETAILED' && showsTime(stage, billable);
  return corrected(scene, { mutation: 'updateTimeEntry', shows, change });
}

function correctHours(scene: Scene): Deed | null {
  const change = { seconds: 1800 * (1 + scene.random.below(9)) };
  return corrected(scene, { mutation: 'updateTimeEntry', shows: showsTime, change });
}

function takeBack(scene: Scene): Deed | null {
  return corrected(scene, { mutation: 'deleteTimeEntry', shows: showsTime, change: {} });
}

/** Nobody hears of a timer but who holds it, until it has become an hour. */
function timer(scene: Scene): Deed | null {
  const { timer: running } = scene;
  if (running) {
    scene.timer = null;
    const mutation = 'discardTimer';
    const input = (side: 'A' | 'B') => ({ timerId: scene.id('Timer', running.key, side) });
    return { by: running.by, sides: running.sides, mutation, input };
  }
  const stage = scene.stage(({ spec, fresh }) => spec.status === undefined && !fresh)!;
  const sides = scene.sides(stage, true);
  if (sides.length === 0) return null;
  const key = scene.newKey('timer');
  const [by] = teamOf(stage.spec);
  scene.timer = { key, stage, sides, by };
  const input = (side: 'A' | 'B') => ({ projectId: scene.id('Project', stage.spec.key, side), description: key });
  return { by, sides, mutation: 'startTimer', input, makes: { key, at: 'timer' } };
}
