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
    anyone: 'invitation',
    signedIn: 'viewer node nodes projects project clientOrganisation timeEntries invoices invoice',
  },
  Mutation: {
    anyone: 'signIn requestPasswordReset resetPassword setUp acceptInvitation',
    signedIn: `signOut signOutEverywhere revokeSession changePassword updateProfile createWorkspace setRate
      stopTimer discardTimer markNotificationRead markAllNotificationsRead
      updateNotificationPreferences`,
    admin: `updateWorkspace(workspaceId) invitePerson(workspaceId)
      deactivateClientOrganisation(clientOrganisationId) reactivateClientOrganisation(clientOrganisationId)
      updatePerson(personId) changeRole(personId) changePersonType(personId)
      deactivatePerson(personId) reactivatePerson(personId) convertToClient(personId)
      removeRate(rateId)`,
    workspaceManager: `createProject(clientOrganisationId) createClientOrganisation(workspaceId)
      updateClientOrganisation(clientOrganisationId)
      createContact(clientOrganisationId) updateContact(contactId) removeContact(contactId)`,
    // Whoever sees an invitation; its service asks what they granted and manage.
    member: 'resendInvitation(invitationId) revokeInvitation(invitationId)',
    inviter: 'inviteToProject(projectId)',
    granter: 'updateProjectPermissions(projectId) updateInvitationPermissions(projectId)',
    manager: `updateProject(projectId) changeProjectStatus(projectId) updateProjectVisibility(projectId) setProjectBudget(projectId)
      createTask(projectId) moveTask(taskId)
      removeFromProject(projectId) suspendProjectAccess(projectId) resumeProjectAccess(projectId)`,
    taskEditor: 'updateTask(taskId) changeTaskStatus(taskId)',
    billing: `draftInvoice(projectId) updateInvoice(invoiceId) sendInvoice(invoiceId) deleteInvoice(invoiceId) voidInvoice(invoiceId)
      recordPayment(invoiceId) voidPayment(paymentId)`,
    tracker: 'logTime(projectId) startTimer(projectId)',
    entryInside: 'updateTimeEntry(timeEntryId) deleteTimeEntry(timeEntryId)',
  },
  Subscription: { signedIn: 'portalEvents' },
  PortalEvent: 'inherit',
  ActivityEvent: { base: 'id kind occurredAt actor project subject' },
  ActivityConnection: 'inherit',
  ActivityEdge: 'inherit',

  Viewer: {
    base: `id email displayName phone locale timezone memberships sessions eventsCursor activity
      notifications unreadNotificationCount`,
  },
  // One's own alone, and only while what it is of may be seen (still-heard.ts).
  Notification: { base: 'id kind critical createdAt readAt text workspace project actor subject' },
  NotificationConnection: 'inherit',
  NotificationEdge: 'inherit',
  MarkNotificationReadPayload: 'inherit',
  MarkAllNotificationsReadPayload: 'inherit',
  NotificationPreferences: 'inherit',
  UpdateNotificationPreferencesPayload: 'inherit',
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
  ViewerMembership: { base: 'workspace person personType role businessRoles runningTimer notificationPreferences' },
  Workspace: {
    base: 'id name slug branding timezone defaultCurrency clientOrganisations people',
    admin: 'settings memberCount invitations',
    rateList: 'rates',
  },
  WorkspaceBranding: 'inherit',
  CreateWorkspacePayload: 'inherit',
  UpdateWorkspacePayload: 'inherit',
  WorkspaceSettings: 'inherit',
  Person: {
    base: 'id displayName title avatarUrl side',
    contactDetails: 'email phone',
    manager: 'status',
    admin: 'personType role businessRoles contacts clientFacing version costRate',
    capacity: 'weeklyCapacity',
    personBillRate: 'billRate',
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
    base: 'id name code status clientOrganisation workspace startDate endDate description billing myAccess totals rateCard',
    team: 'internalDescription',
    // What may be told of is decided event by event (events/as-seen.ts).
    clientView: 'currency activity lastActivityAt',
    manager: 'visibility roundingPolicy version members',
    people: 'people',
    budget: 'budget',
    costBudget: 'costBudget',
    invoices: 'invoices',
    financials: 'financials',
    taskList: 'tasks',
    entryList: 'timeEntries',
    daily: 'timeByDay',
    tracker: 'myTotals',
  },
  // A row is there for those who manage the project, and for whoever sent the invitation (rows.ts).
  ProjectMember: {
    base: 'id version name project person invitation permissions status startsAt expiresAt reason grantedBy',
  },
  ProjectMemberConnection: 'inherit',
  ProjectMemberEdge: 'inherit',
  UpdateProjectPermissionsPayload: 'inherit',
  RemoveFromProjectPayload: 'inherit',
  SuspendProjectAccessPayload: 'inherit',
  ResumeProjectAccessPayload: 'inherit',
  Invitation: {
    base: `id version email name personType clientOrganisation status invitedBy expiresAt sentCount lastSentAt
      createdAt projects`,
  },
  InvitationConnection: 'inherit',
  InvitationEdge: 'inherit',
  InvitationPreview: 'inherit',
  InviteToProjectPayload: 'inherit',
  InvitePersonPayload: 'inherit',
  UpdateInvitationPermissionsPayload: 'inherit',
  ResendInvitationPayload: 'inherit',
  RevokeInvitationPayload: 'inherit',
  AcceptInvitationPayload: 'inherit',
  SkippedGrant: 'inherit',
  ProjectVisibility: 'inherit',
  VisibilitySettings: 'inherit',
  RoundingPolicy: 'inherit',
  CreateProjectPayload: 'inherit',
  UpdateProjectPayload: 'inherit',
  ChangeProjectStatusPayload: 'inherit',
  SetProjectBudgetPayload: 'inherit',
  Budget: 'inherit',
  BudgetQuantity: 'inherit',
  CostBudget: { base: 'period total', costBudgetUsed: 'used remaining usedPercent' },
  UpdateProjectVisibilityPayload: 'inherit',
  ProjectConnection: 'inherit',
  ProjectEdge: 'inherit',
  MyAccess: 'inherit',
  Permissions: 'inherit',
  Section: 'inherit',

  Task: {
    base: 'id title status assignee project',
    taskDetails: 'description dueDate order',
    taskHours: 'estimate trackedTime',
    amountsInDetail: 'billableAmount',
    team: 'internalNotes clientVisible billable version',
    manager: 'billRate',
    admin: 'cost',
  },
  TaskConnection: 'inherit',
  TaskEdge: 'inherit',
  CreateTaskPayload: 'inherit',
  UpdateTaskPayload: 'inherit',
  ChangeTaskStatusPayload: 'inherit',
  MoveTaskPayload: 'inherit',

  TimeEntry: {
    base: 'id project date task time billable person description',
    entryMoments: 'startedAt endedAt',
    entryInside: 'rawTime internalNote createdBy version',
    entryAmount: 'billableAmount',
    entryBillRate: 'billRate',
    entryInvoiced: 'invoiced',
    entryInvoice: 'invoice',
    admin: 'costRate costAmount',
  },
  TimeEntryConnection: 'inherit',
  TimeEntryEdge: 'inherit',
  // One's own alone (timers.repository.ts).
  Timer: { base: 'id project task description startedAt' },
  StartTimerPayload: 'inherit',
  StopTimerPayload: 'inherit',
  DiscardTimerPayload: 'inherit',
  LogTimePayload: 'inherit',
  UpdateTimeEntryPayload: 'inherit',
  DeleteTimeEntryPayload: 'inherit',

  ProjectTotals: {
    hours: 'totalTime nonBillableTime',
    billableHours: 'billableTime',
    manager: 'rawTime',
    financials: 'billableAmount uninvoicedAmount',
    costs: 'internalCost margin marginPercent',
    hoursByTask: 'byTask',
    hoursByPerson: 'byPerson',
    daily: 'byDay',
  },
  TaskTotals: {
    base: 'task totalTime billableTime nonBillableTime',
    amountsInDetail: 'billableAmount uninvoicedAmount',
    admin: 'cost',
  },
  PersonTotals: {
    base: 'person totalTime billableTime nonBillableTime',
    amountsInDetail: 'billableAmount uninvoicedAmount',
    admin: 'cost',
  },
  DayTotals: {
    base: 'date',
    hours: 'totalTime nonBillableTime',
    billableHours: 'billableTime',
    financials: 'billableAmount uninvoicedAmount',
    admin: 'cost',
  },
  TimeByDay: { base: 'date task', billableHours: 'billableTime', hours: 'totalTime' },
  MyTotals: 'inherit',

  Rate: { base: 'id scope kind amount validFrom task project person clientOrganisation' },
  RateConnection: 'inherit',
  RateEdge: 'inherit',
  SetRatePayload: 'inherit',
  RemoveRatePayload: 'inherit',
  RateCard: { billRate: 'billRate', admin: 'costRate' },

  Invoice: {
    base: 'id number status isOverdue issueDate dueDate currency total balance project clientOrganisation',
    invoiceDetails: 'lines subtotal tax notes',
    invoicePayments: 'payments',
    billing: 'internalNotes dueInDays version',
  },
  InvoiceLine: {
    base: 'id description quantity unitPrice amount taxPercent tax',
    billing: 'fromTime timeEntries',
  },
  Payment: {
    base: 'id invoice',
    payments: 'amount status method receivedOn maskedInstrument',
    billing: 'reference',
  },
  InvoiceConnection: 'inherit',
  InvoiceEdge: 'inherit',
  ProjectFinancials: 'inherit',
  DraftInvoicePayload: 'inherit',
  UpdateInvoicePayload: 'inherit',
  SendInvoicePayload: 'inherit',
  DeleteInvoicePayload: 'inherit',
  VoidInvoicePayload: 'inherit',
  RecordPaymentPayload: 'inherit',
  VoidPaymentPayload: 'inherit',

  PageInfo: 'inherit',
  Duration: 'inherit',
  Money: 'inherit',
};
