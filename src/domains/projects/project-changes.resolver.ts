import { Arg, Ctx, FieldResolver, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Parent } from '../../platform/parent';
import { createProject } from './create-project';
import { Project } from './project.entity';
import {
  ChangeProjectStatusInput,
  ChangeProjectStatusPayload,
  CreateProjectInput,
  CreateProjectPayload,
  UpdateProjectInput,
  UpdateProjectPayload,
  UpdateProjectVisibilityInput,
  UpdateProjectVisibilityPayload,
} from './project-changes.inputs';
import { changeProjectStatus, updateProject, updateProjectVisibility } from './projects.service';
import { RoundingPolicy } from './rounding-policy.types';

@Resolver(() => Project)
export class ProjectChangesResolver {
  @Mutation(() => CreateProjectPayload, {
    description: 'Begins a project. For the role MANAGER or more, for client organisations that they see.',
  })
  async createProject(
    @Arg('input', () => CreateProjectInput, { description: 'For whom, and what it starts with.' })
    input: CreateProjectInput,
    @Ctx() context: Context,
  ): Promise<CreateProjectPayload> {
    return { project: await createProject(context, input) };
  }

  @Mutation(() => UpdateProjectPayload, { description: 'Edits a project. For those who manage it.' })
  async updateProject(
    @Arg('input', () => UpdateProjectInput, { description: 'Which, and what changes.' }) input: UpdateProjectInput,
    @Ctx() context: Context,
  ): Promise<UpdateProjectPayload> {
    return { project: await updateProject(context, input) };
  }

  @Mutation(() => ChangeProjectStatusPayload, {
    description: 'Takes a project through its life: see `ProjectStatus`. For those who manage it.',
  })
  async changeProjectStatus(
    @Arg('input', () => ChangeProjectStatusInput, { description: 'Which, and what it becomes.' })
    input: ChangeProjectStatusInput,
    @Ctx() context: Context,
  ): Promise<ChangeProjectStatusPayload> {
    return { project: await changeProjectStatus(context, input) };
  }

  @Mutation(() => UpdateProjectVisibilityPayload, {
    description: 'Decides what clients see of a project, from their next request on (F-123). For those who manage it.',
  })
  async updateProjectVisibility(
    @Arg('input', () => UpdateProjectVisibilityInput, { description: 'Which, and what changes.' })
    input: UpdateProjectVisibilityInput,
    @Ctx() context: Context,
  ): Promise<UpdateProjectVisibilityPayload> {
    return { project: await updateProjectVisibility(context, input) };
  }

  @FieldResolver(() => RoundingPolicy, {
    nullable: true,
    description: 'How the time of later entries is rounded. For managers.',
  })
  roundingPolicy(@Parent() { roundingMode, roundingMinutes }: Project): RoundingPolicy {
    return { mode: roundingMode, minutes: roundingMinutes };
  }
}
