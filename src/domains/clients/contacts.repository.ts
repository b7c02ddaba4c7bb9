import type { ProjectAccess } from '../../access/project-access';
import { SqlParams, visibleContacts } from '../../access/rows';
import type { Sql, Tx } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { type Connection, type PageArgs, readPages, type SortKey } from '../../platform/paging';
import type { Contact } from './contact.entity';

/** The contacts of these ids that the viewer may see. */
export function findContacts(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<Contact[]> {
  const params = new SqlParams();
  const sql = `${SELECT} ${fromContact(access, params)}
    where c.id = any(${params.add(ids)}::text[]) and ${visibleContacts(access, params)}`;
  return db.rows<Contact>(sql, params.values);
}

/** What these people are contacts of, oldest first. */
export function findContactsOfPeople(db: Sql, access: ProjectAccess, personIds: readonly string[]): Promise<Contact[]> {
  const params = new SqlParams();
  const sql = `${SELECT} ${fromContact(access, params)}
    where c.membership_id = any(${params.add(personIds)}::text[]) and ${visibleContacts(access, params)}
    order by c.created_at, c.id`;
  return db.rows<Contact>(sql, params.values);
}

/** A page of the contacts of each client organisation, by name. */
export function listContacts(
  db: Sql,
  access: ProjectAccess,
  { organisationIds, page }: { organisationIds: readonly string[]; page: PageArgs },
): Promise<Connection<Contact>[]> {
  const params = new SqlParams();
  const from = `${fromContact(access, params)} where c.client_organisation_id = k.id and ${visibleContacts(access, params)}`;
  return readPages(
    db,
    page,
    { select: SELECT, from, values: params.values, id: 'c.id', sort: BY_NAME },
    organisationIds,
  );
}

/** Locks a contact for the rest of the transaction. Callers have asked the policy page before. */
export async function lockContact(tx: Tx, id: string): Promise<Contact> {
  const contact = await tx.row<Contact>('select c.* from contact c where c.id = $1 for update', [id]);
  if (!contact) throw notFound();
  return contact;
}

export const countContacts = async (tx: Tx, organisationId: string): Promise<number> =>
  (await tx.row<{ n: number }>('select count(*)::int as n from contact where client_organisation_id = $1', [
    organisationId,
  ]))!.n;

export function findContactByEmail(tx: Tx, organisationId: string, email: string): Promise<Contact | null> {
  return tx.row<Contact>('select c.* from contact c where c.client_organisation_id = $1 and c.email = $2', [
    organisationId,
    email,
  ]);
}

/** The contact that an organisation has for this person, else the one with their e-mail. */
export function findContactOf(
  tx: Tx,
  { organisationId, email, membershipId }: { organisationId: string; email: string; membershipId: string },
): Promise<Contact | null> {
  return tx.row<Contact>(
    `select c.* from contact c where c.client_organisation_id = $1 and (c.membership_id = $2 or c.email = $3)
     order by c.membership_id is null limit 1`,
    [organisationId, membershipId, email],
  );
}

/** The client of the workspace who signs in with this e-mail: a contact with it is that person. */
export async function findClientByEmail(tx: Tx, workspaceId: string, email: string): Promise<string | null> {
  const row = await tx.row<{ id: string }>(
    `select m.id from membership m join app_user u on u.id = m.user_id
     where m.workspace_id = $1 and m.person_type = 'CLIENT' and u.email = $2`,
    [workspaceId, email],
  );
  return row?.id ?? null;
}

/** Leaves room for another primary contact: there is one for each organisation. */
export async function unsetPrimary(tx: Tx, organisationId: string, now: Date): Promise<void> {
  await tx.rows(
    `update contact set is_primary = false, version = version + 1, updated_at = $2
     where client_organisation_id = $1 and is_primary`,
    [organisationId, now],
  );
}

export async function deleteContact(tx: Tx, id: string): Promise<void> {
  await tx.rows('delete from contact where id = $1', [id]);
}

/** Ends what a person holds on the projects of an organisation, and gives these projects' ids. */
export async function revokeGrantsOfOrganisation(
  tx: Tx,
  { membershipId, organisationId, now }: { membershipId: string; organisationId: string; now: Date },
): Promise<string[]> {
  const rows = await tx.rows<{ projectId: string }>(
    `update project_grant g set status = 'REVOKED', version = g.version + 1, updated_at = $3
     from project p where p.id = g.project_id and p.client_organisation_id = $2
       and g.membership_id = $1 and g.status <> 'REVOKED' returning g.project_id`,
    [membershipId, organisationId, now],
  );
  return rows.map((row) => row.projectId);
}

const SELECT = `
  select c.*, 'CLIENT' as side, coalesce(c.membership_id = any(viewer.person_ids), false) as is_self,
    c.published and c.client_organisation_id = any(viewer.organisation_ids) as is_published_colleague`;

/** Contacts beside what the policy page asks about them: who looks, and from which organisations. */
function fromContact(access: ProjectAccess, params: SqlParams): string {
  const mine = params.add(access.personIds);
  const own = params.add(access.memberships.flatMap((membership) => membership.organisationIds));
  return `from contact c cross join (select ${mine}::text[] as person_ids, ${own}::text[] as organisation_ids) as viewer`;
}

const BY_NAME: SortKey = { name: 'NAME', sql: 'lower(c.display_name) collate "C"', type: 'text' };
