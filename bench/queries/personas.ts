import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';

export const OPERATIONS = ['Dashboard', 'ProjectPage', 'TimeEntries', 'Invoices'] as const;
export type OperationName = (typeof OPERATIONS)[number];
export type Persona = 'client' | 'manager';

/** One request: who asks, and what. */
export interface Body {
  persona: Persona;
  token: string;
  variables: { id?: string; from?: string; to?: string; costs?: boolean };
}

export const PERSONAS: Persona[] = ['client', 'manager'];
const BODIES_EACH = 100;
const DAYS = 90;

/** The document of an operation; PostGraphile has a schema, and so documents, of its own. */
export const documentOf = (operation: OperationName, folder = 'operations'): string =>
  readFileSync(path.join(__dirname, folder, `${kebab(operation)}.graphql`), 'utf8');

/** 200 different bodies for each operation, clients and managers in turn, over people, projects and ranges of dates. */
export async function bodiesOf(db: pg.Client): Promise<Record<OperationName, Body[]>> {
  const people = { client: await peopleOf(db, 'client'), manager: await peopleOf(db, 'manager') };
  const make = (variables: (own: Person, i: number, persona: Persona) => Body['variables']): Body[] =>
    Array.from({ length: BODIES_EACH }).flatMap((_, i) =>
      PERSONAS.map((persona) => {
        const own = people[persona][i % people[persona].length];
        return { persona, token: own.token, variables: variables(own, i, persona) };
      }),
    );
  const project = ({ projects }: Person, i: number) => projects[(i * 7) % projects.length];
  return {
    Dashboard: make((_own, _i, persona) => ({ costs: persona === 'manager' })),
    ProjectPage: make((own, i, persona) => ({
      id: project(own, i).id,
      ...rangeIn(project(own, i), i),
      costs: persona === 'manager',
    })),
    TimeEntries: make((own, i) => ({ id: project(own, i + 3).id })),
    Invoices: make(() => ({})),
  };
}

/** Signs the people of the bench in anew: their sessions are as old as the data. In use until then, nothing is written. */
export async function signIn(db: pg.Client): Promise<void> {
  await db.query(
    `update session set last_used_at = now() + interval '30 days', expires_at = now() + interval '30 days'
     where token_hash = any($1::text[])`,
    [PERSONAS.flatMap(tokensOf).map(hashOf)],
  );
}

interface Person {
  token: string;
  projects: { id: string; first: string; last: string }[];
}

/** Those of the hundred whom the data knows, with the projects they are on. */
async function peopleOf(db: pg.Client, persona: Persona): Promise<Person[]> {
  const tokens = tokensOf(persona);
  const { rows } = await db.query<{ hash: string; projects: Person['projects'] }>(
    `select s.token_hash as hash, json_agg(json_build_object('id', g.project_id, 'first', d.first, 'last', d.last)
       order by g.project_id) as projects
     from session s join membership m on m.user_id = s.user_id join project_grant g on g.membership_id = m.id
       cross join lateral (select min(date) as first, max(date) as last from project_day where project_id = g.project_id) d
     where s.token_hash = any($1::text[]) and d.first is not null group by s.token_hash`,
    [tokens.map(hashOf)],
  );
  const byHash = new Map(rows.map((row) => [row.hash, row.projects]));
  const people = tokens.flatMap((token) => {
    const projects = byHash.get(hashOf(token));
    return projects ? [{ token, projects }] : [];
  });
  if (people.length === 0) throw new Error(`The data has nobody who is ${persona} of the bench: seed it anew.`);
  return people;
}

/** 90 days somewhere in the life of a project. */
function rangeIn({ first, last }: Person['projects'][number], i: number): { from: string; to: string } {
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS;
  const from = Date.parse(first) + ((i * 37) % Math.max(1, days - DAYS)) * DAY_MS;
  return { from: isoDate(from), to: isoDate(from + (DAYS - 1) * DAY_MS) };
}

const DAY_MS = 24 * 3600 * 1000;
const isoDate = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
const tokensOf = (persona: Persona): string[] =>
  Array.from({ length: BODIES_EACH }, (_, i) => `bench-${persona}-${String(i + 1).padStart(3, '0')}`);
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const kebab = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();
