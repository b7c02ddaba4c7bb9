import { FieldResolver, Resolver } from 'type-graphql';
import { Duration, toDurationOrNull } from '../../platform/duration';
import { Parent } from '../../platform/parent';
import { Person } from './person.entity';

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => Duration, {
    nullable: true,
    description: 'Hours a week they can work. For themselves and managers.',
  })
  weeklyCapacity(@Parent() person: Person): Duration | null {
    return toDurationOrNull(person.weeklyCapacitySeconds);
  }
}
