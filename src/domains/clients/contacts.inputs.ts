import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { EXPECTED_VERSION } from '../../platform/versioned';
import { ClientOrganisation } from './client-organisation.entity';
import { Contact } from './contact.entity';

@InputType({ description: 'Somebody new to talk to at a client organisation.' })
export class CreateContactInput {
  @Field(() => ID, { description: 'Where they work.' })
  clientOrganisationId: string;

  @Field({ description: 'The name to show, 1–120 characters.' })
  displayName: string;

  @Field({ description: 'Their work e-mail, once in the organisation. A client who signs in with it is this contact.' })
  email: string;

  @Field(() => String, { nullable: true, description: 'What they do there, up to 120 characters.' })
  jobRole?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they are the first to ask, in place of who was. The first contact is, unless told otherwise.',
  })
  isPrimary?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they may decide for the organisation. Off at first.' })
  canDecide?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether invoices are addressed to them. Off at first.' })
  canPay?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether colleagues of the same organisation see e-mail and phone. Off at first.',
  })
  published?: boolean | null;
}

@InputType({ description: 'What changes of a contact. What is not given stays; null clears.' })
export class UpdateContactInput {
  @Field(() => ID, { description: 'Which.' })
  contactId: string;

  @Field(() => String, { nullable: true, description: 'The name to show, 1–120 characters.' })
  displayName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Their work e-mail. Whoever has an account keeps the one they sign in with.',
  })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'What they do there, up to 120 characters.' })
  jobRole?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they are the first to ask, in place of who was.' })
  isPrimary?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they may decide for the organisation.' })
  canDecide?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether invoices are addressed to them.' })
  canPay?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether colleagues of the same organisation see e-mail and phone.',
  })
  published?: boolean | null;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'Which contact goes.' })
export class RemoveContactInput {
  @Field(() => ID, { description: 'Which.' })
  contactId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The new contact.' })
export class CreateContactPayload {
  @Field(() => Contact, { description: 'As you see them.' })
  contact: Contact;
}

@ObjectType({ simpleResolvers: true, description: 'The changed contact.' })
export class UpdateContactPayload {
  @Field(() => Contact, { description: 'As you see them.' })
  contact: Contact;
}

@ObjectType({ simpleResolvers: true, description: 'What became of a removed contact.' })
export class RemoveContactPayload {
  @Field(() => ID, { description: 'The contact that is no more.' })
  removedContactId: string;

  @Field(() => ClientOrganisation, { description: 'Where they worked.' })
  clientOrganisation: ClientOrganisation;

  @Field(() => [ID], {
    description: 'The projects of the organisation that their person no longer has access to; none without an account.',
  })
  leftProjectIds: string[];
}
