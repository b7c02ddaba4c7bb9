import { after, days, today } from '../../platform/clock';

const AT_HOUR = 8;

/** When the next digest is due: at 08:00 on the wall of a time zone, every day, or on Mondays. */
export function nextDigest(now: Date, timeZone: string, frequency: 'DAILY' | 'WEEKLY'): Date {
  for (let ahead = 0; ; ahead++) {
    const date = dayAfter(today({ now: () => now }, timeZone), ahead);
    const isMonday = new Date(`${date}T00:00:00Z`).getUTCDay() === 1;
    const moment = momentOf(date, AT_HOUR, timeZone);
    if (moment > now && (frequency === 'DAILY' || isMonday)) return moment;
  }
}

const dayAfter = (date: string, ahead: number): string =>
  after(new Date(`${date}T00:00:00Z`), days(ahead))
    .toISOString()
    .slice(0, 10);

/** The moment at which the clock on the wall shows this hour: also on days that are an hour shorter or longer. */
function momentOf(date: string, hour: number, timeZone: string): Date {
  const asIfUtc = new Date(`${date}T${String(hour).padStart(2, '0')}:00:00Z`);
  // The offset is that of the moment itself; a first guess is off by the offset, and so at most by a change of it.
  const guess = after(asIfUtc, -offsetAt(asIfUtc, timeZone));
  return after(asIfUtc, -offsetAt(guess, timeZone));
}

/** How far the clock on the wall is ahead of UTC. */
function offsetAt(moment: Date, timeZone: string): number {
  const wall = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...ALL }).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(wall.find((one) => one.type === type)!.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(moment.getTime() / 1000) * 1000;
}

const ALL = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;
