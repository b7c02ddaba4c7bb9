import type { ProjectAccess } from '../../access/project-access';
import { SqlParams, visibleRates } from '../../access/rows';
import type { Sql, Tx } from '../../platform/database';
import { type Connection, type PageArgs, readPages } from '../../platform/paging';
import type { Rate, RateKind } from './rate.entity';
import type { RateFilter } from './rate.inputs';

/** What a rate is looked up for: the entry, as far as rates are concerned. */
export interface RateQuestion {
  projectId: string;
  taskId: string | null;
  personId: string;
  date: string;
}

interface RateAnswer {
  /** Which question, from 1. */
  nth: number;
  kind: RateKind;
  minorPerHour: bigint;
}

/** At most one answer of each kind to each question. */
export function findRatesFor(sql: Sql, questions: readonly RateQuestion[]): Promise<RateAnswer[]> {
  return sql.rows<RateAnswer>(RESOLVE, [
    questions.map((q) => q.projectId),
    questions.map((q) => q.taskId),
    questions.map((q) => q.personId),
    questions.map((q) => q.date),
  ]);
}

/** The rates of these ids that the viewer may see. */
export function findRates(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<Rate[]> {
  const params = new SqlParams();
  const wanted = params.add(ids);
  const sql = `${SELECT} where r.id = any(${wanted}::text[]) and ${visibleRates(access, params)}`;
  return db.rows<Rate>(sql, params.values);
}

export interface RateListArgs extends PageArgs {
  filter?: RateFilter | null;
}

/** A page of the rates of each workspace, newest first. */
export function pageRates(
  db: Sql,
  access: ProjectAccess,
  { workspaceIds, args }: { workspaceIds: readonly string[]; args: RateListArgs },
): Promise<Connection<Rate>[]> {
  const params = new SqlParams();
  const from = `from rate r where r.workspace_id = k.id and ${visibleRates(access, params)}${conditions(args.filter ?? {}, params)}`;
  const page = { select: COLUMNS, from, values: params.values, id: 'r.id', sort: NEWEST };
  return readPages(db, args, page, workspaceIds);
}

export interface RateNow {
  id: string;
  minorPerHour: bigint;
  currency: string;
}

/** What an hour on the project costs whoever works on whatever: the project's rate, or its client's. */
export function findProjectRates(db: Sql, { ids, kind, on }: RatesAsked): Promise<RateNow[]> {
  return db.rows<RateNow>(
    `select distinct on (p.id) p.id, r.minor_per_hour, r.currency from project p
     join rate r on r.workspace_id = p.workspace_id and r.currency = p.currency and r.kind = $2 and r.valid_from <= $3
       and ((r.scope = 'PROJECT' and r.project_id = p.id) or (r.scope = 'CLIENT' and r.client_organisation_id = p.client_organisation_id))
     where p.id = any($1::text[]) order by p.id, r.scope = 'PROJECT' desc, r.valid_from desc`,
    [ids, kind, on],
  );
}

export interface RatesAsked {
  ids: readonly string[];
  kind: RateKind;
  /** The day on which it counts. */
  on: string;
}

/** A person's own rate: in the currency of the workspace if there is one, else in another. */
export function findPersonRates(db: Sql, { ids, kind, on }: RatesAsked): Promise<RateNow[]> {
  return db.rows<RateNow>(
    `select distinct on (r.membership_id) r.membership_id as id, r.minor_per_hour, r.currency
     from rate r join workspace w on w.id = r.workspace_id
     where r.membership_id = any($1::text[]) and r.scope = 'PERSON' and r.kind = $2 and r.valid_from <= $3
     order by r.membership_id, r.currency = w.default_currency desc, r.currency, r.valid_from desc`,
    [ids, kind, on],
  );
}

export function findTaskRates(db: Sql, { ids, kind, on }: RatesAsked): Promise<RateNow[]> {
  return db.rows<RateNow>(
    `select distinct on (r.task_id) r.task_id as id, r.minor_per_hour, r.currency from rate r
     join task t on t.id = r.task_id join project p on p.id = t.project_id and p.currency = r.currency
     where r.task_id = any($1::text[]) and r.kind = $2 and r.valid_from <= $3 order by r.task_id, r.valid_from desc`,
    [ids, kind, on],
  );
}

/** The projects whose rate it may be: all of a client, the one of a task, or the project itself. */
export async function projectsOfRate(
  db: Sql,
  { ofTaskId, ofProjectId, ofOrganisationId }: Pick<Rate, 'ofTaskId' | 'ofProjectId' | 'ofOrganisationId'>,
): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(
    `select p.id from project p where p.id = $1 or p.client_organisation_id = $2
       or p.id = (select t.project_id from task t where t.id = $3)`,
    [ofProjectId, ofOrganisationId, ofTaskId],
  );
  return rows.map(({ id }) => id);
}

/** Sets it, or changes the amount of the one for the same thing and day; answers which. */
export async function saveRate(tx: Tx, rate: Rate): Promise<string> {
  const row = await tx.row<{ id: string }>(SAVE, [
    rate.id,
    rate.workspaceId,
    rate.scope,
    rate.kind,
    rate.ofTaskId,
    rate.ofProjectId,
    rate.ofPersonId,
    rate.ofOrganisationId,
    rate.minorPerHour,
    rate.currency,
    rate.validFrom,
    rate.createdAt,
  ]);
  return row!.id;
}

export async function deleteRate(tx: Tx, id: string): Promise<void> {
  await tx.rows('delete from rate where id = $1', [id]);
}

const COLUMNS = `select r.*, r.task_id as of_task_id, r.project_id as of_project_id, r.membership_id as of_person_id,
  r.client_organisation_id as of_organisation_id`;
const SELECT = `${COLUMNS} from rate r`;

const NEWEST = { name: 'VALID_FROM', sql: 'r.valid_from', type: 'date', descending: true } as const;

const RESOLVE = `
  select distinct on (k.nth, r.kind) k.nth::int as nth, r.kind, r.minor_per_hour
  from unnest($1::text[], $2::text[], $3::text[], $4::date[]) with ordinality as k (project_id, task_id, person_id, date, nth)
    join project p on p.id = k.project_id
    join membership m on m.id = k.person_id and m.person_type <> 'CLIENT'
    join rate r on (r.task_id = k.task_id or r.project_id = p.id or r.membership_id = m.id
        or r.client_organisation_id = p.client_organisation_id)
      and r.workspace_id = p.workspace_id and r.currency = p.currency and r.valid_from <= k.date
      and (r.scope <> 'PROJECT_PERSON' or (r.project_id = p.id and r.membership_id = m.id))
  order by k.nth, r.kind,
    array_position(array['TASK', 'PROJECT_PERSON', 'PROJECT', 'PERSON', 'CLIENT'], r.scope), r.valid_from desc`;

const SAVE = `
  insert into rate (id, workspace_id, scope, kind, task_id, project_id, membership_id, client_organisation_id,
    minor_per_hour, currency, valid_from, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
  on conflict on constraint rate_subject_key do update
    set minor_per_hour = excluded.minor_per_hour, updated_at = excluded.updated_at
  returning id`;

function conditions({ kind, scope, projectId, personId, clientOrganisationId }: RateFilter, params: SqlParams): string {
  const ofProject = (id: string) =>
    `(r.project_id = ${id} or r.task_id in (select t.id from task t where t.project_id = ${id}))`;
  return [
    kind == null ? '' : ` and r.kind = ${params.add(kind)}`,
    scope == null ? '' : ` and r.scope = ${params.add(scope)}`,
    projectId == null ? '' : ` and ${ofProject(params.add(projectId))}`,
    personId == null ? '' : ` and r.membership_id = ${params.add(personId)}`,
    clientOrganisationId == null ? '' : ` and r.client_organisation_id = ${params.add(clientOrganisationId)}`,
  ].join('');
}
