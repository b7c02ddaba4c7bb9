import { Arg, ID, Resolver, Subscription } from 'type-graphql';
import type { Context } from '../../context';
import type { HeardEvent } from '../../events/delivery';
import type { EventKind } from '../../events/event-types';
import { openStream, type StreamArgs } from '../../events/open-stream';
import { Parent } from '../../platform/parent';
import { CursorScalar } from '../../platform/scalars';
import { PortalEvent, PortalEventKind, toPortalEvent } from './portal-event.types';
import { toldEventResolver } from './told-event.resolver';

/** Streams live on sockets: over HTTP the server takes no subscription. */
function open({ args, context }: { args: StreamArgs; context: Context }) {
  if (!context.live) throw new Error('A stream was asked for without a socket.');
  return openStream(context.live, context, args);
}

@Resolver(() => PortalEvent)
export class PortalEventsResolver extends toldEventResolver(() => PortalEvent) {
  @Subscription(() => PortalEvent, {
    subscribe: open as never,
    description:
      'What happens, as it happens, as far as you may see it: permissions are asked anew for every event. An event ' +
      'that you may not see is not told and leaves no gap. Read `eventsCursor` together with your data and subscribe ' +
      'with `after` it: then nothing is missed between the two. Errors: `STREAM_RESET_REQUIRED`, `ACCESS_REVOKED`.',
  })
  portalEvents(
    @Parent() heard: HeardEvent,
    @Arg('after', () => CursorScalar, {
      nullable: true,
      description: 'Where you heard last: everything since is told first, in order. At most 1,000 events, 30 days.',
    })
    _after: string | null,
    @Arg('workspaceId', () => ID, { nullable: true, description: 'Of one workspace; of all of yours without it.' })
    _workspaceId: string | null,
    @Arg('projectIds', () => [ID], { nullable: true, description: 'Of these projects alone, at most 100.' })
    _projectIds: string[] | null,
    @Arg('kinds', () => [PortalEventKind], { nullable: true, description: 'Of these kinds alone.' })
    _kinds: EventKind[] | null,
  ): PortalEvent {
    return toPortalEvent(heard);
  }
}
