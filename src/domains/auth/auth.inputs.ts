import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'Who signs in.' })
export class SignInInput {
  @Field({ description: 'The e-mail, whatever its case.' })
  email: string;

  @Field({ description: 'The password.' })
  password: string;
}

@InputType({ description: 'Which session to end.' })
export class RevokeSessionInput {
  @Field(() => ID, { description: 'One of `viewer { sessions }`; the current one signs out.' })
  sessionId: string;
}

@InputType({ description: 'A new password for who knows the present one.' })
export class ChangePasswordInput {
  @Field({ description: 'The present password.' })
  currentPassword: string;

  @Field({ description: 'The new one: 10 to 200 characters.' })
  newPassword: string;
}

@InputType({ description: 'Whom to mail a link to choose a new password.' })
export class RequestPasswordResetInput {
  @Field({ description: 'The e-mail, whatever its case.' })
  email: string;
}

@InputType({ description: 'A new password for who holds the link from the mail.' })
export class ResetPasswordInput {
  @Field({ description: 'From the link. It works once, for an hour.' })
  token: string;

  @Field({ description: 'The new password: 10 to 200 characters.' })
  password: string;
}

@InputType({ description: 'The first owner of an empty server, and their workspace.' })
export class SetUpInput {
  @Field({ description: 'From the link that the server printed. It works once, for 24 hours.' })
  token: string;

  @Field({ description: 'The e-mail they will sign in with.' })
  email: string;

  @Field({ description: 'The name that others see: 1 to 120 characters.' })
  displayName: string;

  @Field({ description: '10 to 200 characters.' })
  password: string;

  @Field({ description: 'What the company is called: 1 to 120 characters.' })
  workspaceName: string;
}

@InputType({ description: 'What to change of one’s own profile; what is left out stays.' })
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: 'The name that others see: 1 to 120 characters.' })
  displayName?: string | null;

  @Field(() => String, { nullable: true, description: 'Up to 40 characters; null for none.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'BCP 47 language tag for mails: `en`, `de-AT`.' })
  locale?: string | null;

  @Field(() => String, { nullable: true, description: 'IANA time zone for mails and digests: `Europe/Oslo`.' })
  timezone?: string | null;
}
