import { nextDigest } from '../../../src/domains/notifications/digest.logic';

const at = (now: string, timeZone: string, frequency: 'DAILY' | 'WEEKLY' = 'DAILY') =>
  nextDigest(new Date(now), timeZone, frequency).toISOString();

describe('the next digest', () => {
  it.each([
    ['before eight', '2026-03-16T05:00:00Z', 'Europe/Oslo', '2026-03-16T07:00:00.000Z'],
    ['at eight exactly: the next day', '2026-03-16T07:00:00Z', 'Europe/Oslo', '2026-03-17T07:00:00.000Z'],
    ['after eight', '2026-03-16T10:00:00Z', 'Europe/Oslo', '2026-03-17T07:00:00.000Z'],
    ['over the night that is an hour shorter', '2026-03-28T10:00:00Z', 'Europe/Oslo', '2026-03-29T06:00:00.000Z'],
    ['over the night that is an hour longer', '2026-10-24T10:00:00Z', 'Europe/Oslo', '2026-10-25T07:00:00.000Z'],
    ['in New York', '2026-03-07T18:00:00Z', 'America/New_York', '2026-03-08T12:00:00.000Z'],
    ['with half an hour between', '2026-03-16T02:29:59Z', 'Asia/Kolkata', '2026-03-16T02:30:00.000Z'],
    ['where tomorrow has begun', '2026-03-16T19:30:00Z', 'Pacific/Kiritimati', '2026-03-17T18:00:00.000Z'],
    ['where it is yesterday', '2026-03-16T05:00:00Z', 'Pacific/Pago_Pago', '2026-03-16T19:00:00.000Z'],
  ])('is at 08:00 on the wall of its reader %s', (_name, now, timeZone, expected) => {
    expect(at(now, timeZone)).toBe(expected);
  });

  it.each([
    ['on a Tuesday', '2026-03-17T10:00:00Z', '2026-03-23T07:00:00.000Z'],
    ['on Monday morning', '2026-03-16T06:59:00Z', '2026-03-16T07:00:00.000Z'],
    ['on Monday at eight', '2026-03-16T07:00:00Z', '2026-03-23T07:00:00.000Z'],
    ['over the change of the clocks', '2026-03-24T10:00:00Z', '2026-03-30T06:00:00.000Z'],
  ])('of a week is on Monday: %s', (_name, now, expected) => {
    expect(at(now, 'Europe/Oslo', 'WEEKLY')).toBe(expected);
  });
});
