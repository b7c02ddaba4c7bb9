import type { Context } from '../../context';
import type { Tx } from '../../platform/database';
import { badInput, notFound } from '../../platform/errors';
import { expectVersion } from '../../platform/versioned';
import type { ClientOrganisation } from '../clients/client-organisation.entity';
import { loadContact, loadOrganisation } from '../clients/clients.loaders';
import { makeContact } from '../clients/make-contact';
import { emitAccess } from '../grants/grant-events';
import { lockPair, writePerson } from '../people/change-person';
import { loadPerson } from '../people/people.loaders';
import { type Membership, PersonTypeEnum } from '../people/person.entity';
import { loadProject } from '../projects/projects.loaders';
import type { ConvertedGrant, ConvertToClientInput, ConvertToClientPayload } from './conversion.inputs';
import { refuseIneligible } from './conversion.logic';
import {
  countOtherAdmins,
  deleteRatesOf,
  findName,
  isTimed,
  type ReducedGrant,
  reduceGrants,
} from './conversion.repository';

const WORD = 'CONVERT';

/**
 * Makes a client of somebody of the team, for good (F-008, F-009): role, duties, capacity and rates go, no grant
 * manages or shows costs any more, and those on projects of other clients end. Sessions and history stay: what they
 * worked until now keeps its price and is not theirs to change.
 */
export async function convertToClient(context: Context, input: ConvertToClientInput): Promise<ConvertToClientPayload> {
  if (input.confirm !== WORD) throw badInput('confirm', `Write ${WORD}: there is no way back.`);
  const { workspaceId } = (await loadPerson(context, input.personId))!;
  const organisation = await loadOrganisation(context, input.clientOrganisationId);
  if (organisation?.workspaceId !== workspaceId) throw notFound('clientOrganisationId');

  const { contactId, grants } = await context.db.transaction(async (tx) => {
    const { person, caller } = await lockPair(tx, context, { workspaceId, personId: input.personId });
    const otherAdmins = await countOtherAdmins(tx, workspaceId, person.id);
    const hasRunningTimer = await isTimed(tx, person.id);
    refuseIneligible({ person, callerId: caller.id, otherAdmins, hasRunningTimer });
    expectVersion(person.version, input.expectedVersion);
    return convert(tx, context, { person, organisation });
  });
  return {
    person: (await loadPerson(context, input.personId))!,
    contact: (await loadContact(context, contactId))!,
    grants: await Promise.all(grants.map((grant) => withProject(context, grant))),
  };
}

async function convert(
  tx: Tx,
  context: Context,
  { person, organisation }: { person: Membership; organisation: ClientOrganisation },
): Promise<{ contactId: string; grants: ReducedGrant[] }> {
  const { id: personId, workspaceId, userId, title } = person;
  const now = context.clock.now();
  // Grants and rates first: the database refuses a client who still has what no client may have.
  const grants = await reduceGrants(tx, { personId, organisationId: organisation.id, now });
  await deleteRatesOf(tx, personId);
  const granter = context.access.membership(workspaceId)!;
  for (const { projectId, revoked } of grants) {
    const kind = revoked ? 'access.revoked' : 'access.changed';
    await emitAccess(tx, { workspaceId, projectId, personId, granter, now }, kind);
  }
  await writePerson(tx, context, person, {
    personType: PersonTypeEnum.CLIENT,
    role: 'MEMBER',
    businessRoles: [],
    weeklyCapacitySeconds: null,
    clientFacing: false,
    convertedAt: now,
  });
  const names = await findName(tx, userId);
  const contactId = await makeContact(tx, {
    ...names,
    workspaceId,
    clientOrganisationId: organisation.id,
    membershipId: personId,
    jobRole: title,
    now,
  });
  return { contactId, grants };
}

async function withProject(context: Context, { projectId, ...grant }: ReducedGrant): Promise<ConvertedGrant> {
  return { ...grant, project: (await loadProject(context, projectId))! };
}
