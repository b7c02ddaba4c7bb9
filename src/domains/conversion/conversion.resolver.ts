import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { ConvertToClientInput, ConvertToClientPayload } from './conversion.inputs';
import { convertToClient } from './convert-to-client';

@Resolver()
export class ConversionResolver {
  @Mutation(() => ConvertToClientPayload, {
    description:
      'Makes a client of somebody of the team. For owners and admins; it cannot be undone (F-008, F-009). Refuses with NOT_ELIGIBLE_FOR_CONVERSION and `reasons`: ALREADY_CLIENT, OWNER, LAST_ADMIN, SELF, RUNNING_TIMER.',
  })
  convertToClient(
    @Arg('input', () => ConvertToClientInput, { description: 'Who, for whom, and the word that confirms it.' })
    input: ConvertToClientInput,
    @Ctx() context: Context,
  ): Promise<ConvertToClientPayload> {
    return convertToClient(context, input);
  }
}
