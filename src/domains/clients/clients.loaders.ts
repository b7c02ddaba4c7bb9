import type { Context } from '../../context';
import { batched, batchedById, groupedBy } from '../../platform/batch';
import { batchedPages, type PageArgs } from '../../platform/paging';
import type { ClientOrganisation } from './client-organisation.entity';
import type { ClientOrganisationList } from './clients.inputs';
import { findOrganisations, listOrganisations } from './clients.repository';
import type { Contact } from './contact.entity';
import { findContacts, findContactsOfPeople, listContacts } from './contacts.repository';

/** Client organisations that the viewer may see, by id. */
export const loadOrganisation = batchedById<Context, ClientOrganisation>('ClientOrganisation', ({ db, access }, ids) =>
  findOrganisations(db, access, ids),
);

/** The client organisations of a workspace, as far as the viewer may see them. */
export const loadOrganisationsOfWorkspace = batchedPages<Context, ClientOrganisationList, ClientOrganisation>(
  ({ db, access }, workspaceIds, list) => listOrganisations(db, access, { workspaceIds, list }),
);

/** Contacts that the viewer may see, by id. */
export const loadContact = batchedById<Context, Contact>('Contact', ({ db, access }, ids) =>
  findContacts(db, access, ids),
);

/** The contacts of a client organisation, as far as the viewer may see them. */
export const loadContactsOfOrganisation = batchedPages<Context, PageArgs, Contact>(
  ({ db, access }, organisationIds, page) => listContacts(db, access, { organisationIds, page }),
);

/** What a person is a contact of, as far as the viewer may see it. */
export const loadContactsOfPerson = batched<Context, string, Contact[]>(async ({ db, access }, personIds) =>
  groupedBy(personIds, await findContactsOfPeople(db, access, personIds), (contact) => contact.membershipId!),
);
