import { type Doer, emit, systemAt } from '../../events/outbox';
import type { Tx } from '../../platform/database';
import { PorticoError } from '../../platform/errors';
import { newId } from '../../platform/ids';
import type { ClientOrganisation } from './client-organisation.entity';
import { lockOrganisation } from './clients.repository';
import { Contact } from './contact.entity';
import { countContacts, findContactOf } from './contacts.repository';

/** A client person who is to be a contact of an organisation. */
interface ContactPerson {
  workspaceId: string;
  clientOrganisationId: string;
  membershipId: string;
  email: string;
  displayName: string;
  jobRole?: string | null;
  now: Date;
}

/**
 * Makes a person a contact of an organisation and gives the contact's id: the one they are already, the unlinked one
 * with their e-mail, or a new one. `LIMIT_EXCEEDED` when the organisation has all the contacts it may have.
 */
export async function makeContact(tx: Tx, person: ContactPerson): Promise<string> {
  const { clientOrganisationId: organisationId, membershipId, email, now } = person;
  const organisation = await lockOrganisation(tx, organisationId);
  const known = await findContactOf(tx, { organisationId, email, membershipId });
  if (known?.membershipId === membershipId) return known.id;
  if (known?.membershipId) throw emailTaken(known.version);
  if (known) {
    await tx.update(Contact, { id: known.id }, { membershipId, version: known.version + 1, updatedAt: now });
    await emitContact(tx, systemAt(now), { id: known.id, workspaceId: organisation.workspaceId });
    return known.id;
  }
  return addContact(tx, organisation, {
    membershipId,
    email,
    displayName: person.displayName,
    jobRole: person.jobRole ?? null,
    now,
  });
}

interface NewContact extends Partial<Contact> {
  displayName: string;
  email: string;
  now: Date;
}

/** Adds a contact to a locked organisation. The first is the primary one, unless told otherwise. */
export async function addContact(
  tx: Tx,
  organisation: ClientOrganisation,
  { now, ...contact }: NewContact,
): Promise<string> {
  const { id: clientOrganisationId, workspaceId, maxContacts: limit } = organisation;
  const count = await countContacts(tx, clientOrganisationId);
  if (count >= limit) {
    throw new PorticoError('LIMIT_EXCEEDED', `A client has at most ${limit} contacts: remove one first.`, { limit });
  }
  const id = newId('Contact');
  await tx.insert(Contact, {
    id,
    workspaceId,
    clientOrganisationId,
    membershipId: contact.membershipId ?? null,
    displayName: contact.displayName,
    email: contact.email,
    jobRole: contact.jobRole ?? null,
    isPrimary: contact.isPrimary ?? count === 0,
    canDecide: contact.canDecide ?? false,
    canPay: contact.canPay ?? false,
    published: contact.published ?? false,
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
  await emitContact(tx, systemAt(now), { id, workspaceId });
  return id;
}

/** A contact was made or changed; all of it when no fields are named. */
export const emitContact = (
  tx: Tx,
  by: Doer,
  what: { id: string; workspaceId: string; changed?: readonly string[] },
): Promise<void> => emit(tx, by, 'client.updated', what);

/** E-mails are unique within an organisation. */
export const emailTaken = (current: number): PorticoError =>
  new PorticoError('CONFLICT', 'Another contact of this client has this e-mail.', { field: 'email', current });
