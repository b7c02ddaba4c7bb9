import { Arg, Ctx, FieldResolver, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { type Connection, connectionOf, Page, type PageArgs } from '../../platform/paging';
import { Parent } from '../../platform/parent';
import { loadPersonOnProject } from '../people/people.loaders';
import { PersonConnection } from '../people/people.types';
import { Person } from '../people/person.entity';
import { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import {
  RemoveFromProjectInput,
  RemoveFromProjectPayload,
  ResumeProjectAccessInput,
  ResumeProjectAccessPayload,
  SuspendProjectAccessInput,
  SuspendProjectAccessPayload,
  UpdateProjectPermissionsInput,
  UpdateProjectPermissionsPayload,
} from './members.inputs';
import { loadMembersOf, loadPeopleOf } from './members.loaders';
import { removeFromProject, setAside, updateProjectPermissions } from './members.service';
import { ProjectMember } from './project-member.types';

const ProjectMemberConnection = connectionOf(() => ProjectMember, 'ProjectMember');

@Resolver()
export class MembersResolver {
  @Mutation(() => UpdateProjectPermissionsPayload, {
    description:
      'Changes what somebody holds on a project (F-049); it counts from their next request. Who manages the project ' +
      'gives trackTime and clientView, owners and admins all four (GRANT_EXCEEDS_GRANTER). To put somebody on a ' +
      'project, use inviteToProject.',
  })
  updateProjectPermissions(
    @Arg('input', () => UpdateProjectPermissionsInput, { description: 'Whose, where, and what.' })
    input: UpdateProjectPermissionsInput,
    @Ctx() context: Context,
  ): Promise<UpdateProjectPermissionsPayload> {
    return updateProjectPermissions(context, input);
  }

  @Mutation(() => RemoveFromProjectPayload, {
    description:
      'Takes somebody off a project: gone with their next request, their entries stay. Somebody with internalCosts or ' +
      'managesProject is taken off by owners and admins alone. A pending invitation: revokeInvitation.',
  })
  removeFromProject(
    @Arg('input', () => RemoveFromProjectInput, { description: 'Whom, and where.' }) input: RemoveFromProjectInput,
    @Ctx() context: Context,
  ): Promise<RemoveFromProjectPayload> {
    return removeFromProject(context, input);
  }

  @Mutation(() => SuspendProjectAccessPayload, { description: 'Sets a grant aside without losing what it says.' })
  suspendProjectAccess(
    @Arg('input', () => SuspendProjectAccessInput, { description: 'Whose, and where.' })
    input: SuspendProjectAccessInput,
    @Ctx() context: Context,
  ): Promise<SuspendProjectAccessPayload> {
    return setAside(context, input, 'SUSPENDED');
  }

  @Mutation(() => ResumeProjectAccessPayload, { description: 'Gives a suspended grant back as it was.' })
  resumeProjectAccess(
    @Arg('input', () => ResumeProjectAccessInput, { description: 'Whose, and where.' }) input: ResumeProjectAccessInput,
    @Ctx() context: Context,
  ): Promise<ResumeProjectAccessPayload> {
    return setAside(context, input, 'ACTIVE');
  }
}

@Resolver(() => Project)
export class ProjectMembersResolver {
  @FieldResolver(() => ProjectMemberConnection, {
    nullable: true,
    description: 'Who is on the project with which permissions, invited people included (F-029). For its managers.',
  })
  members(
    @Parent() project: Project,
    @Page() page: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<ProjectMember>> {
    return loadMembersOf(context, project.id, page);
  }

  @FieldResolver(() => PersonConnection, {
    nullable: true,
    description:
      'Who is on the project now (F-054): to clients its team, as the setting `people` says, and their own colleagues. ' +
      'Owners and admins are on it by grant only.',
  })
  people(@Parent() project: Project, @Page() page: PageArgs, @Ctx() context: Context): Promise<Connection<Person>> {
    return loadPeopleOf(context, project.id, page);
  }
}

@Resolver(() => ProjectMember)
export class ProjectMemberResolver {
  @FieldResolver(() => Project, { nullable: true, description: 'The project.' })
  project(@Parent() member: ProjectMember, @Ctx() context: Context): Promise<Project | null> {
    return loadProject(context, member.projectId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who it is; null for somebody not yet here.' })
  async person(@Parent() { personId, projectId }: ProjectMember, @Ctx() context: Context): Promise<Person | null> {
    return personId === null ? null : loadPersonOnProject(context, { personId, projectId });
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who gave it last.' })
  async grantedBy(
    @Parent() { grantedBy: personId, projectId }: ProjectMember,
    @Ctx() context: Context,
  ): Promise<Person | null> {
    return personId === null ? null : loadPersonOnProject(context, { personId, projectId });
  }
}
