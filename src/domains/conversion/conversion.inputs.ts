import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { EXPECTED_VERSION } from '../../platform/versioned';
import { Contact } from '../clients/contact.entity';
import { Person } from '../people/person.entity';
import { Project } from '../projects/project.entity';

@InputType({ description: 'Who becomes a client, of which organisation. There is no way back (F-009).' })
export class ConvertToClientInput {
  @Field(() => ID, { description: 'Who; never oneself, an owner or the last admin.' })
  personId: string;

  @Field(() => ID, { description: 'For whom they will stand: grants on projects of others are revoked.' })
  clientOrganisationId: string;

  @Field({ description: 'The word CONVERT, because it cannot be undone.' })
  confirm: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'What a conversion took from one grant.' })
export class ConvertedGrant {
  @Field(() => Project, { description: 'The project.' })
  project: Project;

  @Field({ description: 'Whether the person managed the project until now.' })
  lostManagesProject: boolean;

  @Field({ description: 'Whether the person saw internal costs until now.' })
  lostInternalCosts: boolean;

  @Field({ description: 'Whether the whole grant ended: the project is another client’s.' })
  revoked: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'The new client, and what the conversion took away.' })
export class ConvertToClientPayload {
  @Field(() => Person, { description: 'The person: a member of type CLIENT, without duties, capacity and rates.' })
  person: Person;

  @Field(() => Contact, { description: 'Them as a contact of the organisation.' })
  contact: Contact;

  @Field(() => [ConvertedGrant], { description: 'The grants that changed, by project name.' })
  grants: ConvertedGrant[];
}
