import { buildSchema } from 'graphql';
import { auditPolicy } from '../../src/access/audit';
import { POLICY, type Policy } from '../../src/access/policy';
import { bareSchema } from '../../src/api/schema';

const schema = buildSchema(`
  interface Node { id: ID! }
  union Found = Task | Note
  type Query { task: Task found: Found }
  type Mutation { updateTask(input: UpdateTaskInput!): Task }
  input UpdateTaskInput { taskId: ID! }
  type Task implements Node { id: ID! title: String! cost: Int notes: [Note!] }
  type Note { text: String! }
`);

const page: Policy = {
  Query: { signedIn: 'task found' },
  Mutation: { manager: 'updateTask(taskId)' },
  Task: { base: 'id title', admin: 'cost', team: 'notes' },
  Note: 'inherit',
};

/** The page with some of its types replaced, and without those that are `undefined`. */
function audit(change: Record<string, Policy[string] | undefined>): void {
  const changed = Object.entries({ ...page, ...change }).filter(([, lines]) => lines !== undefined);
  auditPolicy(schema, Object.fromEntries(changed) as Policy);
}

describe('the audit of the policy page', () => {
  it('passes a page that fits', () => {
    expect(() => audit({})).not.toThrow();
    expect(() => auditPolicy(bareSchema(), POLICY)).not.toThrow();
  });

  it.each<[what: string, change: Parameters<typeof audit>[0], words: string]>([
    ['a field on no line', { Task: { base: 'id title', team: 'notes' } }, 'Task.cost stands on no line.'],
    [
      'a field on two lines',
      { Task: { base: 'id title cost', admin: 'cost', team: 'notes' } },
      'Task.cost stands on 2 lines.',
    ],
    [
      'a field twice on one line',
      { Task: { base: 'id title title', admin: 'cost', team: 'notes' } },
      'Task.title stands on 2 lines.',
    ],
    [
      'a line without a field',
      { Task: { base: 'id title', admin: 'cost price', team: 'notes' } },
      'Task.price is not in the schema.',
    ],
    ['a type without a line', { Note: undefined }, 'Note stands nowhere on the page.'],
    ['a line without a type', { Ghost: { base: 'id' } }, 'Ghost is on the page, but not in the schema.'],
    [
      'a guarded field that is never null',
      { Task: { base: 'id', team: 'title notes', admin: 'cost' } },
      'Task.title is guarded, so it must be nullable.',
    ],
    ['a rule on an interface', { Node: { base: 'id' } }, 'Node: a rule on an interface or union is never asked.'],
    ['a rule on a union', { Found: 'inherit' }, 'Found: a rule on an interface or union is never asked.'],
    ['a rule on an input', { UpdateTaskInput: 'inherit' }, 'UpdateTaskInput has no fields to guard.'],
    [
      'an audience nobody defined',
      { Task: { base: 'id title', boss: 'cost', team: 'notes' } } as never,
      'Task.cost: nobody defined the audience boss.',
    ],
    [
      'a thing that asks who is signed in',
      { Note: { signedIn: 'text' } },
      'Note.text: nobody defined the audience signedIn.',
    ],
    [
      'an operation without an audience',
      { Query: { base: 'task found' } },
      'Query.task: an operation says anyone, signedIn or an audience.',
    ],
    [
      'an operation without a subject',
      { Mutation: { manager: 'updateTask' } },
      'Mutation.updateTask: manager is asked about what? Write updateTask(someId).',
    ],
    [
      'an operation whose input lacks the subject',
      { Mutation: { manager: 'updateTask(projectId)' } },
      'Mutation.updateTask has no input that could name projectId.',
    ],
    [
      'operations that inherit',
      { Query: 'inherit' },
      'Query can be asked for by itself, so there is nothing that it could inherit.',
    ],
    [
      'a node that inherits',
      { Task: 'inherit' },
      'Task can be asked for by itself, so there is nothing that it could inherit.',
    ],
  ])('refuses %s', (_what, change, words) => {
    expect(() => audit(change)).toThrow(words);
  });

  it('refuses a word that it cannot read', () => {
    expect(() => audit({ Task: { base: 'id title*', admin: 'cost', team: 'notes' } })).toThrow(
      'The policy page cannot be read at Task: title*',
    );
  });

  it('names everything that is wrong at once', () => {
    expect(() => audit({ Task: { base: 'id' }, Ghost: 'inherit' })).toThrow(/Task\.title[\s\S]*Task\.cost[\s\S]*Ghost/);
  });
});
