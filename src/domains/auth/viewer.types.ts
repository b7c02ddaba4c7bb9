import { Field, ID, ObjectType } from 'type-graphql';
import type { Role } from '../../access/permissions';
import { DateTimeScalar } from '../../platform/scalars';
import { BusinessRole, PersonTypeEnum, RoleEnum } from '../people/person.entity';

@ObjectType({ simpleResolvers: true, description: 'Who is signed in.' })
export class Viewer {
  @Field(() => ID, { description: 'The user, whatever the workspace.' })
  id: string;

  @Field({ description: 'What they sign in with.' })
  email: string;

  @Field({ description: 'The name that others see.' })
  displayName: string;

  @Field(() => String, { nullable: true, description: 'Their phone.' })
  phone: string | null;

  @Field({ description: 'BCP 47 language tag for mails: `en`, `de-AT`.' })
  locale: string;

  @Field({ description: 'IANA time zone for mails and digests.' })
  timezone: string;
}

@ObjectType({ simpleResolvers: true, description: 'Who the viewer is in one workspace.' })
export class ViewerMembership {
  @Field(() => PersonTypeEnum, { description: 'What they are to the workspace.' })
  personType: PersonTypeEnum;

  @Field(() => RoleEnum, { description: 'What they may do in the whole workspace.' })
  role: Role;

  @Field(() => [BusinessRole], { description: 'Internal duties besides the role.' })
  businessRoles: BusinessRole[];

  workspaceId: string;
  personId: string;
}

@ObjectType('Session', { simpleResolvers: true, description: 'One of the viewer’s own sign-ins that still work.' })
export class SignedInSession {
  @Field(() => ID, { description: 'For revokeSession. No token can be had from it.' })
  id: string;

  @Field(() => DateTimeScalar, { description: 'When they signed in.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last used, to within 5 minutes.' })
  lastUsedAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends at the latest; 12 hours without use end it earlier.' })
  expiresAt: Date;

  @Field({ description: 'Whether this request came by it.' })
  current: boolean;

  @Field(() => String, { nullable: true, description: 'What the browser or program called itself.' })
  userAgent: string | null;
}
