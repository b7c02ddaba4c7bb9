import type { PersonType } from '../../access/permissions';
import type { ProjectAccess } from '../../access/project-access';
import { SqlParams, visibleInvitations } from '../../access/rows';
import type { Sql, Tx } from '../../platform/database';
import { type Connection, type PageArgs, readPages, type SortKey } from '../../platform/paging';
import type { Invitation } from './invitation.entity';
import type { InvitationStatus } from './invitation.enums';
import type { InvitationGrant } from './invitation-grant.entity';

/** The invitations of these ids that the viewer may see. */
export function findInvitations(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<Invitation[]> {
  const params = new SqlParams();
  const sql = `${SELECT} ${fromInvitation(access, params)}
    where v.id = any(${params.add(ids)}::text[]) and ${visibleInvitations(access, params)}`;
  return db.rows<Invitation>(sql, params.values);
}

export interface InvitationList extends PageArgs {
  statusIn?: InvitationStatus[] | null;
}

/** A page of the invitations of each workspace, the newest first. */
export function listInvitations(
  db: Sql,
  access: ProjectAccess,
  { workspaceIds, list: { statusIn, ...page } }: { workspaceIds: readonly string[]; list: InvitationList },
): Promise<Connection<Invitation>[]> {
  const params = new SqlParams();
  const status = statusIn ? ` and s.status = any(${params.add(statusIn)}::text[])` : '';
  const from = `${fromInvitation(access, params)} where v.workspace_id = k.id and ${visibleInvitations(access, params)}${status}`;
  const sort = NEWEST_FIRST;
  return readPages(db, page, { select: SELECT, from, values: params.values, id: 'v.id', sort }, workspaceIds);
}

/** What whoever holds the link is told before they sign in. */
interface OpenInvitation {
  workspaceName: string;
  inviterName: string;
  expiresAt: Date;
}

/** The invitation behind a link that still works; null for every other token, whatever became of it. */
export function findOpenInvitation(db: Sql, tokenHash: string, now: Date): Promise<OpenInvitation | null> {
  return db.row<OpenInvitation>(
    `select w.name as workspace_name, u.display_name as inviter_name, i.expires_at
     from invitation i join workspace w on w.id = i.workspace_id
       join membership m on m.id = i.invited_by join app_user u on u.id = m.user_id
     where i.token_hash = $1 and i.status = 'PENDING' and i.expires_at > $2 and ${INVITER_IS_HERE}`,
    [tokenHash, now],
  );
}

/** An invitation with what the use cases ask about whoever sent it. */
export interface SentInvitation extends Invitation {
  workspaceName: string;
  inviterName: string;
  /** Whether the inviter still is an active member of the team. */
  inviterIsHere: boolean;
}

export function findByToken(db: Sql, tokenHash: string): Promise<SentInvitation | null> {
  return db.row<SentInvitation>(`${SENT} where i.token_hash = $1`, [tokenHash]);
}

/** Locks an invitation to the end of the transaction: of many who use or change it at once, one at a time. */
export function lockInvitation(tx: Tx, id: string): Promise<SentInvitation | null> {
  return tx.row<SentInvitation>(`${SENT} where i.id = $1 for update of i`, [id]);
}

/** The one pending invitation of an e-mail, expired or not, locked. */
export function lockPending(tx: Tx, workspaceId: string, email: string): Promise<SentInvitation | null> {
  return tx.row<SentInvitation>(
    `${SENT} where i.workspace_id = $1 and i.email = $2 and i.status = 'PENDING' for update of i`,
    [workspaceId, email],
  );
}

/**
 * Whoever invites, assigns or accepts for an e-mail waits here for the others, to the end of the transaction: so there
 * is one invitation, and never an invitation beside a membership.
 */
export async function lockEmail(tx: Tx, workspaceId: string, email: string): Promise<void> {
  await tx.rows('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`invitation/${workspaceId}/${email}`]);
}

export interface Member {
  personId: string;
  userId: string;
  displayName: string;
  personType: PersonType;
  status: 'ACTIVE' | 'DEACTIVATED';
  organisationIds: string[];
}

/** The person of the workspace with this e-mail. */
export function findMember(tx: Sql, workspaceId: string, email: string): Promise<Member | null> {
  return tx.row<Member>(
    `select m.id as person_id, u.id as user_id, u.display_name, m.person_type, m.status,
       array(select c.client_organisation_id from contact c where c.membership_id = m.id) as organisation_ids
     from membership m join app_user u on u.id = m.user_id where m.workspace_id = $1 and u.email = $2`,
    [workspaceId, email],
  );
}

export interface ProjectFacts {
  id: string;
  workspaceId: string;
  clientOrganisationId: string;
  status: string;
  organisationStatus: 'ACTIVE' | 'INACTIVE';
}

/** Projects held still to the end of the transaction: none is archived while somebody is put on it. */
export function holdProjects(tx: Tx, ids: readonly string[]): Promise<ProjectFacts[]> {
  return tx.rows<ProjectFacts>(
    `select p.id, p.workspace_id, p.client_organisation_id, p.status, o.status as organisation_status
     from project p join client_organisation o on o.id = p.client_organisation_id
     where p.id = any($1::text[]) order by p.id for share of p`,
    [ids],
  );
}

/** How many contacts an organisation may have, and has with those invited; `email` left out. Locks the organisation. */
export async function countPlaces(
  tx: Tx,
  organisationId: string,
  { email, now }: { email: string; now: Date },
): Promise<{ limit: number; taken: number; isKnown: boolean }> {
  const { maxContacts } = (await tx.row<{ maxContacts: number }>(
    'select max_contacts from client_organisation where id = $1 for no key update',
    [organisationId],
  ))!;
  const row = await tx.row<{ taken: number; isKnown: boolean }>(
    `select (select count(*) from contact c where c.client_organisation_id = $1)::int
       + (select count(*) from invitation i where i.client_organisation_id = $1 and i.status = 'PENDING'
          and i.expires_at > $3 and i.email <> $2
          and not exists (select from contact c where c.client_organisation_id = $1 and c.email = i.email))::int as taken,
       exists (select from contact c where c.client_organisation_id = $1 and c.email = $2) as is_known`,
    [organisationId, email, now],
  );
  return { limit: maxContacts, ...row! };
}

/** A client organisation of this workspace, whatever its status. */
export function findOrganisation(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<{ id: string; status: 'ACTIVE' | 'INACTIVE' } | null> {
  return tx.row('select id, status from client_organisation where workspace_id = $1 and id = $2', [workspaceId, id]);
}

export function findGrants(tx: Tx, invitationId: string): Promise<InvitationGrant[]> {
  return tx.rows<InvitationGrant>('select * from invitation_grant where invitation_id = $1 order by project_id', [
    invitationId,
  ]);
}

export async function deleteGrants(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.rows('delete from invitation_grant where id = any($1::text[])', [ids]);
}

/** Who would sign in with this e-mail. */
export function findUser(db: Sql, email: string): Promise<InvitedUser | null> {
  return db.row<InvitedUser>('select id, display_name, password_version from app_user where email = $1', [email]);
}

interface InvitedUser {
  id: string;
  displayName: string;
  passwordVersion: number;
}

export async function findTimezone(tx: Tx, workspaceId: string): Promise<string> {
  const row = await tx.row<{ timezone: string }>('select timezone from workspace where id = $1', [workspaceId]);
  return row!.timezone;
}

/** Of the inviter as membership `m` and user `u`: a client does not invite, and what they sent as one of the team ends. */
const INVITER_IS_HERE = `m.status = 'ACTIVE' and m.person_type <> 'CLIENT' and u.status = 'ACTIVE'`;

const SENT = `
  select i.*, w.name as workspace_name, u.display_name as inviter_name,
    ${INVITER_IS_HERE} as inviter_is_here
  from invitation i join workspace w on w.id = i.workspace_id
    join membership m on m.id = i.invited_by join app_user u on u.id = m.user_id`;

const NEWEST_FIRST: SortKey = { name: 'NEWEST', sql: 'v.created_at', type: 'timestamptz', descending: true };

/** Never the token's hash: what is not read cannot be told. */
const SELECT = `select v.id, v.workspace_id, v.email, v.name, v.person_type, v.client_organisation_id, v.invited_by,
  s.status, v.expires_at, v.sent_count, v.last_sent_at, v.version, v.created_at`;

/** Invitations `v` with the status `s` that counts at this moment. */
const fromInvitation = (access: ProjectAccess, params: SqlParams): string => `from invitation v cross join lateral (
  select case when v.status = 'PENDING' and v.expires_at <= ${params.add(access.now)}::timestamptz then 'EXPIRED'
    else v.status end as status) s`;
