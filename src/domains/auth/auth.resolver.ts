import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import {
  ChangePasswordInput,
  RequestPasswordResetInput,
  ResetPasswordInput,
  RevokeSessionInput,
  SetUpInput,
  SignInInput,
  UpdateProfileInput,
} from './auth.inputs';
import {
  ChangePasswordPayload,
  RequestPasswordResetPayload,
  ResetPasswordPayload,
  RevokeSessionPayload,
  SetUpPayload,
  SignInPayload,
  SignOutEverywherePayload,
  SignOutPayload,
  UpdateProfilePayload,
} from './auth.types';
import { changePassword } from './change-password';
import { requestPasswordReset, resetPassword } from './reset-password';
import { setUp } from './set-up';
import { revokeSession, signIn, signOut, signOutEverywhere } from './sign-in';
import { updateProfile } from './update-profile';

@Resolver()
export class AuthResolver {
  @Mutation(() => SignInPayload, {
    description:
      'Opens a session. A wrong password, an unknown e-mail and a locked account are one answer, INVALID_CREDENTIALS; after 5 failures in 15 minutes (20 from one address) RATE_LIMITED.',
  })
  signIn(
    @Arg('input', () => SignInInput, { description: 'E-mail and password.' }) input: SignInInput,
    @Ctx() context: Context,
  ): Promise<SignInPayload> {
    return signIn(context, input);
  }

  @Mutation(() => SignOutPayload, { description: 'Ends the session by which this request came.' })
  signOut(@Ctx() context: Context): Promise<SignOutPayload> {
    return signOut(context);
  }

  @Mutation(() => SignOutEverywherePayload, { description: 'Ends all sessions of the caller, this one too.' })
  signOutEverywhere(@Ctx() context: Context): Promise<SignOutEverywherePayload> {
    return signOutEverywhere(context);
  }

  @Mutation(() => RevokeSessionPayload, { description: 'Ends one session of the caller: a lost phone, say.' })
  revokeSession(
    @Arg('input', () => RevokeSessionInput, { description: 'Which.' }) input: RevokeSessionInput,
    @Ctx() context: Context,
  ): Promise<RevokeSessionPayload> {
    return revokeSession(context, input.sessionId);
  }

  @Mutation(() => ChangePasswordPayload, {
    description: 'Gives the caller a new password and ends their other sessions. The present one is asked again.',
  })
  changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'Both passwords.' }) input: ChangePasswordInput,
    @Ctx() context: Context,
  ): Promise<ChangePasswordPayload> {
    return changePassword(context, input);
  }

  @Mutation(() => RequestPasswordResetPayload, {
    description: 'Mails a link to choose a new password. The answer is the same for an unknown e-mail.',
  })
  requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'Whose.' }) input: RequestPasswordResetInput,
    @Ctx() context: Context,
  ): Promise<RequestPasswordResetPayload> {
    return requestPasswordReset(context, input.email);
  }

  @Mutation(() => ResetPasswordPayload, {
    description: 'A new password by the link from the mail, which works once, for an hour. Ends all sessions.',
  })
  resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'Link and password.' }) input: ResetPasswordInput,
    @Ctx() context: Context,
  ): Promise<ResetPasswordPayload> {
    return resetPassword(context, input);
  }

  @Mutation(() => SetUpPayload, {
    description: 'Makes the first owner of an empty server by the link that it printed, and signs them in.',
  })
  setUp(
    @Arg('input', () => SetUpInput, { description: 'Who, and what their workspace is called.' }) input: SetUpInput,
    @Ctx() context: Context,
  ): Promise<SetUpPayload> {
    return setUp(context, input);
  }

  @Mutation(() => UpdateProfilePayload, {
    description:
      'Changes one’s own name, phone, language and time zone. Clients change name and phone where a workspace of theirs allows it (clientProfileEdit).',
  })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What to change.' }) input: UpdateProfileInput,
    @Ctx() context: Context,
  ): Promise<UpdateProfilePayload> {
    return { viewer: await updateProfile(context, input) };
  }
}
