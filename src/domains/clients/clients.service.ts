import { missingOnField } from '../../access/fields';
import type { Context } from '../../context';
import { changedFields } from '../../events/changed-fields';
import { emit } from '../../events/outbox';
import { forbidden, PorticoError } from '../../platform/errors';
import { newId } from '../../platform/ids';
import { cleanOptionalText, cleanText } from '../../platform/text';
import { expectVersion } from '../../platform/versioned';
import { cleanWebAddress } from '../../platform/web-address';
import { loadWorkspace } from '../workspaces/workspace.loaders';
import { ClientOrganisation, OrganisationStatus } from './client-organisation.entity';
import type {
  ClientOrganisationDetails,
  CreateClientOrganisationInput,
  UpdateClientOrganisationInput,
} from './clients.inputs';
import { loadOrganisation } from './clients.loaders';
import { lockOrganisation } from './clients.repository';

/** What a new client organisation may have, until somebody raises it in the database. */
const MAX_CONTACTS = 20;

/** A new client organisation, active and without contacts (F-001). */
export async function createClientOrganisation(
  context: Context,
  input: CreateClientOrganisationInput,
): Promise<ClientOrganisation> {
  const workspace = (await loadWorkspace(context, input.workspaceId))!;
  const now = context.clock.now();
  const organisation = {
    ...details(input),
    id: newId('ClientOrganisation'),
    workspaceId: workspace.id,
    name: cleanText(input.name, NAME),
    currency: input.currency ?? workspace.defaultCurrency,
    status: OrganisationStatus.ACTIVE,
    maxContacts: MAX_CONTACTS,
    lastInvoiceNumber: 0,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  await context.db.transaction(async (tx) => {
    await tx.insert(ClientOrganisation, organisation);
    await emit(tx, context, 'client.updated', { workspaceId: workspace.id, id: organisation.id });
  });
  return organisationAsSeen(context, organisation.id);
}

/** Changes what is given. Who may not read a field may not write over it: `FORBIDDEN` with what reading it requires. */
export async function updateClientOrganisation(
  context: Context,
  input: UpdateClientOrganisationInput,
): Promise<ClientOrganisation> {
  const { clientOrganisationId: id, expectedVersion, ...wishes } = input;
  await refuseUnread(context, id, wishes);
  const changes = {
    ...details(wishes),
    name: wishes.name == null ? undefined : cleanText(wishes.name, NAME),
    currency: wishes.currency ?? undefined,
  };
  await context.db.transaction(async (tx) => {
    const organisation = await lockOrganisation(tx, id);
    const { version, workspaceId } = organisation;
    expectVersion(version, expectedVersion);
    await tx.update(ClientOrganisation, { id }, { ...changes, version: version + 1, updatedAt: context.clock.now() });
    const changed = changedFields('ClientOrganisation', organisation, changes);
    await emit(tx, context, 'client.updated', { workspaceId, id, changed });
  });
  return organisationAsSeen(context, id);
}

/** From its people's next request on they see nothing of its projects. */
export const deactivateClientOrganisation = (context: Context, id: string): Promise<ClientOrganisation> =>
  moveOrganisation(context, id, OrganisationStatus.INACTIVE);

/** Its people see again what they saw before. */
export const reactivateClientOrganisation = (context: Context, id: string): Promise<ClientOrganisation> =>
  moveOrganisation(context, id, OrganisationStatus.ACTIVE);

async function moveOrganisation(context: Context, id: string, to: OrganisationStatus): Promise<ClientOrganisation> {
  await context.db.transaction(async (tx) => {
    const { status: from, version, workspaceId } = await lockOrganisation(tx, id);
    if (from === to) {
      const allowed = Object.values(OrganisationStatus).filter((status) => status !== from);
      throw new PorticoError('INVALID_TRANSITION', `The client is ${from} already.`, { from, to, allowed });
    }
    const changes = { status: to, version: version + 1, updatedAt: context.clock.now() };
    await tx.update(ClientOrganisation, { id }, changes);
    await emit(tx, context, 'client.updated', { workspaceId, id, changed: ['ClientOrganisation.status'] });
  });
  return organisationAsSeen(context, id);
}

async function organisationAsSeen(context: Context, id: string): Promise<ClientOrganisation> {
  return (await loadOrganisation(context, id))!;
}

async function refuseUnread(context: Context, id: string, wishes: object): Promise<void> {
  const organisation = await organisationAsSeen(context, id);
  for (const [field, value] of Object.entries(wishes)) {
    if (value === undefined) continue;
    const missing = missingOnField(context.access, `ClientOrganisation.${field}`, organisation);
    if (missing.length > 0) throw forbidden(missing);
  }
}

const NAME = { field: 'name', max: 200 };

const details = ({ logoUrl, billingAddress, taxId, internalNotes }: ClientOrganisationDetails) => ({
  logoUrl: cleanWebAddress(logoUrl, 'logoUrl'),
  billingAddress: cleanOptionalText(billingAddress, { field: 'billingAddress', max: 1000 }),
  taxId: cleanOptionalText(taxId, { field: 'taxId', max: 60 }),
  internalNotes: cleanOptionalText(internalNotes, { field: 'internalNotes', max: 10_000 }),
});
