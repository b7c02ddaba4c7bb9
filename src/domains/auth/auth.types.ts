import { Field, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../platform/scalars';
import { Viewer } from './viewer.types';

/** What signing in gives, whichever mutation did it. */
@ObjectType({ simpleResolvers: true })
export abstract class SignedIn {
  @Field({ description: 'For the header `Authorization: Bearer <token>`. Told once, and kept by nobody but you.' })
  token: string;

  @Field(() => DateTimeScalar, {
    description: 'When the session ends at the latest, 30 days on; 12 hours without use end it earlier.',
  })
  expiresAt: Date;

  @Field(() => Viewer, { description: 'Who is signed in now; judged as themselves.' })
  viewer: Viewer;
}

@ObjectType({ simpleResolvers: true, description: 'A session.' })
export class SignInPayload extends SignedIn {}

@ObjectType({ simpleResolvers: true, description: 'The first owner, signed in.' })
export class SetUpPayload extends SignedIn {}

@ObjectType({ simpleResolvers: true })
export abstract class EndedSessions {
  @Field(() => Int, { description: 'How many sessions have ended with it.' })
  endedSessions: number;
}

@ObjectType({ simpleResolvers: true, description: 'The session has ended.' })
export class SignOutPayload extends EndedSessions {}

@ObjectType({ simpleResolvers: true, description: 'All sessions of the caller have ended.' })
export class SignOutEverywherePayload extends EndedSessions {}

@ObjectType({ simpleResolvers: true, description: 'The session has ended.' })
export class RevokeSessionPayload extends EndedSessions {}

@ObjectType({ simpleResolvers: true, description: 'The password is changed, and every other session has ended.' })
export class ChangePasswordPayload extends EndedSessions {}

@ObjectType({ simpleResolvers: true, description: 'The password is changed, and every session has ended.' })
export class ResetPasswordPayload extends EndedSessions {}

@ObjectType({ simpleResolvers: true, description: 'The same whether or not the e-mail is somebody’s.' })
export class RequestPasswordResetPayload {
  @Field({ description: 'What to tell the person.' })
  message: string;
}

@ObjectType({ simpleResolvers: true, description: 'The profile as it is now.' })
export class UpdateProfilePayload {
  @Field(() => Viewer, { description: 'The caller.' })
  viewer: Viewer;
}
