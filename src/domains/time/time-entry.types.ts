import { connectionOf } from '../../platform/paging';
import { TimeEntry } from './time-entry.entity';

export const TimeEntryConnection = connectionOf(() => TimeEntry, 'TimeEntry');
