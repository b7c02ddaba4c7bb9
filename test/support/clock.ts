import { after, type Clock } from '../../src/platform/clock';

/** A clock that stands still until a test moves it. */
export class TestClock implements Clock {
  constructor(private moment = new Date('2026-03-16T10:00:00Z')) {}

  now(): Date {
    return this.moment;
  }

  advance(milliseconds: number): void {
    this.moment = after(this.moment, milliseconds);
  }

  set(moment: string | Date): void {
    this.moment = new Date(moment);
  }
}
