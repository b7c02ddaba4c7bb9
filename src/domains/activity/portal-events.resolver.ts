import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../../context';
import type { EventKind } from '../../events/event-types';
import { openStream, type StreamArgs } from '../../events/open-stream';
import type { Delivery } from '../../events/subscriber';
import { CursorScalar } from '../../platform/scalars';
import { loadPerson, loadPersonOnProject } from '../people/people.loaders';
import { Person } from '../people/person.entity';
import { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import { PortalEvent, PortalEventKind, PortalSubject, toPortalEvent } from './portal-event.types';

/** Streams live on sockets: over HTTP the server takes no subscription. */
function open({ args, context }: { args: StreamArgs; context: Context }) {
  if (!context.live) throw new Error('A stream was asked for without a socket.');
  return openStream(context.live, context, args);
}

@Resolver(() => PortalEvent)
export class PortalEventsResolver {
  @Subscription(() => PortalEvent, {
    subscribe: open as never,
    description:
      'What happens, as it happens, as far as you may see it: permissions are asked anew for every event. An event ' +
      'that you may not see is not told and leaves no gap. Read `eventsCursor` together with your data and subscribe ' +
      'with `after` it: then nothing is missed between the two. Errors: `STREAM_RESET_REQUIRED`, `ACCESS_REVOKED`.',
  })
  portalEvents(
    @Root() delivery: Delivery<Context>,
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
    return toPortalEvent(delivery);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'Who did it; null for nobody, and for people whom you are not shown.',
  })
  async actor(@Root() { event, projectId }: PortalEvent, @Ctx() context: Context): Promise<Person | null> {
    if (event.actorId === null) return null;
    if (projectId === null) return loadPerson(context, event.actorId);
    return loadPersonOnProject(context, { personId: event.actorId, projectId });
  }

  @FieldResolver(() => Project, {
    nullable: true,
    description: 'The project; null for what belongs to none, and when you have lost it.',
  })
  async project(@Root() { projectId }: PortalEvent, @Ctx() context: Context): Promise<Project | null> {
    return projectId === null ? null : loadProject(context, projectId);
  }

  @FieldResolver(() => PortalSubject, {
    nullable: true,
    description: 'What it happened to, as you see it now.',
  })
  async subject(@Root() { subjectId }: PortalEvent, @Ctx() context: Context): Promise<typeof PortalSubject | null> {
    return subjectId === null ? null : ((await context.node(subjectId)) as typeof PortalSubject | null);
  }
}
