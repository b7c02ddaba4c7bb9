import { type Block, edge, line } from './expected-columns';
import { admin, bills, everyone, keepsBook, manager, mine, shownPerson, view } from './expected-lines';

/** Identity, organisation, access. */
const viewer: Block[] = [
  {
    thing: 'Viewer',
    type: 'Viewer',
    under: { thing: '', path: 'viewer' },
    rows: everyone,
    fields: [
      [
        'id email displayName phone locale timezone memberships sessions eventsCursor activity notifications unreadNotificationCount',
        everyone,
      ],
    ],
  },
  {
    thing: 'ViewerMembership',
    type: 'ViewerMembership',
    under: { thing: '', path: 'viewer memberships' },
    rows: everyone,
    fields: [['workspace person personType role businessRoles runningTimer notificationPreferences', everyone]],
  },
  {
    thing: 'Notification',
    type: 'Notification',
    // One's own, of one's own access: told to whoever has lost the project, too.
    under: { thing: '', path: 'viewer notifications nodes' },
    rows: everyone,
    fields: [
      ['id kind critical createdAt readAt text workspace', everyone],
      ['project subject', edge('- ++++ +++ +++ ++')],
      ['actor', shownPerson('people:ALL')],
    ],
  },
  {
    thing: 'Timer',
    type: 'Timer',
    // One's own, whatever became of the project: what is not seen of that any more is null.
    under: { thing: '', path: 'viewer memberships runningTimer' },
    rows: everyone,
    fields: [
      ['id description startedAt', everyone],
      ['project', edge('- ++++ +++ +++ ++')],
      ['task', edge('- -+++ +++ +++ +-', 'tasks:SHOW')],
    ],
  },
  {
    thing: 'Session',
    type: 'Session',
    under: { thing: '', path: 'viewer sessions' },
    rows: everyone,
    fields: [['id createdAt lastUsedAt expiresAt current userAgent', everyone]],
  },
  {
    thing: 'Workspace',
    type: 'Workspace',
    // Member of it, on a project or not.
    rows: everyone,
    fields: [
      ['id name slug branding timezone defaultCurrency clientOrganisations people', everyone],
      ['settings memberCount invitations', admin],
      // Which of them is decided rate by rate; the team has a list, and clients have none.
      ['rates', line('- ---- +++ -++ ++', 'role:MEMBER')],
    ],
  },
];

/** Whoever is a contact of it, on a project or not, is told whose they are (decision 014). */
const itsOwn = line('- ++++ +++ +++ ++ +');
const organisation: Block = {
  thing: 'ClientOrganisation',
  type: 'ClientOrganisation',
  rows: itsOwn,
  fields: [
    ['id name logoUrl status contacts', itsOwn],
    ['currency', view()],
    ['billingAddress taxId', bills('invoices:SUMMARY')],
    ['internalNotes', manager],
    ['version', keepsBook],
  ],
};

const contacts: Block[] = [
  {
    thing: 'Contact oneself',
    type: 'Contact',
    rows: mine,
    fields: [
      ['id displayName jobRole isPrimary email clientOrganisation person canDecide canPay published', mine],
      ['version', keepsBook],
    ],
  },
  {
    thing: 'Contact who publishes',
    type: 'Contact',
    rows: view(),
    fields: [
      ['id displayName jobRole isPrimary clientOrganisation', view()],
      ['person', edge('- --++ +++ +++ --', 'clientView people:CLIENT_FACING')],
      ['email', line('- --++ -++ +-+ --', '', { team: 'managesProject' })],
      ['canDecide canPay published', line('- ---- +++ -++ --', 'role:MEMBER clientView')],
      ['version', keepsBook],
    ],
  },
  {
    thing: 'Contact who does not publish',
    type: 'Contact',
    rows: view(),
    fields: [
      ['id displayName', view()],
      ['email', manager],
    ],
  },
];

const people: Block[] = [
  {
    thing: 'Person oneself',
    type: 'Person',
    rows: mine,
    fields: [
      ['id displayName title avatarUrl side email phone', mine],
      ['weeklyCapacity', line('- ---- +++ -++ ++', 'managesProject')],
      ['status billRate', manager],
      ['personType role businessRoles contacts clientFacing version costRate', admin],
    ],
  },
  {
    thing: 'Person of the team',
    type: 'Person',
    rows: line('- --++ +++ +++ +-', 'clientView people:ALL'),
    fields: [
      ['id displayName title avatarUrl side', line('- --++ +++ +++ +-')],
      ['email phone', line('- ---- +++ -++ --', 'managesProject')],
      ['status weeklyCapacity billRate', manager],
      ['personType role businessRoles contacts clientFacing version costRate', admin],
    ],
  },
  {
    thing: 'Person of the team who faces clients',
    type: 'Person',
    // w: an assignee of the project.
    rows: line('- --++ +++ +++ +-', 'clientView people:CLIENT_FACING'),
    fields: [
      ['id displayName', line('- --++ +++ +++ +-')],
      ['email phone', line('- ---- +++ -++ --', 'managesProject')],
    ],
  },
  {
    thing: 'Person who publishes',
    type: 'Person',
    // A client person, and assigned to a task: w.
    rows: line('- --++ +++ +++ +-', 'clientView people:CLIENT_FACING'),
    fields: [
      ['id displayName', line('- --++ +++ +++ +-')],
      ['email phone', line('- --++ -++ +-+ --', '', { team: 'managesProject' })],
      ['status', manager],
    ],
  },
  {
    thing: 'Person who does not publish',
    type: 'Person',
    rows: line('- --++ +++ +++ +-', 'clientView people:CLIENT_FACING'),
    fields: [
      ['id displayName', line('- --++ +++ +++ +-')],
      ['email phone', manager],
    ],
  },
];

/** By Wim himself (`o inviter`), while he has the client view of the project as one of its team. */
const sentByWim = line('- ---- +++ -++ --');
const invited: Block[] = [
  {
    thing: 'ProjectMember',
    type: 'ProjectMember',
    rows: manager,
    fields: [
      ['id version name project permissions status expiresAt reason grantedBy person', manager],
      ['invitation startsAt', { ...manager, kind: 'nothing' }],
    ],
  },
  {
    thing: 'ProjectMember that Wim invited',
    type: 'ProjectMember',
    rows: sentByWim,
    fields: [
      ['id version name project permissions status expiresAt grantedBy invitation', sentByWim],
      ['person startsAt reason', { ...sentByWim, kind: 'nothing' }],
    ],
  },
  {
    thing: 'Invitation',
    type: 'Invitation',
    rows: manager,
    fields: [
      ['id version email name personType clientOrganisation status invitedBy expiresAt', manager],
      ['sentCount lastSentAt createdAt projects', manager],
    ],
  },
  {
    thing: 'Invitation that Wim sent',
    type: 'Invitation',
    rows: sentByWim,
    fields: [
      ['id version email name personType clientOrganisation status invitedBy expiresAt', sentByWim],
      ['sentCount lastSentAt createdAt projects', sentByWim],
    ],
  },
];

/** What is billed is told to who manages it; what it costs, and what a client as a whole pays, to admins alone. */
const rateRows: Block[] = [
  {
    thing: 'Rate for billing',
    type: 'Rate',
    rows: manager,
    fields: [
      ['id scope kind amount validFrom project person', manager],
      ['task clientOrganisation', { ...manager, kind: 'nothing' }],
    ],
  },
  { thing: 'Rate of a task', type: 'Rate', rows: manager, fields: [['id amount task', manager]] },
  { thing: 'Rate of a person', type: 'Rate', rows: manager, fields: [['id amount person', manager]] },
  { thing: 'Rate of a client', type: 'Rate', rows: admin, fields: [['id amount clientOrganisation', admin]] },
  { thing: 'Rate of cost', type: 'Rate', rows: admin, fields: [['id amount', admin]] },
];

export const PEOPLE: Block[] = [...viewer, organisation, ...contacts, ...people, ...invited, ...rateRows];
