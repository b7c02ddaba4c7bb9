import { Identity1700000000001 } from './0001-identity';
import { Projects1700000000002 } from './0002-projects';
import { Time1700000000003 } from './0003-time';
import { Invoices1700000000004 } from './0004-invoices';
import { Events1700000000005 } from './0005-events';
import { Conversion1700000000006 } from './0006-conversion';
import { InvitationMails1700000000007 } from './0007-invitation-mails';
import { MailDelivery1700000000008 } from './0008-mail-delivery';
import { Timers1700000000009 } from './0009-timers';
import { Notifications1700000000010 } from './0010-notifications';
import { TimeZones1700000000011 } from './0011-time-zones';
import { AccessChanges1700000000012 } from './0012-access-changes';
import { WorkingDuties1700000000013 } from './0013-working-duties';
import { TotalsOfParts1700000000014 } from './0014-totals-of-parts';
import { FreeCodes1700000000015 } from './0015-free-codes';
import { StartingGrants1700000000016 } from './0016-starting-grants';
import { InvoicesInOrder1700000000017 } from './0017-invoices-in-order';

/** In the order in which they run. A new migration is a new file and a new last line. */
export const migrations = [
  Identity1700000000001,
  Projects1700000000002,
  Time1700000000003,
  Invoices1700000000004,
  Events1700000000005,
  Conversion1700000000006,
  InvitationMails1700000000007,
  MailDelivery1700000000008,
  Timers1700000000009,
  Notifications1700000000010,
  TimeZones1700000000011,
  AccessChanges1700000000012,
  WorkingDuties1700000000013,
  TotalsOfParts1700000000014,
  FreeCodes1700000000015,
  StartingGrants1700000000016,
  InvoicesInOrder1700000000017,
];
