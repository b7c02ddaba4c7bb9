import type { Context } from '../../context';
import { batched, batchedById, inOrderOf } from '../../platform/batch';
import type { Timer } from './timer.entity';
import { findRunning, findTimers } from './timers.repository';

/** The viewer's own timers, by id. */
export const loadTimer = batchedById<Context, Timer>('Timer', ({ db, access }, ids) => findTimers(db, access, ids));

/** The timer that runs for the viewer as this person. */
export const loadRunningTimer = batched<Context, string, Timer | null>(async ({ db, access }, personIds) =>
  inOrderOf(personIds, await findRunning(db, access, personIds), (timer) => timer.personId),
);
