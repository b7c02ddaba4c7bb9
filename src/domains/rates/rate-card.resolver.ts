import { Ctx, FieldResolver, ObjectType, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Money } from '../../platform/money';
import { Parent } from '../../platform/parent';
import { Person } from '../people/person.entity';
import { Project } from '../projects/project.entity';
import { Task } from '../tasks/task.entity';
import { todayIn } from '../workspaces/today';
import { RateKind } from './rate.entity';
import { loadPersonRate, loadProjectRate, loadTaskRate } from './rates.loaders';

@ObjectType({ simpleResolvers: true, description: 'What an hour on a project costs today, whoever works on whatever.' })
class RateCard {
  workspaceId: string;
  projectId: string;
}

@Resolver(() => Project)
export class RateCardOfProjectResolver {
  @FieldResolver(() => RateCard, { description: 'The project’s own rates, or those of its client.' })
  rateCard(@Parent() { workspaceId, projectId }: Project): RateCard {
    return { workspaceId, projectId };
  }
}

@Resolver(() => RateCard)
export class RateCardResolver {
  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What the client pays for an hour; null when there is none for the project or its client.',
  })
  billRate(@Parent() card: RateCard, @Ctx() context: Context): Promise<Money | null> {
    const on = todayIn(context, card.workspaceId);
    return loadProjectRate(context, { id: card.projectId, kind: RateKind.BILL, on });
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What an hour costs the company. For owners and admins.',
  })
  costRate(@Parent() card: RateCard, @Ctx() context: Context): Promise<Money | null> {
    const on = todayIn(context, card.workspaceId);
    return loadProjectRate(context, { id: card.projectId, kind: RateKind.COST, on });
  }
}

@Resolver(() => Person)
export class RatesOfPersonResolver {
  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What clients pay for an hour of theirs today, where no project says otherwise. For managers.',
  })
  billRate(@Parent() person: Person, @Ctx() context: Context): Promise<Money | null> {
    const on = todayIn(context, person.workspaceId);
    return loadPersonRate(context, { id: person.id, kind: RateKind.BILL, on });
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What an hour of theirs costs the company today: personal data, for owners and admins.',
  })
  costRate(@Parent() person: Person, @Ctx() context: Context): Promise<Money | null> {
    const on = todayIn(context, person.workspaceId);
    return loadPersonRate(context, { id: person.id, kind: RateKind.COST, on });
  }
}

@Resolver(() => Task)
export class RateOfTaskResolver {
  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What an hour on it costs the client today, whoever works on it; null without one. For managers.',
  })
  billRate(@Parent() task: Task, @Ctx() context: Context): Promise<Money | null> {
    const on = todayIn(context, task.workspaceId);
    return loadTaskRate(context, { id: task.id, kind: RateKind.BILL, on });
  }
}
