import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import type { Heard } from '../../events/as-seen';
import type { Event } from '../../events/event.entity';
import { Node } from '../../platform/node';
import { type Connection, type Edge, PageInfo } from '../../platform/paging';
import { ToldEvent } from './portal-event.types';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Something that happened, as far as you may see it now. It is kept for 30 days.',
})
export class ActivityEvent extends ToldEvent {
  id: string;
  workspaceId: string;
}

/** Read from the newest end alone, as people read what happened. */
@ArgsType()
export class ActivityArgs {
  @Field(() => Int, { nullable: true, description: 'How many, newest first, 1–100; 25 unless told.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor: what is older.' })
  after?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'One event in what happened.' })
class ActivityEdge implements Edge<ActivityEvent> {
  @Field({ description: 'Where it stands: for `after`.' })
  cursor: string;

  @Field({ description: 'The event.' })
  node: ActivityEvent;
}

/** Without a count: each event is decided by itself, and nobody reads to the end of what happened. */
@ObjectType({ simpleResolvers: true, description: 'A page of what happened, newest first.' })
export class ActivityConnection implements Connection<ActivityEvent> {
  @Field(() => [ActivityEdge], { description: 'The page, with cursors.' })
  edges: ActivityEdge[];

  @Field(() => [ActivityEvent], { description: 'The page, without cursors.' })
  nodes: ActivityEvent[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;
}

export const toActivityEvent = (event: Event, heard: Heard): ActivityEvent => ({
  id: event.id,
  workspaceId: event.workspaceId,
  kind: heard.kind,
  occurredAt: event.occurredAt,
  event,
  heard,
});
