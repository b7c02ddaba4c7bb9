import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import {
  ChangePersonTypeInput,
  ChangeRoleInput,
  DeactivatePersonInput,
  ReactivatePersonInput,
  UpdatePersonInput,
} from './people.inputs';
import { changePersonType, changeRole, deactivatePerson, reactivatePerson, updatePerson } from './people.service';
import {
  ChangePersonTypePayload,
  ChangeRolePayload,
  DeactivatePersonPayload,
  ReactivatePersonPayload,
  UpdatePersonPayload,
} from './people.types';

@Resolver()
export class PeopleResolver {
  @Mutation(() => UpdatePersonPayload, {
    description: 'Changes what the workspace says of a person. For owners and admins.',
  })
  async updatePerson(
    @Arg('input', () => UpdatePersonInput, { description: 'Who, and what changes.' }) input: UpdatePersonInput,
    @Ctx() context: Context,
  ): Promise<UpdatePersonPayload> {
    return { person: await updatePerson(context, input) };
  }

  @Mutation(() => ChangeRolePayload, {
    description:
      'Changes role and duties of somebody else. For owners and admins; clients hold none: CLIENT_CANNOT_HOLD_ROLE (F-005…F-007).',
  })
  async changeRole(
    @Arg('input', () => ChangeRoleInput, { description: 'Who, and what they may do.' }) input: ChangeRoleInput,
    @Ctx() context: Context,
  ): Promise<ChangeRolePayload> {
    return { person: await changeRole(context, input) };
  }

  @Mutation(() => ChangePersonTypePayload, {
    description: 'Employee to contractor and back. For owners and admins; of a client: CLIENT_IS_FINAL (F-009).',
  })
  async changePersonType(
    @Arg('input', () => ChangePersonTypeInput, { description: 'Who, and what they are.' })
    input: ChangePersonTypeInput,
    @Ctx() context: Context,
  ): Promise<ChangePersonTypePayload> {
    return { person: await changePersonType(context, input) };
  }

  @Mutation(() => DeactivatePersonPayload, {
    description:
      'Shuts somebody else out of this workspace from their next request on; nothing they hold is lost. For owners and admins; of an owner, for owners (F-024).',
  })
  async deactivatePerson(
    @Arg('input', () => DeactivatePersonInput, { description: 'Who.' }) { personId }: DeactivatePersonInput,
    @Ctx() context: Context,
  ): Promise<DeactivatePersonPayload> {
    return { person: await deactivatePerson(context, personId) };
  }

  @Mutation(() => ReactivatePersonPayload, {
    description: 'Lets somebody in again, to what they still hold. For owners and admins.',
  })
  async reactivatePerson(
    @Arg('input', () => ReactivatePersonInput, { description: 'Who.' }) { personId }: ReactivatePersonInput,
    @Ctx() context: Context,
  ): Promise<ReactivatePersonPayload> {
    return { person: await reactivatePerson(context, personId) };
  }
}
