import 'reflect-metadata';
import { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { POLICY } from '../access/policy';
import { protect } from '../access/rules';
import {
  ActivityEventResolver,
  ProjectActivityResolver,
  ViewerActivityResolver,
} from '../domains/activity/activity.resolver';
import { NotificationEventResolver } from '../domains/activity/notification-event.resolver';
import { PortalEventsResolver } from '../domains/activity/portal-events.resolver';
import { AuthResolver } from '../domains/auth/auth.resolver';
import { ViewerMembershipResolver, ViewerResolver } from '../domains/auth/viewer.resolver';
import { BudgetsResolver } from '../domains/budgets/budgets.resolver';
import { ClientsResolver, WorkspaceClientsResolver } from '../domains/clients/clients.resolver';
import { ContactsResolver, PersonContactsResolver } from '../domains/clients/contacts.resolver';
import { ConversionResolver } from '../domains/conversion/conversion.resolver';
import {
  InvitationResolver,
  InvitationsResolver,
  InvitedMemberResolver,
  WorkspaceInvitationsResolver,
} from '../domains/invitations/invitations.resolver';
import { InvoiceChangesResolver } from '../domains/invoices/invoice-changes.resolver';
import { InvoiceLinesResolver } from '../domains/invoices/invoice-lines.resolver';
import { InvoicesResolver } from '../domains/invoices/invoices.resolver';
import { PaymentsResolver } from '../domains/invoices/payments.resolver';
import { ProjectInvoicesResolver } from '../domains/invoices/project-invoices.resolver';
import { TimeEntryInvoiceResolver } from '../domains/invoices/time-entry-invoice.resolver';
import { MembersResolver, ProjectMemberResolver, ProjectMembersResolver } from '../domains/members/members.resolver';
import { NotificationsOfViewerResolver, NotificationsResolver } from '../domains/notifications/notifications.resolver';
import { PreferencesResolver } from '../domains/notifications/preferences.resolver';
import { PeopleResolver } from '../domains/people/people.resolver';
import { PersonResolver } from '../domains/people/person.resolver';
import { ProjectChangesResolver } from '../domains/projects/project-changes.resolver';
import { ProjectsResolver } from '../domains/projects/projects.resolver';
import {
  RateCardOfProjectResolver,
  RateCardResolver,
  RateOfTaskResolver,
  RatesOfPersonResolver,
} from '../domains/rates/rate-card.resolver';
import { RatesOfWorkspaceResolver, RatesResolver } from '../domains/rates/rates.resolver';
import { TasksOfProjectResolver, TasksResolver } from '../domains/tasks/tasks.resolver';
import { TimeOfProjectResolver, TimeResolver } from '../domains/time/time.resolver';
import { RunningTimerResolver, TimersResolver } from '../domains/time/timers.resolver';
import {
  DayTotalsResolver,
  PersonTotalsResolver,
  ProjectTotalsResolver,
  TaskTotalsResolver,
  TimeByDayResolver,
  TotalsOfProjectResolver,
  TotalsOfTaskResolver,
} from '../domains/time/totals.resolver';
import { WorkspaceResolver } from '../domains/workspaces/workspace.resolver';
import { WorkspacePeopleResolver } from '../domains/workspaces/workspace-people.resolver';
import { errorCodeType } from '../platform/errors';
import { leanResolvers } from './lean-resolvers';
import { NodeResolver } from './node.resolver';

/** The schema as it is printed to schema/schema.graphql: without anybody in front. Never served. */
export function bareSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      ActivityEventResolver,
      BudgetsResolver,
      AuthResolver,
      ClientsResolver,
      ContactsResolver,
      ConversionResolver,
      InvitationResolver,
      InvitationsResolver,
      InvitedMemberResolver,
      MembersResolver,
      InvoiceChangesResolver,
      InvoiceLinesResolver,
      InvoicesResolver,
      NodeResolver,
      NotificationEventResolver,
      NotificationsOfViewerResolver,
      NotificationsResolver,
      PeopleResolver,
      PortalEventsResolver,
      PersonContactsResolver,
      PreferencesResolver,
      PaymentsResolver,
      PersonResolver,
      ProjectActivityResolver,
      ProjectChangesResolver,
      ProjectMemberResolver,
      ProjectMembersResolver,
      ProjectInvoicesResolver,
      ProjectsResolver,
      ProjectTotalsResolver,
      TaskTotalsResolver,
      PersonTotalsResolver,
      DayTotalsResolver,
      TimeByDayResolver,
      RateCardOfProjectResolver,
      RateCardResolver,
      RateOfTaskResolver,
      RatesOfPersonResolver,
      RatesOfWorkspaceResolver,
      RatesResolver,
      RunningTimerResolver,
      TasksOfProjectResolver,
      TasksResolver,
      TimeOfProjectResolver,
      TimeEntryInvoiceResolver,
      TimeResolver,
      TimersResolver,
      TotalsOfProjectResolver,
      TotalsOfTaskResolver,
      ViewerActivityResolver,
      ViewerMembershipResolver,
      ViewerResolver,
      WorkspaceClientsResolver,
      WorkspaceInvitationsResolver,
      WorkspacePeopleResolver,
      WorkspaceResolver,
    ],
    validate: false,
    pubSub: NO_PUBSUB,
  });
  describe(schema);
  leanResolvers(schema);
  const config = schema.toConfig();
  return new GraphQLSchema({ ...config, types: [...config.types, errorCodeType] });
}

/** The schema as it is served: the policy page in front of every field where it can say no. */
export const servedSchema = (): GraphQLSchema => protect(bareSchema(), POLICY);

/** type-graphql asks for one. Ours is the hub of `events`: yoga's lets one slow reader stop the process. */
const NO_PUBSUB: PubSub = {
  publish: () => {
    throw new Error('Events go through the outbox.');
  },
  subscribe: () => {
    throw new Error('Streams are opened by the hub.');
  },
};

/** type-graphql has no place to say it. */
function describe(schema: GraphQLSchema): void {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  const subscription = schema.getSubscriptionType();
  if (subscription) subscription.description = 'Streams, over a socket at the same address.';
  if (query) query.description = 'Questions: each is answered as far as the caller may see.';
  if (mutation) mutation.description = 'Changes: each takes one input and answers what it changed.';
}
