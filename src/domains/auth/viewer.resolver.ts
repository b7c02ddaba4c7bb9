import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { cursorOfNow } from '../../events/open-stream';
import { Parent } from '../../platform/parent';
import { CursorScalar } from '../../platform/scalars';
import { loadPerson } from '../people/people.loaders';
import { Person } from '../people/person.entity';
import { Workspace } from '../workspaces/workspace.entity';
import { loadWorkspace } from '../workspaces/workspace.loaders';
import { mySessions } from './sign-in';
import { findViewer } from './users.repository';
import { SignedInSession, Viewer, ViewerMembership } from './viewer.types';

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { description: 'Who is signed in.' })
  viewer(@Ctx() { db, access }: Context): Promise<Viewer> {
    return findViewer(db, access.userId);
  }

  @FieldResolver(() => [ViewerMembership], { description: 'The workspaces they belong to, by name.' })
  memberships(@Ctx() { access }: Context): ViewerMembership[] {
    return [...access.memberships] as ViewerMembership[];
  }

  @FieldResolver(() => CursorScalar, {
    description: 'The place of this answer in the stream of events: subscribe `after` it and miss nothing.',
  })
  eventsCursor(@Ctx() { cursors, access }: Context): string {
    return cursorOfNow(cursors, access);
  }

  @FieldResolver(() => [SignedInSession], { description: 'Where they are signed in, last used first.' })
  sessions(@Ctx() context: Context): Promise<SignedInSession[]> {
    return mySessions(context);
  }
}

@Resolver(() => ViewerMembership)
export class ViewerMembershipResolver {
  @FieldResolver(() => Workspace, { nullable: true, description: 'The workspace.' })
  workspace(@Parent() membership: ViewerMembership, @Ctx() context: Context): Promise<Workspace | null> {
    return loadWorkspace(context, membership.workspaceId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'The viewer, as others there see them.' })
  person(@Parent() membership: ViewerMembership, @Ctx() context: Context): Promise<Person | null> {
    return loadPerson(context, membership.personId);
  }
}
