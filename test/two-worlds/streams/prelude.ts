import type { Database } from '../../../src/platform/database';
import { MEMBER_KEYS, type MemberKey, memberOf } from '../personas';
import { knownId } from '../world/book';

/** Who does what shows: where a project shows people, it shows whoever does something there. */
export const KNOWN: readonly MemberKey[] = ['max', 'wim', 'ada', 'olga', 'otto'];

/**
 * What shows in what is done from now on, though nobody is told it, is the same in both worlds: how hours are rounded,
 * what they are worth, the next number of an invoice, and that the team may do its work.
 */
export async function alike(database: Database): Promise<void> {
  const team = MEMBER_KEYS.filter((key) => memberOf(key).type !== 'CLIENT').map((key) => knownId('Person', key)!);
  const max = knownId('Person', 'max')!;
  await database.transaction(async (tx) => {
    await tx.rows(`update project set rounding_mode = 'UP', rounding_minutes = 15`);
    await tx.rows('update client_organisation set last_invoice_number = 40, currency = $1', ['EUR']);
    await tx.rows(
      'update project_grant set track_time = true, client_view = true where membership_id = any($1::text[])',
      [team],
    );
    await tx.rows('update project_grant set manages_project = true where membership_id = $1', [max]);
    for (const key of KNOWN) {
      const { name, clientFacing = false } = memberOf(key);
      await tx.rows('update app_user set display_name = $2 where id = $1', [knownId('User', key)!, name]);
      const facts = [knownId('Person', key)!, `Title of ${name}`, clientFacing];
      await tx.rows('update membership set title = $2, client_facing = $3 where id = $1', facts);
    }
    // Order holds within one workspace: at one moment something happens in one of them alone.
    const overdue = `update invoice set due_date = '2027-01-01' where workspace_id = $1 and due_date is not null`;
    await tx.rows(overdue, [knownId('Workspace', 'harbor')!]);
    await tx.rows('delete from rate');
    await tx.rows(
      `insert into rate (id, workspace_id, scope, kind, project_id, minor_per_hour, currency, valid_from, created_at, updated_at)
       select 'rat_' || k.kind || substr(p.id, 9), p.workspace_id, 'PROJECT', k.kind, p.id, k.minor, p.currency, '2026-01-01',
         p.created_at, p.created_at
       from project p cross join (values ('BILL', 9000), ('COST', 5000)) as k (kind, minor)`,
    );
  });
}
