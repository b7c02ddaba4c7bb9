import { Field, Float, ObjectType } from 'type-graphql';
import { SafeIntScalar } from './scalars';

/** Time spent. Inside the server durations are whole seconds (`number`, or `bigint` where sums are read). */
@ObjectType('Duration', { simpleResolvers: true, description: 'Time spent, in whole seconds.' })
export class Duration {
  @Field(() => SafeIntScalar, { description: 'Whole seconds: the number to calculate with.' })
  seconds: number;

  @Field(() => Float, {
    description: 'The same in hours with two decimals, rounded half up: to show, never to calculate money from.',
  })
  hours: number;
}

export function toDuration(seconds: number | bigint): Duration {
  const whole = Number(seconds);
  return { seconds: whole, hours: Math.floor((whole * 100) / 3600 + 0.5) / 100 };
}

export const toDurationOrNull = (seconds: number | bigint | null): Duration | null =>
  seconds === null ? null : toDuration(seconds);
