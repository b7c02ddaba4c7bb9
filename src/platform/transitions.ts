import { PorticoError } from './errors';

/** The life of a thing: the states that each of its states leads to. */
export type Life<S extends string> = Record<S, readonly S[]>;

/** Refuses a change of state that the life of the thing does not have; staying is no change either. */
export function expectTransition<S extends string>(life: Life<S>, from: S, to: S): void {
  const allowed = life[from];
  if (!allowed.includes(to)) throw invalidTransition({ from, to, allowed });
}

/** `to` may also be what is done to a thing and is no state of it (deleting). */
export function invalidTransition(facts: { from: string; to: string; allowed: readonly string[] }): PorticoError {
  const { from, to, allowed } = facts;
  const ways = allowed.length === 0 ? 'this state is final' : `from here it can become ${allowed.join(' or ')}`;
  return new PorticoError('INVALID_TRANSITION', `It is ${from} and cannot become ${to}: ${ways}.`, {
    from,
    to,
    allowed: [...allowed],
  });
}
