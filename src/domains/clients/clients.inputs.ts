import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { PageArgs } from '../../platform/paging';
import { CurrencyCodeScalar } from '../../platform/scalars';
import { EXPECTED_VERSION } from '../../platform/versioned';
import { ClientOrganisation, OrganisationStatus } from './client-organisation.entity';

@InputType({ description: 'Which client organisations. Everything given must fit.' })
export class ClientOrganisationFilter {
  @Field(() => String, { nullable: true, description: 'The name contains this text, whatever its case.' })
  search?: string | null;

  @Field(() => [OrganisationStatus], { nullable: true, description: 'One of these; without it, any.' })
  statusIn?: OrganisationStatus[] | null;
}

export interface ClientOrganisationList extends PageArgs {
  filter?: ClientOrganisationFilter | null;
}

@InputType()
export abstract class ClientOrganisationDetails {
  @Field(() => String, { nullable: true, description: 'Address of its logo: http or https.' })
  logoUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'Postal address for invoices, up to 1,000 characters.' })
  billingAddress?: string | null;

  @Field(() => String, { nullable: true, description: 'Tax number for invoices, up to 60 characters.' })
  taxId?: string | null;

  @Field(() => String, { nullable: true, description: 'What the team should know, up to 10,000 characters.' })
  internalNotes?: string | null;
}

@InputType({ description: 'A new client organisation.' })
export class CreateClientOrganisationInput extends ClientOrganisationDetails {
  @Field(() => ID, { description: 'The workspace that works for it.' })
  workspaceId: string;

  @Field({ description: 'What the company is called, 1–200 characters.' })
  name: string;

  @Field(() => CurrencyCodeScalar, {
    nullable: true,
    description: 'What its new projects are billed in; the workspace’s currency when not given.',
  })
  currency?: string | null;
}

@InputType({ description: 'What changes of a client organisation. What is not given stays; null clears.' })
export class UpdateClientOrganisationInput extends ClientOrganisationDetails {
  @Field(() => ID, { description: 'Which.' })
  clientOrganisationId: string;

  @Field(() => String, { nullable: true, description: 'What the company is called, 1–200 characters.' })
  name?: string | null;

  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'What its new projects are billed in.' })
  currency?: string | null;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'Which client organisation is no longer worked for.' })
export class DeactivateClientOrganisationInput {
  @Field(() => ID, { description: 'Which.' })
  clientOrganisationId: string;
}

@InputType({ description: 'Which client organisation is worked for again.' })
export class ReactivateClientOrganisationInput {
  @Field(() => ID, { description: 'Which.' })
  clientOrganisationId: string;
}

@ObjectType({ simpleResolvers: true })
abstract class ClientOrganisationPayload {
  @Field(() => ClientOrganisation, { description: 'As you see it.' })
  clientOrganisation: ClientOrganisation;
}

@ObjectType({ simpleResolvers: true, description: 'The new client organisation.' })
export class CreateClientOrganisationPayload extends ClientOrganisationPayload {}

@ObjectType({ simpleResolvers: true, description: 'The changed client organisation.' })
export class UpdateClientOrganisationPayload extends ClientOrganisationPayload {}

@ObjectType({ simpleResolvers: true, description: 'The client organisation, INACTIVE.' })
export class DeactivateClientOrganisationPayload extends ClientOrganisationPayload {}

@ObjectType({ simpleResolvers: true, description: 'The client organisation, ACTIVE.' })
export class ReactivateClientOrganisationPayload extends ClientOrganisationPayload {}
