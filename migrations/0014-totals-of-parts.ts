import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The time of each task and of each person on a project, kept as that of the project is: as fast to read however long the history. */
export class TotalsOfParts1700000000014 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(functionsFor([DAYS, WHOLE, TASKS, PEOPLE]));
    for (const rollup of [TASKS, PEOPLE]) await db.query(add(rollup, delta('time_entry', '+')));
    await db.query('analyze task_total, person_total');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(functionsFor([DAYS, WHOLE]));
    await db.query('drop table task_total, person_total');
  }
}

const MEASURES = [
  'entries',
  'raw_seconds',
  'billed_seconds',
  'billable_seconds',
  'billable_amount_minor',
  'cost_amount_minor',
];

const measures = MEASURES.map((measure) => `${measure} bigint not null`).join(', ');

/** Work on no task is kept under none, so that the parts add up to the whole. */
const TABLES = `
  create table task_total (
    project_id text collate "C" not null references project (id),
    task_id text collate "C",
    invoice_state text not null,
    ${measures},
    constraint task_total_key unique nulls not distinct (project_id, task_id, invoice_state),
    foreign key (project_id, task_id) references task (project_id, id)
  );

  create table person_total (
    project_id text collate "C" not null references project (id),
    person_id text collate "C" not null references membership (id),
    invoice_state text not null,
    ${measures},
    primary key (project_id, person_id, invoice_state)
  );
`;

interface Rollup {
  table: string;
  keys: string;
}

const DAYS: Rollup = { table: 'project_day', keys: 'project_id, date, invoice_state' };
const WHOLE: Rollup = { table: 'project_total', keys: 'project_id, invoice_state' };
const TASKS: Rollup = { table: 'task_total', keys: 'project_id, task_id, invoice_state' };
const PEOPLE: Rollup = { table: 'person_total', keys: 'project_id, person_id, invoice_state' };

/** What a statement adds and takes away, signed: additions and removals cancel to the unit. */
const delta = (rows: string, sign: '+' | '-') => `
  select project_id, date, task_id, person_id, invoice_state, ${sign}1 as entries, ${sign}raw_seconds as raw_seconds,
    ${sign}billed_seconds as billed_seconds, case when billable then ${sign}billed_seconds else 0 end as billable_seconds,
    ${sign}billable_amount_minor as billable_amount_minor, ${sign}cost_amount_minor as cost_amount_minor
  from ${rows}`;

const sums = MEASURES.map((measure) => `sum(${measure})::bigint as ${measure}`).join(', ');
const changed = MEASURES.map((measure) => `sum(${measure}) <> 0`).join(' or ');

/** Keys are locked in their order, so that writers of the same projects wait for each other instead of meeting in a deadlock. */
const add = ({ table, keys }: Rollup, deltas: string) => `
  insert into ${table} as r (${keys}, ${MEASURES.join(', ')})
    select ${keys}, ${sums} from (${deltas}) x group by ${keys} having ${changed} order by ${keys}
    on conflict (${keys}) do update set ${MEASURES.map((m) => `${m} = r.${m} + excluded.${m}`).join(', ')};`;

function functionsFor(rollups: readonly Rollup[]): string {
  const addAll = (deltas: string) => rollups.map((rollup) => add(rollup, deltas)).join('');
  const trigger = (name: string, deltas: string) => `
    create or replace function time_entry_rollup_${name}() returns trigger language plpgsql as $$
    begin ${addAll(deltas)} return null; end $$;`;
  return `
    ${trigger('insert', delta('added', '+'))}
    ${trigger('delete', delta('removed', '-'))}
    ${trigger('update', `${delta('added', '+')} union all ${delta('removed', '-')}`)}

    create or replace function repair_project_rollups(of_project text) returns void language plpgsql as $$
    begin
      lock table time_entry in share row exclusive mode;
      ${rollups.map(({ table }) => `delete from ${table} where project_id = of_project;`).join('\n      ')}
      ${addAll(delta('time_entry where project_id = of_project', '+'))}
    end $$;`;
}
