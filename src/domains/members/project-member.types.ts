import { Field, Int, ObjectType } from 'type-graphql';
import type { PermissionFlags } from '../../access/permissions';
import { Node } from '../../platform/node';
import { DateTimeScalar } from '../../platform/scalars';
import { Permissions } from '../projects/my-access';
import { MemberStatus } from './member.enums';

/** Somebody on a project with what they hold there: one row of the permission table (F-049). Read by members.repository. */
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'Somebody on a project and what they hold there, invited people included. For those who manage the project, and ' +
    'for whoever sent the invitation.',
})
export class ProjectMember extends Node {
  declare id: string;

  @Field({ description: 'What they are called; of somebody invited, the name in the invitation.' })
  name: string;

  @Field(() => Permissions, { description: 'What they hold, or will hold once they accept.' })
  permissions: PermissionFlags;

  @Field(() => MemberStatus, { description: 'Whether it counts at this moment.' })
  status: MemberStatus;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it begins to count; null for at once.' })
  startsAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends, exclusive; null for never.' })
  expiresAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was given; kept wherever a client sees internal costs.' })
  reason: string | null;

  @Field(() => Int, { description: 'For `expectedVersion`, while the invitation is pending too.' })
  version: number;

  workspaceId: string;
  projectId: string;
  personId: string | null;
  invitationId: string | null;
  grantedBy: string | null;
}
