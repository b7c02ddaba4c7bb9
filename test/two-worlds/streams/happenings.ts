import { policyLines } from '../../../src/access/audit';
import { POLICY } from '../../../src/access/policy';
import type { NumberedEvent } from '../../../src/events/event.entity';
import type { EventKind } from '../../../src/events/event-types';
import { newId } from '../../../src/platform/ids';
import type { Random } from '../asking/random';
import { type Book, NOW, type Row } from '../world/book';

const FIELDS = policyLines(POLICY).map(({ type, field }) => `${type}.${field}`);
const fieldsOf = (...types: string[]): string[] => FIELDS.filter((field) => types.includes(field.split('.')[0]));

/** What may happen to the rows of a table, and which fields may change by it. */
const KINDS: [table: string, kind: EventKind, fields: string[]][] = [
  ['task', 'task.updated', [...fieldsOf('Task'), 'Project.tasks']],
  ['time_entry', 'time.logged', fieldsOf('TimeEntry', 'ProjectTotals')],
  ['time_entry', 'time.updated', fieldsOf('TimeEntry', 'ProjectTotals')],
  ['invoice', 'invoice.sent', fieldsOf('Invoice')],
  ['invoice', 'invoice.updated', fieldsOf('Invoice')],
  ['payment', 'payment.received', fieldsOf('Payment', 'Invoice')],
  ['project', 'project.updated', fieldsOf('Project', 'ProjectTotals', 'CostBudget')],
  ['project', 'budget.threshold_reached', fieldsOf('Project', 'CostBudget')],
  ['membership', 'person.updated', fieldsOf('Person')],
  ['project_grant', 'access.granted', ['ProjectMember.id', 'Project.people']],
];

/** Things that may have happened in a world, as the relay would have numbered them. */
export class Happenings {
  private seq = 0n;

  constructor(
    private readonly book: Book,
    private readonly random: Random,
  ) {}

  next(): NumberedEvent {
    const { random, book } = this;
    const [table, kind, fields] = random.pick(KINDS);
    const row = random.pick(book.tables.get(table)!);
    const people = book.tables.get('membership')!.filter((person) => person.workspace_id === row.workspace_id);
    const personId = table === 'project_grant' ? row.membership_id : random.percent(5) ? random.pick(people).id : null;
    return {
      id: newId('Event'),
      workspaceId: row.workspace_id as string,
      projectId: this.projectOf(table, row),
      kind,
      subjectId: row.id as string,
      personId: personId as string | null,
      actorId: random.percent(80) ? (random.pick(people).id as string) : null,
      changed: random.sample(fields, random.pick([1, 1, 2, 4])),
      timeRelease: table === 'time_entry' ? random.pick(['BEFORE', 'WITH', null]) : null,
      occurredAt: new Date(NOW),
      seq: ++this.seq,
    };
  }

  private projectOf(table: string, row: Row): string | null {
    if (table === 'project') return row.id as string;
    if (table !== 'payment') return (row.project_id as string | undefined) ?? null;
    const invoice = this.book.tables.get('invoice')!.find(({ id }) => id === row.invoice_id);
    return invoice!.project_id as string;
  }
}
