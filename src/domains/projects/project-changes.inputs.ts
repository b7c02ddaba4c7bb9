import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { VisibilityPreset } from '../../access/visibility';
import { type VisibilityOverrides, VisibilitySettingsInput } from '../../access/visibility.types';
import { CalendarDateScalar, DecimalScalar } from '../../platform/scalars';
import { EXPECTED_VERSION } from '../../platform/versioned';
import { Project } from './project.entity';
import { Billing, ProjectStatus, RoundingMode } from './project.enums';

@InputType({ description: 'How the time of each entry is rounded, once, when it is logged.' })
class RoundingPolicyInput {
  @Field(() => RoundingMode, { description: 'In which direction.' })
  mode: RoundingMode;

  @Field(() => Int, { defaultValue: 15, description: 'In steps of 1, 5, 6, 10, 15, 30 or 60 minutes.' })
  minutes: number;
}

/** What people write on a project, new or not. */
export interface ProjectFacts {
  name?: string | null;
  code?: string | null;
  startDate?: string | null;
  endDate?: string | null;
  description?: string | null;
  internalDescription?: string | null;
  billing?: Billing | null;
  contractValue?: string | null;
  roundingPolicy?: RoundingPolicyInput | null;
}

@InputType({ description: 'A new project. Its currency is that of the client organisation.' })
export class CreateProjectInput implements ProjectFacts {
  @Field(() => ID, { description: 'For whom.' })
  clientOrganisationId: string;

  @Field({ description: 'What the project is called, 1–200 characters.' })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: 'A short code, up to 40 characters. Two projects may have the same.',
  })
  code?: string | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'First day, as planned.' })
  startDate?: string | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'Last day, as planned; not before the first.' })
  endDate?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about, for everybody; up to 10,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'For the team alone; up to 10,000 characters.' })
  internalDescription?: string | null;

  @Field(() => Billing, { nullable: true, description: 'How later work is billed. HOURLY unless told.' })
  billing?: Billing | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What was agreed for the whole, net, in the project’s currency. A FIXED_FEE needs it.',
  })
  contractValue?: string | null;

  @Field(() => RoundingPolicyInput, {
    nullable: true,
    description: 'How later entries are rounded; those there are stay as they are. Not at all unless told.',
  })
  roundingPolicy?: RoundingPolicyInput | null;

  @Field(() => VisibilityPreset, {
    nullable: true,
    description: 'What clients see; as the workspace decides, unless told.',
  })
  preset?: VisibilityPreset | null;

  @Field(() => VisibilitySettingsInput, { nullable: true, description: 'Settings that depart from the preset.' })
  settings?: VisibilityOverrides | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `createProject` made.' })
export class CreateProjectPayload {
  @Field({ description: 'The project, PLANNED. Who creates one manages it.' })
  project: Project;
}

@InputType({ description: 'Changes to a project: what is left out stays, null clears what can be empty.' })
export class UpdateProjectInput implements ProjectFacts {
  @Field(() => ID, { description: 'Which project.' })
  projectId: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the project is called, 1–200 characters; cannot be cleared.',
  })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A short code, up to 40 characters. Two projects may have the same.',
  })
  code?: string | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'First day, as planned.' })
  startDate?: string | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'Last day, as planned; not before the first.' })
  endDate?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about, for everybody; up to 10,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'For the team alone; up to 10,000 characters.' })
  internalDescription?: string | null;

  @Field(() => Billing, { nullable: true, description: 'How later work is billed.' })
  billing?: Billing | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What was agreed for the whole, net, in the project’s currency. A FIXED_FEE needs it.',
  })
  contractValue?: string | null;

  @Field(() => RoundingPolicyInput, {
    nullable: true,
    description: 'How later entries are rounded; those there are stay as they are.',
  })
  roundingPolicy?: RoundingPolicyInput | null;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `updateProject` changed.' })
export class UpdateProjectPayload {
  @Field({ description: 'The project.' })
  project: Project;
}

@InputType({ description: 'A project’s next status.' })
export class ChangeProjectStatusInput {
  @Field(() => ID, { description: 'Which project.' })
  projectId: string;

  @Field(() => ProjectStatus, { description: 'What it becomes; `INVALID_TRANSITION` names what it could.' })
  status: ProjectStatus;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `changeProjectStatus` changed.' })
export class ChangeProjectStatusPayload {
  @Field({ description: 'The project.' })
  project: Project;
}

@InputType({ description: 'What clients see of a project from now on.' })
export class UpdateProjectVisibilityInput {
  @Field(() => ID, { description: 'Which project.' })
  projectId: string;

  @Field(() => VisibilityPreset, {
    nullable: true,
    description: 'What the settings start from. Settings that depart from the old preset depart from the new one too.',
  })
  preset?: VisibilityPreset | null;

  @Field(() => VisibilitySettingsInput, {
    nullable: true,
    description: 'Settings that depart from the preset. Null for all of them at once: everything as the preset says.',
  })
  settings?: VisibilityOverrides | null;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `updateProjectVisibility` changed.' })
export class UpdateProjectVisibilityPayload {
  @Field({ description: 'The project.' })
  project: Project;
}
