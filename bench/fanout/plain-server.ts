import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { answer, moment, usage } from './child';
import { COST, isClient, tokenOf } from './people';
import { eventOf, listening, plainHttp } from './socket-server';

/**
 * graphql-ws as its users have it: each event is executed and written once for every subscriber, from memory, by what
 * is known of them since they came. No database is asked.
 */
const schema = buildSchema(`
  scalar Cursor
  type Query { nothing: Boolean }
  type Subscription { portalEvents(after: Cursor): Event }
  type Event { cursor: String kind: String occurredAt: String project: Project subject: Subject }
  type Project { id: ID name: String totals: Totals }
  type Totals { billableTime: Duration internalCost: Money }
  type Duration { hours: Float }
  type Money { amount: String }
  union Subject = Task
  type Task { id: ID title: String status: String dueDate: String }
`);
const clients = new Set(
  Array.from({ length: 100_000 }, (_, nth) => nth)
    .filter(isClient)
    .map(tokenOf),
);

interface Subscriber {
  waiting: unknown[];
  wake?: () => void;
}
const subscribers = new Set<Subscriber>();

async function* events(): AsyncGenerator<unknown, void> {
  const own: Subscriber = { waiting: [] };
  subscribers.add(own);
  try {
    for (;;) {
      while (own.waiting.length > 0) yield own.waiting.shift();
      await new Promise<void>((resolve) => {
        own.wake = resolve;
      });
    }
  } finally {
    subscribers.delete(own);
  }
}

schema.getSubscriptionType()!.getFields().portalEvents.subscribe = events;
schema.getSubscriptionType()!.getFields().portalEvents.resolve = (nth) => eventOf(nth as number, COST);
const totals = schema.getType('Totals') as unknown as { getFields(): Record<string, { resolve: unknown }> };
totals.getFields().internalCost.resolve = (
  source: { internalCost: unknown },
  _args: unknown,
  { seesCosts }: { seesCosts: boolean },
) => (seesCosts ? source.internalCost : null);

const server = plainHttp();
useServer(
  {
    schema,
    context: ({ connectionParams }) => ({
      seesCosts: !clients.has(String(connectionParams?.authorization).replace('Bearer ', '')),
    }),
  },
  new WebSocketServer({ server, perMessageDeflate: false }),
);

let told = 0;
/** When it begins. */
function tell(): number {
  const at = moment();
  const nth = told++;
  for (const subscriber of subscribers) {
    subscriber.waiting.push(nth);
    subscriber.wake?.();
  }
  return at;
}

answer({
  ...usage,
  listen: () => listening(server),
  tell,
});
