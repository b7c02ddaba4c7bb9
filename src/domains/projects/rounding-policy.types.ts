import { Field, Int, ObjectType } from 'type-graphql';
import { RoundingMode } from './project.enums';

@ObjectType({ simpleResolvers: true, description: 'How the time of each entry is rounded, once, when it is logged.' })
export class RoundingPolicy {
  @Field(() => RoundingMode, { description: 'In which direction.' })
  mode: RoundingMode;

  @Field(() => Int, { description: 'In steps of how many minutes.' })
  minutes: number;
}
