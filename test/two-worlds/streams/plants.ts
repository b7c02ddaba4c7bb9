import type { ProjectAccess } from '../../../src/access/project-access';
import type { Asking } from '../../../src/access/rules';
import type { Context } from '../../../src/context';
import type { Heard } from '../../../src/events/as-seen';
import type { Event } from '../../../src/events/event.entity';
import type { Hub } from '../../../src/events/hub';
import { tokenOf } from '../personas';
import { type Instead, schemaWith } from '../plants';
import { knownId } from '../world/book';
import { BESIDE } from './living-world';
import type { Hears, StreamPlant } from './planted';

const whole = ({ kind, projectId, subjectId }: Event): Heard => ({ kind, projectId, subjectId });
const ofProject = ({ projectId }: Event): Heard => ({ kind: 'project.updated', projectId, subjectId: projectId });

const isOpen = (access: ProjectAccess, { workspaceId, projectId }: Event): boolean =>
  projectId !== null && access.permit({ workspaceId, projectId }) !== undefined;

/** Told otherwise than it should be where the project is open and the event fits; as it should be elsewhere. */
const alsoTelling =
  (fits: (event: Event) => boolean, how: (event: Event) => Heard = whole) =>
  (asHeardBy: Hears): Hears =>
  async (asking, event) =>
    (await asHeardBy(asking, event)) ?? (isOpen(asking.access, event) && fits(event) ? how(event) : null);

const isTask = ({ subjectId }: Event): boolean => subjectId?.startsWith('tsk_') === true;
const isTotal = (field: string): boolean => field.startsWith('ProjectTotals.');

/** One leak of each kind that streams, feeds and notifications of real servers had. */
export const PLANTED_STREAMS: readonly StreamPlant[] = [
  {
    name: 'an event that is judged by what its actor may see',
    persona: 'clara',
    hears: (asHeardBy) => async (asking, event) =>
      event.actorId && isOpen(asking.access, event) ? whole(event) : asHeardBy(asking, event),
  },
  {
    name: 'an event that is judged by its subject, whatever of it changed',
    persona: 'clara',
    hears: (asHeardBy) => async (asking, event) => {
      const isSeen = isOpen(asking.access, event) && (await asking.node(event.subjectId!)) !== null;
      return isSeen ? whole(event) : asHeardBy(asking, event);
    },
  },
  { name: 'a hidden task that is told of, without its text', persona: 'clara', hears: alsoTelling(isTask) },
  {
    name: 'a draft that is told of as a change to the project',
    persona: 'clara',
    // In the story of the common seed nobody drafts what she could hear of.
    seed: 2,
    hears: alsoTelling(({ kind }) => kind === 'invoice.updated', ofProject),
  },
  {
    name: 'an hour that is not billable, told where billable hours alone are shown',
    persona: 'clara',
    hears: alsoTelling(({ changed, timeRelease }) => timeRelease === 'BEFORE' && changed.some(isTotal), ofProject),
  },
  {
    name: 'hours that are told before their invoice releases them',
    persona: 'clara',
    hears: (asHeardBy) => (asking, event) => asHeardBy(asking, { ...event, timeRelease: null }),
  },
  {
    name: 'a cursor that counts what is hidden',
    persona: 'clara',
    wired: () => (live) => ({ ...live, cursors: Object.assign(Object.create(live.cursors), { seal: inClear }) }),
  },
  {
    name: 'permissions that are asked once for a stream',
    persona: 'rolf',
    wired: () => (live) => ({ ...live, hub: withAccessKept(live.hub) }),
  },
  {
    name: 'what was read for one receiver, used for the next',
    persona: 'clara',
    wired: () => {
      const last = new WeakMap<Hub, Context>();
      return (live) => ({
        ...live,
        contextOf: (access) => {
          const context = live.contextOf(access);
          if (isBeside(access)) last.set(live.hub, context);
          return Object.assign(context, { node: (last.get(live.hub) ?? context).node });
        },
      });
    },
  },
  {
    name: 'what is told again without asking who may hear it today',
    persona: 'clara',
    hears: (asHeardBy) => async (asking, event) =>
      event.occurredAt < (asking as Context).clock.now() && isOpen(asking.access, event)
        ? whole(event)
        : asHeardBy(asking, event),
  },
  {
    name: 'a ping for every change, so that clients read anew',
    persona: 'bo',
    hears: alsoTelling(() => true, ofProject),
  },
  {
    name: 'an answer that is written as its publisher reads',
    persona: 'clara',
    hears: (asHeardBy) => (asking, event) => asHeardBy((asking as Published).receiver ?? asking, event),
    wired: () => (live) => {
      let publisher: ProjectAccess | undefined;
      void live.hub.accessOf(tokenOf(BESIDE)).then((access) => {
        publisher = access;
      });
      const contextOf = (access: ProjectAccess) =>
        Object.assign(live.contextOf(publisher ?? access), { receiver: live.contextOf(access) });
      return { ...live, contextOf };
    },
  },
  {
    name: 'an actor who is named though people are masked',
    persona: 'clara',
    schema: () => schemaWith({ behind: { 'PortalEvent.actor': anybody } }),
  },
  {
    name: 'a feed that is filtered after its page is cut',
    persona: 'clara',
    schema: () => schemaWith({ behind: { 'Project.activity': cutBefore } }),
  },
  {
    name: 'a last activity that may be a hidden one',
    persona: 'clara',
    schema: () => schemaWith({ behind: { 'Project.lastActivityAt': lastOfAll } }),
  },
  {
    name: 'a badge that counts what happened, and not what was told',
    persona: 'clara',
    schema: () => schemaWith({ behind: { 'Viewer.unreadNotificationCount': countOfAll } }),
  },
  {
    name: 'a notification that quotes what the team wrote to itself',
    persona: 'clara',
    schema: () => schemaWith({ behind: { 'Notification.text': quoting } }),
  },
];

type Published = Asking & { receiver?: Asking };

const isBeside = (access: ProjectAccess): boolean => access.personIds.includes(knownId('Person', BESIDE)!);

/** How far the stream of each workspace has come, as a number. */
const inClear = (_userId: string, positions: Map<string, { seq: bigint }>): string =>
  Buffer.from(JSON.stringify([...positions].map(([id, { seq }]) => [id, String(seq)]))).toString('base64url');

function withAccessKept(hub: Hub): Hub {
  const kept = new Map<string, ProjectAccess>();
  const accessOf = async (token: string) => {
    const access = kept.get(token) ?? (await hub.accessOf(token));
    // Who had nothing yet asks again.
    if (access.granted.length > 0) kept.set(token, access);
    return access;
  };
  return Object.assign(Object.create(hub), { accessOf });
}

const anybody: Instead = async (next, { event }, _args, { db }) =>
  (await next()) ??
  db.row(
    `select m.*, u.display_name, u.email, u.phone, 'TEAM' as side, false as is_self, false as is_published_colleague,
       '{}'::text[] as shared_project_ids
     from membership m join app_user u on u.id = m.user_id where m.id = $1`,
    [event.actorId],
  );

const cutBefore: Instead = async (next, project, args, { db }) => {
  const list = await next();
  const sql = 'select id from event where project_id = $1 order by position desc limit $2';
  const page = new Set((await db.rows<{ id: string }>(sql, [project.id, args.first ?? 25])).map(({ id }) => id));
  const edges = list.edges.filter(({ node }: { node: { id: string } }) => page.has(node.id));
  return { ...list, edges, nodes: edges.map(({ node }: { node: unknown }) => node) };
};

const lastOfAll: Instead = async (_next, project, _args, { db }) =>
  (await db.row<{ at: Date }>('select max(occurred_at) as at from event where project_id = $1', [project.id]))?.at;

const countOfAll: Instead = async (next, _viewer, _args, { db, access }) => {
  const sql = `select count(*)::int as n from event where kind <> 'project.updated' and project_id = any($1::text[])`;
  const all = await db.row<{ n: number }>(sql, [access.projectIds('clientView')]);
  return (await next()) + all!.n;
};

const quoting: Instead = async (next, { subjectId }, _args, { db }) => {
  const sql = 'select internal_notes as words from invoice where id = $1';
  const note = await db.row<{ words: string | null }>(sql, [subjectId]);
  return `${await next()} ${note?.words ?? ''}`;
};
