import type { ContextParts } from '../api/contexts';
import { forgetOldEvents } from '../domains/activity/forget-old-events';
import { seconds } from '../platform/clock';
import type { Job } from '../platform/jobs';

/** How often each process looks for what is due. */
export const JOBS_EVERY_MS = seconds(3);

/** What jobs work with. */
export interface JobParts {
  parts: ContextParts;
}

/** Everything that happens by the clock alone. A new job is a new line. */
export function jobsOf({ parts }: JobParts): Job[] {
  return [{ name: 'forget old events', run: (stopping) => forgetOldEvents(parts, stopping) }];
}
