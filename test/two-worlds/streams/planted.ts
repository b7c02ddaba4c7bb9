import type { GraphQLSchema } from 'graphql';
import type { Asking } from '../../../src/access/rules';
import { servedSchema } from '../../../src/api/schema';
import type { Heard } from '../../../src/events/as-seen';
import type { Event } from '../../../src/events/event.entity';
import type { PortalOptions } from './portal';

export type Hears = (asking: Asking, event: Event) => Promise<Heard | null>;

/** A leak put on purpose into what tells of events, to see whether it is found. No product code knows of it. */
export interface StreamPlant {
  /** What leaks, and how others leaked it (L-14 to L-18, L-30). */
  name: string;
  /** Who profits. */
  persona: string;
  seed?: number;
  /** In who hears what: in the place of `asHeardBy`, which it may ask. */
  hears?: (asHeardBy: Hears) => Hears;
  /** In what a socket gives its streams. */
  wired?: () => PortalOptions['wired'];
  /** In what is answered. */
  schema?: () => GraphQLSchema;
}

export const schemaOf = ({ schema = servedSchema }: StreamPlant): GraphQLSchema => schema();

/** Which of them is at work; none of them, unless the test says so. */
export const planted: { hears: ((asHeardBy: Hears) => Hears) | undefined } = { hears: undefined };
