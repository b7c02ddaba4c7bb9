import type { Context } from '../../context';
import { today } from '../../platform/clock';
import { loadWorkspace } from './workspace.loaders';

/** What day it is in a workspace of the viewer, by its own time zone: all that the time zone is asked for. */
export async function todayIn(context: Context, workspaceId: string): Promise<string> {
  const workspace = await loadWorkspace(context, workspaceId);
  return today(context.clock, workspace?.timezone ?? 'UTC');
}
