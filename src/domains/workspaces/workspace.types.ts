import { Field, ObjectType } from 'type-graphql';
import { Workspace } from './workspace.entity';

@ObjectType({ simpleResolvers: true, description: 'The new workspace, whose owner the caller is.' })
export class CreateWorkspacePayload {
  @Field(() => Workspace, { description: 'The workspace.' })
  workspace: Workspace;
}

@ObjectType({ simpleResolvers: true, description: 'The workspace as it is now.' })
export class UpdateWorkspacePayload {
  @Field(() => Workspace, { description: 'The workspace.' })
  workspace: Workspace;
}
