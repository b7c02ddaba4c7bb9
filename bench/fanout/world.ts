import { emit, systemAt } from '../../src/events/outbox';
import { systemClock } from '../../src/platform/clock';
import type { Database, Tx } from '../../src/platform/database';
import { derivedId, type IdKind, tokenHash } from '../../src/platform/ids';
import { migrate, openDatabase } from '../../src/platform/open-database';
import { onServer, urlOf } from '../../test/support/template';
import { moment } from './child';
import { isClient, tokenOf } from './people';

const NAME = 'portico_bench_fanout';

const id = (kind: IdKind, key: string): string => derivedId(kind, 'fanout', key);
const WORKSPACE = id('Workspace', '');
const PROJECT = id('Project', '');
const TASK = id('Task', '');

/** One project, and so many people on it, each with a session. */
export class World {
  private events = 0;

  private constructor(
    readonly databaseUrl: string,
    private readonly database: Database,
    private readonly close: () => Promise<void>,
    private readonly server: string,
  ) {}

  static async make(server: string, people: number): Promise<World> {
    await onServer(server, `drop database if exists ${NAME} with (force)`);
    await onServer(server, `create database ${NAME} template template0 encoding 'UTF8'`);
    const databaseUrl = urlOf(server, NAME);
    const { database, close } = await openDatabase({ databaseUrl, poolSize: 1 });
    await migrate(database, { databaseUrl });
    await database.transaction((tx) => fill(tx, people));
    await database.rows('analyze');
    return new World(databaseUrl, database, close, server);
  }

  /** Something happens to the task that everybody sees. Answers when it is committed. */
  async happens(): Promise<number> {
    await this.database.transaction(async (tx) => {
      await tx.rows('update task set title = $2 where id = $1', [TASK, `Task ${this.events++}`]);
      const what = { workspaceId: WORKSPACE, projectId: PROJECT, id: TASK, changed: ['Task.title'] };
      await emit(tx, systemAt(systemClock.now()), 'task.updated', what);
    });
    return moment();
  }

  async drop(): Promise<void> {
    await this.close();
    await onServer(this.server, `drop database ${NAME} with (force)`);
  }
}

async function fill(tx: Tx, people: number): Promise<void> {
  for (const sql of THINGS) await tx.rows(inWorld(sql));
  const all = Array.from({ length: people }, (_, nth) => nth);
  const ids = (kind: IdKind) => all.map((nth) => id(kind, `${nth}`));
  const hashes = all.map((nth) => tokenHash(tokenOf(nth)));
  const columns = [ids('User'), ids('Person'), ids('ProjectGrant'), ids('Session'), hashes, all.map(isClient)];
  for (const each of PEOPLE) await tx.rows(`insert into ${inWorld(each)} ${OF_PEOPLE}`, columns);
  await tx.rows(inWorld(WORK), [id('Person', '1')]);
}

/** `:task` is the id of the task. */
const inWorld = (sql: string): string =>
  sql.replace(/(?<!:):([a-z]+)/g, (_, name: string) => `'${IDS[name as keyof typeof IDS]}'`);

const IDS = {
  workspace: WORKSPACE,
  project: PROJECT,
  task: TASK,
  client: id('ClientOrganisation', ''),
  entry: id('TimeEntry', ''),
};

const THINGS = [
  `insert into workspace (id, name, slug, timezone, default_currency, created_at, updated_at)
     values (:workspace, 'Bench', 'bench', 'UTC', 'EUR', now(), now())`,
  `insert into client_organisation (id, workspace_id, name, currency, max_contacts, created_at, updated_at)
     values (:client, :workspace, 'Client', 'EUR', 1000, now(), now())`,
  `insert into project (id, workspace_id, client_organisation_id, name, status, currency, preset, created_at, updated_at)
     values (:project, :workspace, :client, 'The project that everybody watches', 'ACTIVE', 'EUR', 'CONSULTANCY', now(), now())`,
  `insert into task (id, workspace_id, project_id, title, client_visible, position, created_at, updated_at)
     values (:task, :workspace, :project, 'Task', true, 1, now(), now())`,
];

const WORK = `insert into time_entry (id, workspace_id, project_id, person_id, date, raw_seconds, billed_seconds, billable,
    cost_rate_minor, cost_amount_minor, bill_rate_minor, billable_amount_minor, created_by, created_at, updated_at)
  values (:entry, :workspace, :project, $1, '2026-03-16', 3600, 3600, true, 8641975, 8641975, 10000, 10000, $1, now(), now())`;

const OF_PEOPLE = `from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[])
  with ordinality as k (user_id, person_id, grant_id, session_id, token_hash, is_client, nth)`;

const PEOPLE = [
  `app_user (id, email, display_name, created_at, updated_at)
     select user_id, 'bench' || nth || '@example.com', 'Person ' || nth, now(), now()`,
  `membership (id, workspace_id, user_id, person_type, created_at, updated_at)
     select person_id, :workspace, user_id, case when is_client then 'CLIENT' else 'EMPLOYEE' end, now(), now()`,
  `project_grant (id, workspace_id, project_id, membership_id, track_time, client_view, internal_costs, manages_project,
       created_at, updated_at)
     select grant_id, :workspace, :project, person_id, not is_client, true, not is_client, not is_client, now(), now()`,
  `session (id, user_id, token_hash, created_at, last_used_at, expires_at)
     select session_id, user_id, token_hash, now(), now(), now() + interval '30 days'`,
];
