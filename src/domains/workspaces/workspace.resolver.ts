import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver } from 'type-graphql';
import { resolveSettings } from '../../access/visibility';
import type { Context } from '../../context';
import { Parent } from '../../platform/parent';
import { Workspace, WorkspaceBranding, WorkspaceSettings } from './workspace.entity';
import { CreateWorkspaceInput, UpdateWorkspaceInput } from './workspace.inputs';
import { countMembers } from './workspace.loaders';
import { CreateWorkspacePayload, UpdateWorkspacePayload } from './workspace.types';
import { createWorkspace, updateWorkspace } from './workspaces.service';

@Resolver(() => Workspace)
export class WorkspaceResolver {
  @FieldResolver(() => WorkspaceBranding, { description: 'How the workspace shows itself to its clients.' })
  branding(@Parent() workspace: Workspace): WorkspaceBranding {
    return { logoUrl: workspace.logoUrl, colour: workspace.brandColour };
  }

  @FieldResolver(() => WorkspaceSettings, { nullable: true, description: 'For owners and admins.' })
  settings(@Parent() workspace: Workspace): WorkspaceSettings {
    const { defaultPreset, defaultVisibility } = workspace;
    return { ...workspace, defaultVisibility: resolveSettings(defaultPreset, defaultVisibility) };
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Active people, clients included. For owners and admins.' })
  memberCount(@Parent() workspace: Workspace, @Ctx() context: Context): Promise<number> {
    return countMembers(context, workspace.id);
  }
  @Mutation(() => CreateWorkspacePayload, {
    description: 'Opens a workspace of one’s own, as its owner. Clients may: they stay clients elsewhere (F-014).',
  })
  async createWorkspace(
    @Arg('input', () => CreateWorkspaceInput, { description: 'Its name.' }) input: CreateWorkspaceInput,
    @Ctx() context: Context,
  ): Promise<CreateWorkspacePayload> {
    return { workspace: await createWorkspace(context, input) };
  }

  @Mutation(() => UpdateWorkspacePayload, {
    description: 'Changes name, branding, defaults and rules of a workspace. For owners and admins.',
  })
  async updateWorkspace(
    @Arg('input', () => UpdateWorkspaceInput, { description: 'What to change.' }) input: UpdateWorkspaceInput,
    @Ctx() context: Context,
  ): Promise<UpdateWorkspacePayload> {
    return { workspace: await updateWorkspace(context, input) };
  }
}
