import { Field, InputType, ObjectType } from 'type-graphql';
import { connectionOf, type PageArgs } from '../../platform/paging';
import { MembershipStatus, Person, PersonTypeEnum } from './person.entity';

export const PersonConnection = connectionOf(() => Person, 'Person');

@InputType({ description: 'Which people. Everything given must fit.' })
export class PersonFilter {
  @Field(() => String, { nullable: true, description: 'The name contains this text, whatever its case.' })
  search?: string | null;

  @Field(() => [PersonTypeEnum], { nullable: true, description: 'One of these; for owners and admins.' })
  personTypeIn?: PersonTypeEnum[] | null;

  @Field(() => [MembershipStatus], {
    nullable: true,
    description: 'One of these; for owners and admins, and for managers about the people of their projects.',
  })
  statusIn?: MembershipStatus[] | null;
}

export interface PeopleList extends PageArgs {
  filter?: PersonFilter | null;
}

@ObjectType({ simpleResolvers: true, description: 'The changed person.' })
export class UpdatePersonPayload {
  @Field(() => Person, { description: 'As you see them.' })
  person: Person;
}

@ObjectType({ simpleResolvers: true, description: 'The person with their new role.' })
export class ChangeRolePayload {
  @Field(() => Person, { description: 'As you see them.' })
  person: Person;
}

@ObjectType({ simpleResolvers: true, description: 'The person with their new type.' })
export class ChangePersonTypePayload {
  @Field(() => Person, { description: 'As you see them.' })
  person: Person;
}

@ObjectType({ simpleResolvers: true, description: 'The person, DEACTIVATED.' })
export class DeactivatePersonPayload {
  @Field(() => Person, { description: 'As you see them.' })
  person: Person;
}

@ObjectType({ simpleResolvers: true, description: 'The person, ACTIVE.' })
export class ReactivatePersonPayload {
  @Field(() => Person, { description: 'As you see them.' })
  person: Person;
}
