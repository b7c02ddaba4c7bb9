import type { Context } from '../../context';
import { batched, inOrderOf } from '../../platform/batch';
import { batchedPages, type Connection } from '../../platform/paging';
import { findTimeEntries, pageTimeEntries, type TimeEntryListArgs } from './time.repository';
import type { TimeEntry } from './time-entry.entity';

/** Entries that the viewer may see, by id. */
export const loadTimeEntry = batched<Context, string, TimeEntry | null>(async ({ db, access }, ids) =>
  inOrderOf(ids, await findTimeEntries(db, access, ids), (entry) => entry.id),
);

/** A page of the entries of a project. */
export const loadTimeEntriesOfProject: (
  context: Context,
  projectId: string,
  args: TimeEntryListArgs,
) => Promise<Connection<TimeEntry>> = batchedPages(({ db, access }: Context, projectIds, args: TimeEntryListArgs) =>
  pageTimeEntries(db, access, projectIds, args),
);
