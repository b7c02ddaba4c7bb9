import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { ID_PREFIXES, prefixOf } from '../../platform/ids';
import { type Connection, connectionOf, Page, type PageArgs } from '../../platform/paging';
import { Parent } from '../../platform/parent';
import { Workspace } from '../workspaces/workspace.entity';
import { ClientOrganisation } from './client-organisation.entity';
import {
  ClientOrganisationFilter,
  CreateClientOrganisationInput,
  CreateClientOrganisationPayload,
  DeactivateClientOrganisationInput,
  DeactivateClientOrganisationPayload,
  ReactivateClientOrganisationInput,
  ReactivateClientOrganisationPayload,
  UpdateClientOrganisationInput,
  UpdateClientOrganisationPayload,
} from './clients.inputs';
import { loadContactsOfOrganisation, loadOrganisation, loadOrganisationsOfWorkspace } from './clients.loaders';
import {
  createClientOrganisation,
  deactivateClientOrganisation,
  reactivateClientOrganisation,
  updateClientOrganisation,
} from './clients.service';
import { Contact } from './contact.entity';

const ClientOrganisationConnection = connectionOf(() => ClientOrganisation, 'ClientOrganisation');
const ContactConnection = connectionOf(() => Contact, 'Contact');

@Resolver(() => ClientOrganisation)
export class ClientsResolver {
  @Query(() => ClientOrganisation, {
    nullable: true,
    description: 'A client organisation by id; null when there is none that you may see.',
  })
  clientOrganisation(
    @Arg('id', () => ID, { description: 'The client organisation’s id.' }) id: string,
    @Ctx() context: Context,
  ): Promise<ClientOrganisation | null> | null {
    return prefixOf(id) === ID_PREFIXES.ClientOrganisation ? loadOrganisation(context, id) : null;
  }

  @FieldResolver(() => ContactConnection, {
    description: 'Whom to talk to there, by name: those you may see. Clients see colleagues with client view (F-016).',
  })
  contacts(
    @Parent() organisation: ClientOrganisation,
    @Page() page: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<Contact>> {
    return loadContactsOfOrganisation(context, organisation.id, page);
  }

  @Mutation(() => CreateClientOrganisationPayload, {
    description: 'Adds a client organisation. For the role MANAGER and above (F-001).',
  })
  async createClientOrganisation(
    @Arg('input', () => CreateClientOrganisationInput, { description: 'What it is called and how it is billed.' })
    input: CreateClientOrganisationInput,
    @Ctx() context: Context,
  ): Promise<CreateClientOrganisationPayload> {
    return { clientOrganisation: await createClientOrganisation(context, input) };
  }

  @Mutation(() => UpdateClientOrganisationPayload, {
    description:
      'Changes a client organisation. For the role MANAGER and above; a field that they may not read, they may not change.',
  })
  async updateClientOrganisation(
    @Arg('input', () => UpdateClientOrganisationInput, { description: 'Which, and what changes.' })
    input: UpdateClientOrganisationInput,
    @Ctx() context: Context,
  ): Promise<UpdateClientOrganisationPayload> {
    return { clientOrganisation: await updateClientOrganisation(context, input) };
  }

  @Mutation(() => DeactivateClientOrganisationPayload, {
    description:
      'Shuts its people out: from their next request on they see nothing of it. For owners and admins (F-020).',
  })
  async deactivateClientOrganisation(
    @Arg('input', () => DeactivateClientOrganisationInput, { description: 'Which.' })
    { clientOrganisationId }: DeactivateClientOrganisationInput,
    @Ctx() context: Context,
  ): Promise<DeactivateClientOrganisationPayload> {
    return { clientOrganisation: await deactivateClientOrganisation(context, clientOrganisationId) };
  }

  @Mutation(() => ReactivateClientOrganisationPayload, {
    description: 'Lets its people in again, to what they still hold. For owners and admins.',
  })
  async reactivateClientOrganisation(
    @Arg('input', () => ReactivateClientOrganisationInput, { description: 'Which.' })
    { clientOrganisationId }: ReactivateClientOrganisationInput,
    @Ctx() context: Context,
  ): Promise<ReactivateClientOrganisationPayload> {
    return { clientOrganisation: await reactivateClientOrganisation(context, clientOrganisationId) };
  }
}

@Resolver(() => Workspace)
export class WorkspaceClientsResolver {
  @FieldResolver(() => ClientOrganisationConnection, {
    description: 'The client organisations that you may see, by name: clients see their own.',
  })
  clientOrganisations(
    @Parent() workspace: Workspace,
    @Page() page: PageArgs,
    @Arg('filter', () => ClientOrganisationFilter, { nullable: true, description: 'Which ones; any without it.' })
    filter: ClientOrganisationFilter | null,
    @Ctx() context: Context,
  ): Promise<Connection<ClientOrganisation>> {
    return loadOrganisationsOfWorkspace(context, workspace.id, { ...page, filter });
  }
}
