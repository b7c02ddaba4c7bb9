import type { Context } from '../../context';
import { today } from '../../platform/clock';

/** What day it is in a workspace of the viewer, by its own time zone: all that the time zone is asked for. */
export function todayIn({ access, clock }: Context, workspaceId: string): string {
  return today(clock, access.membership(workspaceId)!.timezone);
}
