import { neverSeenWith } from '../access/fields';
import type { ProjectAccess } from '../access/project-access';
import type { Sql, Tx } from '../platform/database';
import type { NumberedEvent } from './event.entity';
import { EVENT_KINDS, type EventKind, factsOf } from './event-types';

/** The workspaces where something happened that has no number yet. */
export async function workspacesWithNews(db: Sql): Promise<string[]> {
  const rows = await db.rows<{ workspaceId: string }>('select distinct workspace_id from event where seq is null');
  return rows.map((row) => row.workspaceId);
}

/**
 * Numbers what happened in a workspace, in the order of writing, at most so many at once. One process at a time: another
 * one that tries meanwhile does nothing. Gives how many were numbered; null when another one is at it.
 */
export async function numberEvents(tx: Tx, workspaceId: string, most: number): Promise<number | null> {
  const lock = await tx.row<{ isOurs: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('events/' || $1, 0)) as is_ours`,
    [workspaceId],
  );
  if (!lock?.isOurs) return null;
  const row = await tx.row<{ numbered: bigint }>(
    `with waiting as (
       select id, row_number() over (order by position) as place
       from event where workspace_id = $1 and seq is null order by position limit $2
     ), stream as (
       insert into event_stream (workspace_id, last_seq) select $1, count(*) from waiting
       on conflict (workspace_id) do update set last_seq = event_stream.last_seq + excluded.last_seq
       returning last_seq
     ), numbered as (
       update event e set seq = s.last_seq - (select count(*) from waiting) + w.place
       from waiting w, stream s where e.id = w.id returning e.id
     )
     select count(*) as numbered from numbered`,
    [workspaceId, most],
  );
  return Number(row?.numbered ?? 0);
}

/** What was told in a workspace after a place, in order. */
export function eventsAfter(db: Sql, workspaceId: string, seq: bigint, most: number): Promise<NumberedEvent[]> {
  return db.rows<NumberedEvent>(
    `select id, workspace_id, project_id, kind, subject_id, person_id, actor_id, changed, time_release, occurred_at, seq
     from event where workspace_id = $1 and seq > $2 order by seq limit $3`,
    [workspaceId, seq, most],
  );
}

export interface Missed {
  workspaceId: string;
  /** After this place, up to that. */
  seq: bigint;
  to: bigint;
}

/**
 * What was told meanwhile that somebody might hear of, in order: what is on no project of theirs, and fields that they
 * see of no row of it, are not read, however many there are.
 */
export function eventsMissed(
  db: Sql,
  access: ProjectAccess,
  { workspaceId, seq, to, most }: Missed & { most: number },
): Promise<NumberedEvent[]> {
  const permits = access.granted.filter((permit) => permit.workspaceId === workspaceId);
  return db.rows<NumberedEvent>(
    `select e.id, e.workspace_id, e.project_id, e.kind, e.subject_id, e.person_id, e.actor_id, e.changed, e.time_release,
       e.occurred_at, e.seq
     from event e left join (select id, string_to_array(list, ',') as hidden
       from unnest($5::text[], $6::text[]) as p (id, list) offset 0) k on k.id = e.project_id
     where e.workspace_id = $1 and e.seq > $2 and e.seq <= $3 and e.kind <> all($4::text[])
       and (e.project_id is null or e.person_id = any($7::text[]) or not e.changed <@ k.hidden or $8::boolean)
     order by e.seq limit $9`,
    [
      workspaceId,
      seq,
      to,
      SILENT,
      permits.map((permit) => permit.projectId),
      permits.map((permit) => neverSeenWith(permit).join(',')),
      access.personIds,
      access.isAdmin(workspaceId),
      most,
    ],
  );
}

const SILENT = EVENT_KINDS.filter((kind) => factsOf(kind).silent);

/** The workspaces where something was told that this reader has not read. */
export async function workspacesToRead(db: Sql, reader: string): Promise<string[]> {
  const rows = await db.rows<{ workspaceId: string }>(
    `select s.workspace_id from event_stream s
     left join event_reader r on r.workspace_id = s.workspace_id and r.name = $1
     where s.last_seq > coalesce(r.seq, 0)`,
    [reader],
  );
  return rows.map((row) => row.workspaceId);
}

/** From where to where a reader reads; null while another process is at it. */
export async function takeReading(
  tx: Tx,
  reader: string,
  workspaceId: string,
): Promise<{ seq: bigint; lastSeq: bigint } | null> {
  const lock = await tx.row<{ isOurs: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('reader/' || $1 || '/' || $2, 0)) as is_ours`,
    [reader, workspaceId],
  );
  if (!lock?.isOurs) return null;
  return tx.row(
    `select coalesce(r.seq, 0) as seq, s.last_seq from event_stream s
     left join event_reader r on r.workspace_id = s.workspace_id and r.name = $1
     where s.workspace_id = $2 and s.last_seq > coalesce(r.seq, 0)`,
    [reader, workspaceId],
  );
}

interface Reading {
  workspaceId: string;
  kinds: readonly EventKind[];
  seq: bigint;
  lastSeq: bigint;
  most: number;
}

export function eventsToRead(tx: Tx, { workspaceId, kinds, seq, lastSeq, most }: Reading): Promise<NumberedEvent[]> {
  return tx.rows<NumberedEvent>(
    `select id, workspace_id, project_id, kind, subject_id, person_id, actor_id, changed, time_release, occurred_at, seq
     from event where workspace_id = $1 and seq > $2 and seq <= $3 and kind = any($4::text[]) order by seq limit $5`,
    [workspaceId, seq, lastSeq, kinds, most],
  );
}

export async function noteRead(tx: Tx, reader: string, workspaceId: string, seq: bigint): Promise<void> {
  await tx.rows(
    `insert into event_reader (name, workspace_id, seq) values ($1, $2, $3)
     on conflict (name, workspace_id) do update set seq = excluded.seq`,
    [reader, workspaceId, seq],
  );
}

interface StreamEnd {
  workspaceId: string;
  /** How far it has been told. */
  lastSeq: bigint;
}

export function endsOfStreams(db: Sql, workspaceIds: readonly string[]): Promise<StreamEnd[]> {
  return db.rows<StreamEnd>(
    `select w.id as workspace_id, coalesce(s.last_seq, 0) as last_seq
     from unnest($1::text[]) as w(id) left join event_stream s on s.workspace_id = w.id`,
    [workspaceIds],
  );
}

/** Forgets what happened before a moment. Nobody is told the number of what is forgotten. */
export async function forgetEvents(tx: Tx, before: Date): Promise<void> {
  await tx.rows('delete from event where occurred_at < $1 and seq is not null', [before]);
}
