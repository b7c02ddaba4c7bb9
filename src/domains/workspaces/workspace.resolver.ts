import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context';
import { Workspace, WorkspaceBranding, WorkspaceSettings } from './workspace.entity';
import { countMembers } from './workspace.loaders';

@Resolver(() => Workspace)
export class WorkspaceResolver {
  @FieldResolver(() => WorkspaceBranding, { description: 'How the workspace shows itself to its clients.' })
  branding(@Root() workspace: Workspace): WorkspaceBranding {
    return { logoUrl: workspace.logoUrl, colour: workspace.brandColour };
  }

  @FieldResolver(() => WorkspaceSettings, { nullable: true, description: 'For owners and admins.' })
  settings(@Root() workspace: Workspace): WorkspaceSettings {
    return workspace;
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Active people, clients included. For owners and admins.' })
  memberCount(@Root() workspace: Workspace, @Ctx() context: Context): Promise<number> {
    return countMembers(context, workspace.id);
  }
}
