import type { Context } from '../../context';
import { changedFields } from '../../events/changed-fields';
import type { Tx } from '../../platform/database';
import { badInput, forbidden } from '../../platform/errors';
import { cleanEmail, cleanOptionalText, cleanText } from '../../platform/text';
import { expectVersion } from '../../platform/versioned';
import { emitAccess } from '../grants/grant-events';
import { loadContact, loadOrganisation } from './clients.loaders';
import { lockOrganisation } from './clients.repository';
import { Contact } from './contact.entity';
import type { CreateContactInput, RemoveContactPayload, UpdateContactInput } from './contacts.inputs';
import {
  deleteContact,
  findClientByEmail,
  findContactByEmail,
  lockContact,
  revokeGrantsOfOrganisation,
  unsetPrimary,
} from './contacts.repository';
import { addContact, emailTaken, emitContact } from './make-contact';

/**
 * A new contact (F-016). A client of the workspace who signs in with this e-mail is linked at once; projects are
 * granted one by one all the same. `LIMIT_EXCEEDED`; `CONFLICT` when the organisation has the e-mail already.
 */
export async function createContact(context: Context, input: CreateContactInput): Promise<Contact> {
  const now = context.clock.now();
  const email = cleanEmail(input.email);
  const contact = {
    displayName: cleanText(input.displayName, DISPLAY_NAME),
    email,
    jobRole: cleanOptionalText(input.jobRole, JOB_ROLE),
    isPrimary: input.isPrimary ?? undefined,
    ...duties(input),
    now,
  };
  const id = await context.db.transaction(async (tx) => {
    const organisation = await lockOrganisation(tx, input.clientOrganisationId);
    await refuseTaken(tx, organisation.id, email);
    if (input.isPrimary) await unsetPrimary(tx, organisation.id, now);
    const membershipId = await findClientByEmail(tx, organisation.workspaceId, email);
    return addContact(tx, organisation, { ...contact, membershipId });
  });
  return (await loadContact(context, id))!;
}

/** Changes what is given. Whoever has an account keeps the e-mail they sign in with. */
export async function updateContact(context: Context, input: UpdateContactInput): Promise<Contact> {
  const { contactId: id, expectedVersion } = input;
  const now = context.clock.now();
  const email = input.email == null ? undefined : cleanEmail(input.email);
  const changes = {
    email,
    displayName: input.displayName == null ? undefined : cleanText(input.displayName, DISPLAY_NAME),
    jobRole: cleanOptionalText(input.jobRole, JOB_ROLE),
    isPrimary: input.isPrimary ?? undefined,
    ...duties(input),
  };
  const seen = (await loadContact(context, id))!;
  await context.db.transaction(async (tx) => {
    const contact = await lockInOrder(tx, seen);
    expectVersion(contact.version, expectedVersion);
    if (email !== undefined && email !== contact.email) await refuseEmail(tx, contact, email);
    if (input.isPrimary && !contact.isPrimary) await unsetPrimary(tx, contact.clientOrganisationId, now);
    await tx.update(Contact, { id }, { ...changes, version: contact.version + 1, updatedAt: now });
    const { workspaceId } = contact;
    await emitContact(tx, context, { id, workspaceId, changed: changedFields('Contact', contact, changes) });
  });
  return (await loadContact(context, id))!;
}

/**
 * Removes a contact. Their person, if they have an account, stays a client of the workspace but loses the
 * organisation, and with it every grant on its projects; giving it back takes new grants. So for them it takes an
 * admin, as every end of access does.
 */
export async function removeContact(context: Context, id: string): Promise<RemoveContactPayload> {
  const { access, clock, db } = context;
  const seen = (await loadContact(context, id))!;
  const organisationId = seen.clientOrganisationId;
  const leftProjectIds = await db.transaction(async (tx) => {
    const { membershipId, workspaceId } = await lockInOrder(tx, seen);
    if (membershipId && !access.isAdmin(workspaceId)) throw forbidden(['role:ADMIN']);
    await deleteContact(tx, id);
    const changed = ['ClientOrganisation.contacts'];
    await emitContact(tx, context, { id: organisationId, workspaceId, changed });
    if (!membershipId) return [];
    const now = clock.now();
    const projectIds = await revokeGrantsOfOrganisation(tx, { membershipId, organisationId, now });
    const granter = access.membership(workspaceId)!;
    for (const projectId of projectIds) {
      await emitAccess(tx, { workspaceId, projectId, personId: membershipId, granter, now }, 'access.revoked');
    }
    return projectIds;
  });
  const clientOrganisation = (await loadOrganisation(context, organisationId))!;
  return { removedContactId: id, clientOrganisation, leftProjectIds: leftProjectIds.sort() };
}

/** The organisation is locked before the contact: everybody who writes contacts comes in this order. */
async function lockInOrder(tx: Tx, { id, clientOrganisationId }: Contact): Promise<Contact> {
  await lockOrganisation(tx, clientOrganisationId);
  return lockContact(tx, id);
}

async function refuseEmail(tx: Tx, contact: Contact, email: string): Promise<void> {
  if (contact.membershipId) throw badInput('email', 'Whoever has an account keeps the e-mail they sign in with.');
  await refuseTaken(tx, contact.clientOrganisationId, email);
}

async function refuseTaken(tx: Tx, organisationId: string, email: string): Promise<void> {
  const taken = await findContactByEmail(tx, organisationId, email);
  if (taken) throw emailTaken(taken.version);
}

const DISPLAY_NAME = { field: 'displayName', max: 120 };
const JOB_ROLE = { field: 'jobRole', max: 120 };

type Duties = Pick<UpdateContactInput, 'canDecide' | 'canPay' | 'published'>;

/** Null says as little as nothing: a duty is on or off. */
const duties = ({ canDecide, canPay, published }: Duties) => ({
  canDecide: canDecide ?? undefined,
  canPay: canPay ?? undefined,
  published: published ?? undefined,
});
