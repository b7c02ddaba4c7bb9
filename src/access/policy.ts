import type { AudienceName } from './permissions';

/**
 * WHO SEES WHAT. One line is one audience (permissions.ts) and the fields it sees. The first line of a type is its
 * base: whoever was given the row sees these (rows.ts decides which rows). `inherit`: as whatever led there.
 *
 * Operations name the audience that may use them; `name(key)` asks it about the thing that `input.<key>` names, which
 * must be visible to the caller in the first place. `signedIn` operations decide row by row in their service.
 * The audit at boot (audit.ts) refuses a field of the schema that stands on no line or on two.
 */
export type Lines = { [A in AudienceName | 'base' | 'anyone' | 'signedIn']?: string };
export type Policy = Record<string, Lines | 'inherit'>;

export const POLICY: Policy = {
  Query: {
    signedIn: 'viewer node nodes projects project clientOrganisation',
  },
  Mutation: {
    anyone: 'signIn requestPasswordReset resetPassword setUp',
    signedIn: 'signOut signOutEverywhere revokeSession changePassword updateProfile createWorkspace',
    admin: `updateWorkspace(workspaceId)
      deactivateClientOrganisation(clientOrganisationId) reactivateClientOrganisation(clientOrganisationId)
      updatePerson(personId) changeRole(personId) changePersonType(personId)
      deactivatePerson(personId) reactivatePerson(personId) convertToClient(personId)`,
    workspaceManager: `createProject(clientOrganisationId) createClientOrganisation(workspaceId)
      updateClientOrganisation(clientOrganisationId)
      createContact(clientOrganisationId) updateContact(contactId) removeContact(contactId)`,
    manager:
      'updateProject(projectId) changeProjectStatus(projectId) updateProjectVisibility(projectId) setProjectBudget(projectId)',
  },

  Viewer: { base: 'id email displayName phone locale timezone memberships sessions' },
  Session: { base: 'id createdAt lastUsedAt expiresAt current userAgent' },
  SignInPayload: 'inherit',
  SetUpPayload: 'inherit',
  SignOutPayload: 'inherit',
  SignOutEverywherePayload: 'inherit',
  RevokeSessionPayload: 'inherit',
  ChangePasswordPayload: 'inherit',
  RequestPasswordResetPayload: 'inherit',
  ResetPasswordPayload: 'inherit',
  UpdateProfilePayload: 'inherit',
  ViewerMembership: { base: 'workspace person personType role businessRoles' },
  Workspace: {
    base: 'id name slug branding timezone defaultCurrency clientOrganisations people',
    admin: 'settings memberCount',
  },
  WorkspaceBranding: 'inherit',
  CreateWorkspacePayload: 'inherit',
  UpdateWorkspacePayload: 'inherit',
  WorkspaceSettings: 'inherit',
  Person: {
    base: 'id displayName title avatarUrl side',
    contactDetails: 'email phone',
    manager: 'status',
    admin: 'personType role businessRoles lastSeenAt contacts clientFacing version',
    capacity: 'weeklyCapacity',
  },
  PersonConnection: 'inherit',
  PersonEdge: 'inherit',
  UpdatePersonPayload: 'inherit',
  ChangeRolePayload: 'inherit',
  ChangePersonTypePayload: 'inherit',
  DeactivatePersonPayload: 'inherit',
  ReactivatePersonPayload: 'inherit',
  ConvertToClientPayload: 'inherit',
  ConvertedGrant: 'inherit',
  ClientOrganisation: {
    base: 'id name logoUrl status contacts',
    clientView: 'currency',
    billingDetails: 'billingAddress taxId',
    manager: 'internalNotes',
    workspaceManager: 'version',
  },
  ClientOrganisationConnection: 'inherit',
  ClientOrganisationEdge: 'inherit',
  CreateClientOrganisationPayload: 'inherit',
  UpdateClientOrganisationPayload: 'inherit',
  DeactivateClientOrganisationPayload: 'inherit',
  ReactivateClientOrganisationPayload: 'inherit',

  Contact: {
    base: 'id displayName jobRole isPrimary clientOrganisation person',
    contactEmail: 'email',
    contactDuties: 'canDecide canPay published',
    workspaceManager: 'version',
  },
  ContactConnection: 'inherit',
  ContactEdge: 'inherit',
  CreateContactPayload: 'inherit',
  UpdateContactPayload: 'inherit',
  RemoveContactPayload: 'inherit',

  Project: {
    base: 'id name code status clientOrganisation workspace startDate endDate description currency billing myAccess',
    team: 'internalDescription',
    manager: 'visibility roundingPolicy version',
    budget: 'budget',
    costBudget: 'costBudget',
  },
  ProjectVisibility: 'inherit',
  VisibilitySettings: 'inherit',
  RoundingPolicy: 'inherit',
  CreateProjectPayload: 'inherit',
  UpdateProjectPayload: 'inherit',
  ChangeProjectStatusPayload: 'inherit',
  SetProjectBudgetPayload: 'inherit',
  Budget: 'inherit',
  BudgetQuantity: 'inherit',
  CostBudget: 'inherit',
  UpdateProjectVisibilityPayload: 'inherit',
  ProjectConnection: 'inherit',
  ProjectEdge: 'inherit',
  MyAccess: 'inherit',
  Permissions: 'inherit',
  Section: 'inherit',

  PageInfo: 'inherit',
  Duration: 'inherit',
  Money: 'inherit',
};
