import type { Context } from '../../context';
import { batchedById } from '../../platform/batch';
import { batchedPages, type Connection, type PageArgs } from '../../platform/paging';
import { TimeEntrySort } from './time.inputs';
import { findTimeEntries, pageTimeEntries, pageTimeEntriesOfLines, type TimeEntryListArgs } from './time.repository';
import type { TimeEntry } from './time-entry.entity';

/** Entries that the viewer may see, by id. */
export const loadTimeEntry = batchedById<Context, TimeEntry>('TimeEntry', ({ db, access }, ids) =>
  findTimeEntries(db, access, ids),
);

/** A page of the entries of a project. */
export const loadTimeEntriesOfProject: (
  context: Context,
  projectId: string,
  args: TimeEntryListArgs,
) => Promise<Connection<TimeEntry>> = batchedPages(({ db, access }: Context, projectIds, args: TimeEntryListArgs) =>
  pageTimeEntries(db, access, projectIds, args),
);

/** A page of the entries that an invoice line was made from, first to last. */
export const loadTimeEntriesOfLine: (
  context: Context,
  lineId: string,
  page: PageArgs,
) => Promise<Connection<TimeEntry>> = batchedPages(({ db, access }: Context, lineIds, page: PageArgs) =>
  pageTimeEntriesOfLines(db, access, lineIds, { ...page, sort: TimeEntrySort.OLDEST }),
);
