import { type Block, edge, line } from './expected-columns';
import { admin, bills, billsInside, inside, manager, rates, shownPerson, view } from './expected-lines';

/** Tasks, time, invoices. */
const tasks: Block[] = [
  {
    thing: 'Task of another',
    type: 'Task',
    // T: those to log time on.
    rows: line('- -+++ +++ +++ +-', 'tasks:SHOW'),
    fields: [
      ['id title status project', line('- -+++ +++ +++ +-')],
      ['assignee', shownPerson('people:ALL')],
      ['description dueDate order', line('- -+++ +++ +++ --', '', { team: 'clientView' })],
      ['estimate trackedTime', view('hours:FULL')],
      ['billableAmount', rates('financials:FULL')],
      ['internalNotes clientVisible billable version', inside],
      ['billRate', manager],
      ['cost', admin],
    ],
  },
  {
    thing: 'Task of one’s own',
    type: 'Task',
    rows: line('- ++++ +++ +++ +-', 'tasks:SHOW'),
    fields: [
      ['id title status project assignee description dueDate order', line('- ++++ +++ +++ +-')],
      ['estimate trackedTime', view('hours:FULL')],
      ['internalNotes clientVisible billable version', inside],
      ['billRate', { ...manager, kind: 'nothing' }],
      ['cost', admin],
    ],
  },
  {
    thing: 'Task of the team',
    type: 'Task',
    rows: line('- ---- +++ -++ +-'),
    fields: [['id title status', line('- ---- +++ -++ +-')]],
  },
];

const ofOthers = 'clientView timeEntries:DETAILED';
const entries: Block[] = [
  {
    thing: 'TimeEntry of another, not yet invoiced',
    type: 'TimeEntry',
    rows: view('timeEntries:DETAILED timeRelease:ALL'),
    fields: [
      ['id project date time billable description', view()],
      // From when to when is as long as it really was, which a client is not told (decision 008).
      ['startedAt endedAt', inside],
      ['task', edge('- --++ +++ +++ --', 'tasks:SHOW')],
      ['person', edge('- --++ +++ +++ --', 'people:ALL')],
      ['rawTime internalNote createdBy version', manager],
      [
        'billableAmount',
        rates('timeEntries:DETAILED financials:FULL', 'clientView membersSeeBillRates managesProject'),
      ],
      [
        'billRate',
        rates('timeEntries:DETAILED financials:FULL billRates:SHOW', 'clientView membersSeeBillRates managesProject'),
      ],
      ['invoiced', bills('invoices:SUMMARY')],
      ['invoice', { ...bills('invoices:SUMMARY'), kind: 'nothing' }],
      ['costRate costAmount', admin],
    ],
  },
  {
    thing: 'TimeEntry of another, not billable',
    type: 'TimeEntry',
    rows: line('- --++ +++ +++ --', `${ofOthers} timeRelease:ALL hours:FULL`),
    fields: [['id time', view()]],
  },
  {
    thing: 'TimeEntry of another, invoiced',
    type: 'TimeEntry',
    rows: line('- --++ +++ +++ --', ofOthers),
    fields: [
      ['id time', view()],
      ['invoiced invoice', bills('invoices:SUMMARY')],
    ],
  },
  {
    thing: 'TimeEntry of one’s own',
    type: 'TimeEntry',
    // What one wrote oneself asks neither setting nor release.
    rows: line('- -+-- +++ +++ +-'),
    fields: [
      ['id project date time billable description startedAt endedAt person', line('- -+-- +++ +++ +-')],
      ['rawTime internalNote createdBy version', line('- -+-- +++ +++ +-')],
      ['task', edge('- -+-- +++ +++ +-', 'tasks:SHOW')],
      // What it earned is the project's and not one's own: before its release it is nothing yet.
      ['billableAmount', { ...rates('timeEntries:DETAILED financials:FULL'), nothingUnreleased: true }],
      ['billRate', { ...rates('timeEntries:DETAILED financials:FULL billRates:SHOW'), nothingUnreleased: true }],
      ['invoice', { ...bills('invoices:SUMMARY'), kind: 'nothing' }],
      ['invoiced', line('- -+-- -++ +-+ --', '', { team: 'managesProject' })],
      ['costRate costAmount', admin],
    ],
  },
];

const invoices: Block[] = [
  {
    thing: 'Invoice',
    type: 'Invoice',
    rows: bills('invoices:SUMMARY'),
    fields: [
      ['id number status isOverdue issueDate dueDate currency total balance', bills('invoices:SUMMARY')],
      ['project clientOrganisation', bills('invoices:SUMMARY')],
      ['lines subtotal tax notes', bills('invoices:FULL')],
      ['payments', bills('invoices:FULL financials:FULL')],
      ['internalNotes dueInDays version', billsInside],
    ],
  },
  { thing: 'Invoice as a draft', type: 'Invoice', rows: billsInside, fields: [['id total lines', billsInside]] },
  {
    thing: 'InvoiceLine',
    type: 'InvoiceLine',
    rows: bills('invoices:FULL'),
    fields: [
      ['id description quantity unitPrice amount taxPercent tax', bills('invoices:FULL')],
      ['fromTime timeEntries', billsInside],
    ],
  },
  {
    thing: 'Payment',
    type: 'Payment',
    rows: bills('invoices:FULL financials:FULL'),
    fields: [
      ['id invoice amount status method receivedOn maskedInstrument', bills('financials:FULL')],
      ['reference', billsInside],
    ],
  },
];

/** Of what everybody sees who sees the project's activity at all; which events those are: leak-channels-activity. */
const activity: Block[] = [
  {
    thing: 'ActivityEvent',
    type: 'ActivityEvent',
    rows: view(),
    fields: [
      ['id kind occurredAt project subject', view()],
      ['actor', edge('- --++ +++ +++ --', 'people:CLIENT_FACING')],
    ],
  },
];

export const WORK: Block[] = [...tasks, ...entries, ...invoices, ...activity];
