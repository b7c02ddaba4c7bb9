import type { TestServer } from './server';

const CREATE_ORGANISATION = `mutation ($input: CreateClientOrganisationInput!) { createClientOrganisation(input: $input) {
  clientOrganisation { id } } }`;
const CREATE_CONTACT = `mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { id } } }`;

/** A client organisation that no other test knows, made by Ada. */
export async function anOrganisation(server: TestServer, facts: Record<string, unknown> = {}): Promise<string> {
  const input = { workspaceId: server.cast.workspaceId, name: 'Zephyr', ...facts };
  const { createClientOrganisation } = await server.data('ada', CREATE_ORGANISATION, { input });
  return createClientOrganisation.clientOrganisation.id;
}

let contacts = 0;

/** A contact without an account, made by Ada. */
export async function aContact(
  server: TestServer,
  clientOrganisationId: string,
  facts: Record<string, unknown> = {},
): Promise<string> {
  contacts += 1;
  const input = {
    clientOrganisationId,
    displayName: 'Nora New',
    email: `nora.new.${contacts}@example.com`,
    ...facts,
  };
  return (await server.data('ada', CREATE_CONTACT, { input })).createContact.contact.id;
}
