/** The only source of "now". Tests and the demo world hold it still; nothing else reads the machine's time. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** The calendar date that a clock on the wall of `timeZone` shows: answers "what is today" and nothing else. */
export function today(clock: Clock, timeZone: string): string {
  const wall = walls.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  walls.set(timeZone, wall);
  return wall.format(clock.now());
}

/** One for each time zone in use: to make one takes longer than all else here. */
const walls = new Map<string, Intl.DateTimeFormat>();

export const seconds = (n: number): number => n * 1000;
export const minutes = (n: number): number => seconds(60 * n);
export const hours = (n: number): number => minutes(60 * n);
export const days = (n: number): number => hours(24 * n);

export const after = (moment: Date, milliseconds: number): Date => new Date(moment.getTime() + milliseconds);

/** A moment for people whose time zone is unknown: `2026-03-23 10:00 UTC`. */
export function inWords(moment: Date): string {
  const text = moment.toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}
