import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Duration, toDurationOrNull } from '../../platform/duration';
import { Person } from './person.entity';

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => Duration, {
    nullable: true,
    description: 'Hours a week they can work. For themselves and managers.',
  })
  weeklyCapacity(@Root() person: Person): Duration | null {
    return toDurationOrNull(person.weeklyCapacitySeconds);
  }
}
