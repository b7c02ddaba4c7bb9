import { PorticoError } from '../../platform/errors';
import { TaskStatus } from './task.entity';

const NEXT: Record<TaskStatus, readonly TaskStatus[]> = {
  [TaskStatus.OPEN]: [TaskStatus.IN_PROGRESS, TaskStatus.CANCELLED],
  [TaskStatus.IN_PROGRESS]: [TaskStatus.OPEN, TaskStatus.DONE, TaskStatus.CANCELLED],
  [TaskStatus.DONE]: [TaskStatus.OPEN, TaskStatus.CANCELLED],
  [TaskStatus.CANCELLED]: [TaskStatus.OPEN],
};

/** Refuses a change of status that the life of a task does not have. */
export function decideTransition(from: TaskStatus, to: TaskStatus): void {
  const allowed = NEXT[from];
  if (allowed.includes(to)) return;
  const message = `A task that is ${from} cannot become ${to}; it can become ${allowed.join(' or ')}.`;
  throw new PorticoError('INVALID_TRANSITION', message, { from, to, allowed });
}

/** The order of a project's tasks with one of them put behind another; first of all without. */
export function reordered(ids: readonly string[], moved: string, behind: string | null): string[] {
  const rest = ids.filter((id) => id !== moved);
  rest.splice(behind === null ? 0 : rest.indexOf(behind) + 1, 0, moved);
  return rest;
}
