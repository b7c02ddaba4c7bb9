import { Args, Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Parent } from '../../platform/parent';
import { DateTimeScalar } from '../../platform/scalars';
import { Viewer } from '../auth/viewer.types';
import { Project } from '../projects/project.entity';
import { loadActivityOfProject, loadLastActivity } from './activity.loaders';
import { activityOfViewer } from './activity.service';
import { ActivityArgs, ActivityConnection, ActivityEvent } from './activity-event.types';
import { toldEventResolver } from './told-event.resolver';

@Resolver(() => ActivityEvent)
export class ActivityEventResolver extends toldEventResolver(() => ActivityEvent) {}

@Resolver(() => Project)
export class ProjectActivityResolver {
  @FieldResolver(() => ActivityConnection, {
    nullable: true,
    description: 'What happened on the project in the last 30 days, newest first, as far as you may see it (F-083).',
  })
  activity(
    @Parent() project: Project,
    @Args(() => ActivityArgs) page: ActivityArgs,
    @Ctx() context: Context,
  ): Promise<ActivityConnection> {
    return loadActivityOfProject(context, project.id, page);
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description:
      'When something last happened on the project that you may see: what you may not see does not move it. Null when ' +
      'nothing did for 30 days (F-063).',
  })
  lastActivityAt(@Parent() project: Project, @Ctx() context: Context): Promise<Date | null> {
    return loadLastActivity(context, project.id);
  }
}

@Resolver(() => Viewer)
export class ViewerActivityResolver {
  @FieldResolver(() => ActivityConnection, {
    description: 'What happened on all your projects in the last 30 days, newest first, as far as you may see it.',
  })
  activity(@Args(() => ActivityArgs) page: ActivityArgs, @Ctx() context: Context): Promise<ActivityConnection> {
    return activityOfViewer(context, page);
  }
}
