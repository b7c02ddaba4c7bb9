import { isKnownField, missingOnField } from '../access/fields';
import type { ProjectAccess } from '../access/project-access';
import type { Asking } from '../access/rules';
import type { Subject } from '../access/subjects';
import { typeNameOf } from '../platform/node';
import type { Event } from './event.entity';
import { type EventKind, factsOf } from './event-types';

/** What one receiver hears of an event. */
export interface Heard {
  kind: EventKind;
  projectId: string | null;
  subjectId: string | null;
}

/**
 * What the asker hears of an event at this moment; null when nothing. They hear of it when they see its subject and at
 * least one of the fields that changed, by the same page that answers queries. Who sees no more than a number that it
 * moved hears that the project changed. It is written to whom it concerns in any case.
 */
export async function asHeardBy(asking: Asking, event: Event): Promise<Heard | null> {
  const { access, node } = asking;
  if (factsOf(event.kind).silent || !couldHear({ access }, event)) return null;
  const { projectId } = event;
  if (factsOf(event.kind).badge) return badgeHeardBy({ access, node }, event);
  if (event.personId !== null && access.isPerson(event.personId)) {
    const isOpen = projectId === null || access.permit({ workspaceId: event.workspaceId, projectId }) !== undefined;
    if (isOpen) return { kind: event.kind, projectId, subjectId: event.subjectId };
    return factsOf(event.kind).own ? { kind: event.kind, projectId: null, subjectId: null } : null;
  }
  if (isHeldBack({ access }, event)) return null;
  const whole = projectId ?? event.workspaceId;
  const subject = await seenSubject({ access, node }, event);
  if (subject) return { kind: event.kind, projectId, subjectId: event.subjectId };
  if (!(await seesOfTheWhole(asking, event))) return null;
  const isNamed = event.subjectId === whole && event.personId === null;
  if (isNamed) return { kind: event.kind, projectId, subjectId: whole };
  return { kind: projectId === null ? 'workspace.updated' : 'project.updated', projectId, subjectId: whole };
}

/** The same for many at once: one statement for each kind of subject. */
export const whatIsHeard = (asking: Asking, events: readonly Event[]): Promise<(Heard | null)[]> =>
  Promise.all(events.map((event) => asHeardBy(asking, event)));

type Asked = Pick<Asking, 'access'>;

/** A notification that has gone from somebody’s list is not spoken of either. */
async function badgeHeardBy({ access, node }: Pick<Asking, 'access' | 'node'>, event: Event): Promise<Heard | null> {
  const { kind, personId, subjectId } = event;
  if (personId === null || !access.isPerson(personId)) return null;
  return (await node(subjectId!)) && { kind, projectId: null, subjectId };
}

const seesField = (access: ProjectAccess, field: string, row: Subject): boolean =>
  isKnownField(field) && missingOnField(access, field, row).length === 0;

/** Without asking the database: whoever has nothing to do with the project hears nothing. */
function couldHear({ access }: Asked, { workspaceId, projectId, personId }: Event): boolean {
  if (personId !== null && access.isPerson(personId)) return true;
  if (projectId === null) return access.membership(workspaceId) !== undefined;
  return access.permit({ workspaceId, projectId }) !== undefined;
}

/** Hours that a project releases by its invoices: what happens to them before is not told to clients, as nowhere else. */
function isHeldBack({ access }: Asked, { workspaceId, projectId, timeRelease }: Event): boolean {
  if (timeRelease === null || projectId === null) return false;
  const byInvoice = access.permit({ workspaceId, projectId })?.settings?.timeRelease === 'INVOICED';
  return byInvoice === (timeRelease === 'BEFORE');
}

async function seenSubject({ access, node }: Pick<Asking, 'access' | 'node'>, event: Event): Promise<boolean> {
  const fields = event.changed.filter((field) => isOfSubject(event, field));
  if (event.subjectId === null || fields.length === 0) return false;
  const row = await node(event.subjectId);
  return row !== null && fields.some((field) => seesField(access, field, row));
}

const isOfSubject = ({ subjectId }: Event, field: string): boolean =>
  subjectId !== null && field.startsWith(`${typeNameOf(subjectId)}.`) && field !== PEOPLE;

/** Whoever has come to a project or left it is news to those alone who are shown them there, and no more than that. */
const PEOPLE = 'Project.people';

/** The numbers and lists of the project, or of the workspace, that changed with it. */
async function seesOfTheWhole({ access, isShownOn }: Asking, event: Event): Promise<boolean> {
  const ofTheWhole = event.changed.filter((field) => !isOfSubject(event, field));
  const seen = ofTheWhole.filter((field) => seesField(access, field, rowOfWhole(event, field)));
  if (seen.length === 0) return false;
  return seen.some((field) => field !== PEOPLE) || isShownOn(event.projectId!, event.personId!);
}

/**
 * What a monthly cost budget has used is the cost of chosen days (docs/decisions/009); only of those it is told here.
 * That a list of tasks is another one is no news to who has but their own on it: what is theirs is told as theirs.
 */
const rowOfWhole = ({ workspaceId, projectId }: Event, field: string): Subject =>
  projectId === null
    ? { workspaceId }
    : { workspaceId, projectId, dated: field.startsWith('CostBudget.'), ofOthers: field === 'Project.tasks' };
