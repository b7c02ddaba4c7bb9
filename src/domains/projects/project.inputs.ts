import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { ProjectStatus } from './project.enums';

@InputType({ description: 'Which projects. Everything given must fit.' })
export class ProjectFilter {
  @Field(() => [ProjectStatus], { nullable: true, description: 'One of these; without it, all but ARCHIVED.' })
  statusIn?: ProjectStatus[] | null;

  @Field(() => ID, { nullable: true, description: 'Of this workspace. `NOT_FOUND` for those you do not see.' })
  workspaceId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'For this client organisation. `NOT_FOUND` for those you do not see.',
  })
  clientOrganisationId?: string | null;

  @Field(() => String, { nullable: true, description: 'Name or code contains this text, whatever its case.' })
  search?: string | null;
}

export enum ProjectSort {
  NAME = 'NAME',
  CODE = 'CODE',
  STATUS = 'STATUS',
  START_DATE = 'START_DATE',
}

registerEnumType(ProjectSort, {
  name: 'ProjectSort',
  description: 'What a list of projects is sorted by. Projects without the value come last.',
  valuesConfig: {
    NAME: { description: 'Name, A to Z.' },
    CODE: { description: 'Code, A to Z.' },
    STATUS: { description: 'Status, in the order of a project’s life.' },
    START_DATE: { description: 'Start date, newest first.' },
  },
});
