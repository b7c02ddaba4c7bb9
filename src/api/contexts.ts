import type { KeptAccess } from '../access/kept-access';
import { loadAccessOfUser } from '../access/load-access';
import type { ProjectAccess } from '../access/project-access';
import { Withheld } from '../access/withheld';
import type { Context, RequestFacts, ServerSettings } from '../context';
import { touchSession } from '../domains/auth/sessions.repository';
import { loadPersonOnProject } from '../domains/people/people.loaders';
import type { Cursors } from '../events/cursor';
import type { LiveStream } from '../events/open-stream';
import type { Clock } from '../platform/clock';
import type { Database, Tx } from '../platform/database';
import { loadNode } from './nodes';

/** What every context of a server is made from. */
export interface ContextParts {
  database: Database;
  clock: Clock;
  settings: ServerSettings;
  cursors: Cursors;
}

interface Operation {
  request: RequestFacts;
  cost: number;
  source?: string;
  live?: LiveStream<Context>;
}

/** The context of one operation: who calls is read with it. */
export async function contextFor(parts: ContextParts, kept: KeptAccess, operation: Operation): Promise<Context> {
  const access = await kept.of(operation.request.token);
  if (access.session) await touchSession(parts.database, parts.clock, access.session);
  return contextWith(parts, operation, access);
}

/** The same for somebody who was read already: nothing of another context is in it. */
export function contextWith(parts: ContextParts, operation: Operation, access: ProjectAccess): Context {
  const { database, ...rest } = parts;
  const context: Context = Object.assign(sharedWithCopies({ access, reads: {} }), rest, operation, {
    withheld: new Withheld(),
    node: (id: string) => loadNode(context, id),
    isShownOn: async (projectId: string, personId: string) =>
      (await loadPersonOnProject(context, { projectId, personId })) !== null,
    db: database.forRequest(() => {
      context.reads = {};
    }),
  });
  return context;
}

/** The context of somebody who is written to: nobody asks, and it reads what they may see now. Null: nothing any more. */
export async function contextOfReceiver(parts: ContextParts, userId: string): Promise<Context | null> {
  const access = await loadAccessOfUser(parts.database, parts.clock, userId);
  return access && contextWith(parts, { request: { id: 'mail', ip: '' }, cost: 0 }, access);
}

/** The same inside a transaction, of somebody who was read in it: for what is made for them. */
export function contextInside(parts: ContextParts, tx: Tx, access: ProjectAccess): Context {
  const context = contextWith(parts, { request: { id: 'notification', ip: '' }, cost: 0 }, access);
  context.db = { rows: tx.rows, row: tx.row, transaction: (work) => work(tx) };
  return context;
}

type Changing = Pick<Context, 'access' | 'reads'>;

/**
 * Apollo hands the resolvers a copy of the context, made property by property. What changes while an operation runs
 * lies behind accessors of the prototype, which the copy keeps: else the copy would go on reading what was before.
 */
function sharedWithCopies(state: Changing): Changing {
  return Object.create({
    get access() {
      return state.access;
    },
    set access(access) {
      state.access = access;
    },
    get reads() {
      return state.reads;
    },
    set reads(reads) {
      state.reads = reads;
    },
  } satisfies Changing);
}
