import type { Context } from '../../context';
import { whatIsHeard } from '../../events/as-seen';
import { batched, batchedById } from '../../platform/batch';
import { batchedPages, type Connection } from '../../platform/paging';
import { findEvents } from './activity.repository';
import { activityOfProjects, lastActivityOn } from './activity.service';
import { type ActivityArgs, type ActivityEvent, toActivityEvent } from './activity-event.types';

/** What is past, by id, as far as the viewer may see it now. */
export const loadActivityEvent = batchedById<Context, ActivityEvent>('ActivityEvent', async (context, ids) => {
  const events = await findEvents(context.db, context.access, ids);
  const heard = await whatIsHeard(context, events);
  return events.flatMap((event, i) => (heard[i] ? [toActivityEvent(event, heard[i])] : []));
});

/** A page of what happened on a project. */
export const loadActivityOfProject: (
  context: Context,
  projectId: string,
  args: ActivityArgs,
) => Promise<Connection<ActivityEvent>> = batchedPages<Context, ActivityArgs, ActivityEvent>(activityOfProjects);

/** When something last happened on a project that the viewer may see. */
export const loadLastActivity = batched<Context, string, Date | null>(lastActivityOn);
