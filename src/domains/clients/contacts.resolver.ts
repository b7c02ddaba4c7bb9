import { Arg, Ctx, FieldResolver, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Parent } from '../../platform/parent';
import { loadPerson } from '../people/people.loaders';
import { Person } from '../people/person.entity';
import { ClientOrganisation } from './client-organisation.entity';
import { loadContactsOfPerson, loadOrganisation } from './clients.loaders';
import { Contact } from './contact.entity';
import {
  CreateContactInput,
  CreateContactPayload,
  RemoveContactInput,
  RemoveContactPayload,
  UpdateContactInput,
  UpdateContactPayload,
} from './contacts.inputs';
import { createContact, removeContact, updateContact } from './contacts.service';

@Resolver(() => Contact)
export class ContactsResolver {
  @FieldResolver(() => ClientOrganisation, { nullable: true, description: 'Where they work.' })
  clientOrganisation(@Parent() contact: Contact, @Ctx() context: Context): Promise<ClientOrganisation | null> {
    return loadOrganisation(context, contact.clientOrganisationId);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'Their account; null without one, or where you may not see it.',
  })
  person(@Parent() contact: Contact, @Ctx() context: Context): Promise<Person | null> | null {
    return contact.membershipId === null ? null : loadPerson(context, contact.membershipId);
  }

  @Mutation(() => CreateContactPayload, {
    description: 'Adds a contact to a client organisation, 20 at most. For the role MANAGER and above (F-016).',
  })
  async createContact(
    @Arg('input', () => CreateContactInput, { description: 'Where, and who.' }) input: CreateContactInput,
    @Ctx() context: Context,
  ): Promise<CreateContactPayload> {
    return { contact: await createContact(context, input) };
  }

  @Mutation(() => UpdateContactPayload, { description: 'Changes a contact. For the role MANAGER and above.' })
  async updateContact(
    @Arg('input', () => UpdateContactInput, { description: 'Who, and what changes.' }) input: UpdateContactInput,
    @Ctx() context: Context,
  ): Promise<UpdateContactPayload> {
    return { contact: await updateContact(context, input) };
  }

  @Mutation(() => RemoveContactPayload, {
    description:
      'Removes a contact. For the role MANAGER and above; of a contact with an account, for owners and admins: their person loses the organisation and every grant on its projects.',
  })
  removeContact(
    @Arg('input', () => RemoveContactInput, { description: 'Who.' }) { contactId }: RemoveContactInput,
    @Ctx() context: Context,
  ): Promise<RemoveContactPayload> {
    return removeContact(context, contactId);
  }
}

@Resolver(() => Person)
export class PersonContactsResolver {
  @FieldResolver(() => [Contact], {
    nullable: true,
    description: 'Of which clients they are a contact (F-022). For owners and admins.',
  })
  contacts(@Parent() person: Person, @Ctx() context: Context): Promise<Contact[]> {
    return loadContactsOfPerson(context, person.id);
  }
}
