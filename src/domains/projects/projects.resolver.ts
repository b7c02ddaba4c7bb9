import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { type Connection, connectionOf, Page, type PageArgs } from '../../platform/paging';
import { Parent } from '../../platform/parent';
import { ClientOrganisation } from '../clients/client-organisation.entity';
import { loadOrganisation } from '../clients/clients.loaders';
import { Workspace } from '../workspaces/workspace.entity';
import { loadWorkspace } from '../workspaces/workspace.loaders';
import { MyAccess, myAccessOn } from './my-access';
import { Project } from './project.entity';
import { ProjectFilter, ProjectSort } from './project.inputs';
import { projectsOf, projectWith } from './projects.service';
import { ProjectVisibility, visibilityOf } from './visibility.types';

const ProjectConnection = connectionOf(() => Project, 'Project');

@Resolver(() => Project)
export class ProjectsResolver {
  @Query(() => ProjectConnection, { description: 'The projects you may see, over all your workspaces (F-061).' })
  projects(
    @Page() page: PageArgs,
    @Arg('filter', () => ProjectFilter, { nullable: true, description: 'Which ones; all but archived without it.' })
    filter: ProjectFilter | null,
    @Arg('sort', () => ProjectSort, { defaultValue: ProjectSort.NAME, description: 'In which order.' })
    sort: ProjectSort,
    @Ctx() context: Context,
  ): Promise<Connection<Project>> {
    return projectsOf(context, { filter, sort, page });
  }

  @Query(() => Project, { nullable: true, description: 'A project by id; null when there is none that you may see.' })
  project(
    @Arg('id', () => ID, { description: 'The project’s id.' }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Project | null> {
    return projectWith(context, id, info);
  }

  @FieldResolver(() => ClientOrganisation, { nullable: true, description: 'Who the project is done for.' })
  clientOrganisation(@Parent() project: Project, @Ctx() context: Context): Promise<ClientOrganisation | null> {
    return loadOrganisation(context, project.clientOrganisationId);
  }

  @FieldResolver(() => Workspace, { nullable: true, description: 'Who does the project.' })
  workspace(@Parent() project: Project, @Ctx() context: Context): Promise<Workspace | null> {
    return loadWorkspace(context, project.workspaceId);
  }

  @FieldResolver(() => MyAccess, { description: 'What you may see and do here: draw your screens from it.' })
  myAccess(@Parent() project: Project, @Ctx() { access }: Context): MyAccess {
    return myAccessOn(project, access.permit(project)!);
  }

  @FieldResolver(() => ProjectVisibility, {
    nullable: true,
    description: 'What clients see of the project. For managers.',
  })
  visibility(@Parent() project: Project): ProjectVisibility {
    return visibilityOf(project);
  }
}
