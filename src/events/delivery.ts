import type { Heard } from './as-seen';
import type { SharedAnswer } from './cohort';
import type { NumberedEvent } from './event.entity';
import type { EventKind } from './event-types';

/** An event as it is answered. */
export interface HeardEvent extends Heard {
  event: NumberedEvent;
  cursor: string;
}

/** One event on its way to one person, with a context as fresh as the event. */
export interface Delivery<C> extends HeardEvent {
  context: C;
  /** To be called once it is answered and goes to the socket next. */
  given(): void;
}

export interface StreamFilter {
  workspaceId?: string | null;
  projectIds?: readonly string[] | null;
  kinds?: readonly EventKind[] | null;
}

/** Where the answers of one stream go, and what the socket does when the stream has to end with it. */
export interface Outlet {
  /** It has taken all that was sent so far. */
  isFree(): boolean;
  /** Sends what was answered for many, with the cursor of this one in it. */
  pass(answer: SharedAnswer, cursor: string): void;
  sessionEnded(): void;
  lagged(lastCursor: string): void;
  /** The server cannot go on. */
  failed(error: unknown): void;
}
