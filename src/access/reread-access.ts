import type { Reading } from '../platform/batch';
import type { Clock } from '../platform/clock';
import type { Sql } from '../platform/database';
import { loadAccess } from './load-access';
import type { Asking } from './rules';

/** The part of a request's context that says who calls. */
export interface Caller extends Asking, Reading {
  db: Sql;
  clock: Clock;
  request: { token?: string };
}

/**
 * Asks again who calls and what they hold: for a use case that changes just that (signed in, signed out, in a new
 * workspace), so that its own payload and all that follows in the operation is judged by the new state.
 */
export async function rereadAccess(context: Caller): Promise<void> {
  context.access = await loadAccess(context.db, context.clock, context.request.token);
  context.reads = {};
}
