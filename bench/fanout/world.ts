import { derivedId, type IdKind, tokenHash } from '../../src/platform/ids';
import { migrate, openDatabase } from '../../src/platform/open-database';
import { onServer, urlOf } from '../../test/support/template';

const NAME = 'portico_bench_fanout';

const id = (kind: IdKind, key: string): string => derivedId(kind, 'fanout', key);
export const WORKSPACE = id('Workspace', '');
export const PROJECT = id('Project', '');
export const TASK = id('Task', '');

/** The n-th of those who listen: every second one is a client, the others manage the project and see its costs. */
export const tokenOf = (nth: number): string => `bench-fanout-${nth}`;
export const isClient = (nth: number): boolean => nth % 2 === 0;
/** What the work has cost, as managers read it and clients never. */
export const COST = '86419.75';

/** One project, and so many people on it, each with a session. Answers where the database is. */
export async function makeWorld(server: string, people: number): Promise<string> {
  await dropWorld(server);
  await onServer(server, `create database ${NAME} template template0 encoding 'UTF8'`);
  const databaseUrl = urlOf(server, NAME);
  const { database, close } = await openDatabase({ databaseUrl, poolSize: 1 });
  await migrate(database, { databaseUrl });
  const all = Array.from({ length: people }, (_, nth) => nth);
  await database.transaction(async (tx) => {
    await tx.rows(
      `insert into workspace (id, name, slug, timezone, default_currency, created_at, updated_at)
       values ($1, 'Bench', 'bench', 'UTC', 'EUR', now(), now())`,
      [WORKSPACE],
    );
    const client = id('ClientOrganisation', '');
    await tx.rows(
      `insert into client_organisation (id, workspace_id, name, currency, max_contacts, created_at, updated_at)
       values ($1, $2, 'Client', 'EUR', 1000, now(), now())`,
      [client, WORKSPACE],
    );
    await tx.rows(
      `insert into project (id, workspace_id, client_organisation_id, name, status, currency, preset, created_at, updated_at)
       values ($1, $2, $3, 'The project that everybody watches', 'ACTIVE', 'EUR', 'CONSULTANCY', now(), now())`,
      [PROJECT, WORKSPACE, client],
    );
    await tx.rows(
      `insert into task (id, workspace_id, project_id, title, client_visible, position, created_at, updated_at)
       values ($1, $2, $3, 'Task', true, 1, now(), now())`,
      [TASK, WORKSPACE, PROJECT],
    );
    const columns = [
      all.map((nth) => id('User', `${nth}`)),
      all.map((nth) => id('Person', `${nth}`)),
      all.map((nth) => id('ProjectGrant', `${nth}`)),
      all.map((nth) => id('Session', `${nth}`)),
      all.map((nth) => tokenHash(tokenOf(nth))),
      all.map(isClient),
    ];
    const each = (columns: string) =>
      `insert into ${columns} from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[])
         with ordinality as k (user_id, person_id, grant_id, session_id, token_hash, is_client, nth)`;
    const common = (sql: string) =>
      sql.replaceAll(':workspace', `'${WORKSPACE}'`).replaceAll(':project', `'${PROJECT}'`);
    for (const columnsOf of PEOPLE) await tx.rows(each(common(columnsOf)), columns);
    await tx.rows(
      `insert into time_entry (id, workspace_id, project_id, person_id, date, raw_seconds, billed_seconds, billable,
         cost_rate_minor, cost_amount_minor, bill_rate_minor, billable_amount_minor, created_by, created_at, updated_at)
       values ($1, $2, $3, $4, '2026-03-16', 3600, 3600, true, 8641975, 8641975, 10000, 10000, $4, now(), now())`,
      [id('TimeEntry', ''), WORKSPACE, PROJECT, id('Person', '1')],
    );
  });
  await database.rows('analyze');
  await close();
  return databaseUrl;
}

export const dropWorld = (server: string) => onServer(server, `drop database if exists ${NAME} with (force)`);

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
