import type { Permit } from './permissions';
import { type OfProject, ProjectAccess, type ViewerMembership, type ViewerSession } from './project-access';

/**
 * Everything that decides what somebody sees of one project but who they are, as text: all who share it see the same,
 * wherever nothing asks who they are.
 */
export type PermissionClass = string;

/** The class of the viewer on a project, or in the workspace alone; undefined when they are nobody there. */
export function classOn(
  access: ProjectAccess,
  { workspaceId, projectId }: Pick<OfClass, 'workspaceId' | 'projectId'>,
): PermissionClass | undefined {
  const membership = access.membership(workspaceId);
  if (!membership) return undefined;
  const permit = projectId === null ? undefined : access.permit({ workspaceId, projectId });
  return JSON.stringify([pick(membership, OF_MEMBERSHIP), permit ? pick(permit, OF_PERMIT) : null]);
}

/** What a class is asked about. */
interface OfClass {
  workspaceId: string;
  projectId: string | null;
  /** A person who is known not to be among them. */
  exceptPersonId: string | null;
}

/**
 * What a class holds, made from its text alone: nothing that is not in there can find its way into an answer. Whatever
 * asks for more (who it is, when their grant ends, what they hold elsewhere) is refused and remembered, for then the
 * answer is not the same for all of them.
 */
export class AccessOfClass extends ProjectAccess {
  private readonly held: Permit | undefined;
  private readonly who: Who;
  private readonly of: OfClass;

  constructor(permissionClass: PermissionClass, of: OfClass, now: Date) {
    const who = new Who();
    const [membership, permit] = JSON.parse(permissionClass) as [Partial<ViewerMembership>, Partial<Permit> | null];
    const { workspaceId, projectId } = of;
    const member = who.knows<ViewerMembership>({ ...membership, workspaceId });
    const held = permit && projectId ? who.knows<Permit>({ ...permit, workspaceId, projectId }) : undefined;
    super(who.knows<ViewerSession>({}), [member], held?.source === 'GRANT' ? [held] : [], now);
    this.who = who;
    this.of = of;
    this.held = held;
  }

  /** Somebody asked who reads it. */
  get isPersonal(): boolean {
    return this.who.wasAsked;
  }

  override isPerson(personId: string): boolean {
    return personId === this.of.exceptPersonId ? false : this.who.ask();
  }

  override permit({ workspaceId, projectId }: OfProject): Permit | undefined {
    return workspaceId === this.of.workspaceId && projectId === this.of.projectId ? this.held : this.who.ask();
  }

  override permitOfProject(projectId: string): Permit | undefined {
    return this.permit({ workspaceId: this.of.workspaceId, projectId });
  }

  override permitOfMembership(): never {
    return this.who.ask();
  }

  override permitsOfOrganisation(): never {
    return this.who.ask();
  }
}

class Who {
  wasAsked = false;

  ask(): never {
    this.wasAsked = true;
    throw new Error('What is told to all of a class asks who of them reads it.');
  }

  /** Tells these facts. Every other is a question for who it is, also those that nobody has thought of yet. */
  knows<T extends object>(facts: Partial<T>): T {
    return new Proxy(facts, {
      get: (known, key) => (Object.hasOwn(known, key) ? Reflect.get(known, key) : this.ask()),
      has: () => this.ask(),
      ownKeys: () => this.ask(),
    }) as T;
  }
}

type Facts<T> = readonly (keyof T)[];

/** Not when it ends, nor whose it is. */
const OF_PERMIT: Facts<Permit> = [
  'source',
  'role',
  'trackTime',
  'clientView',
  'internalCosts',
  'managesProject',
  'settings',
  'billing',
  'membersSeeBillRates',
  'invitePolicy',
  'clientOrganisationId',
  'projectStatus',
];

const OF_MEMBERSHIP: Facts<ViewerMembership> = [
  'personType',
  'role',
  'membersSeeBillRates',
  'invitePolicy',
  'timezone',
];

const pick = <T>(from: T, keys: Facts<T>): Partial<T> =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Partial<T>;
