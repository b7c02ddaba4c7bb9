import { classOn, type PermissionClass } from './permission-class';
import type { ProjectAccess } from './project-access';

/**
 * What somebody was found to hold, kept for as long as they listen: the classes they belong to, and how to tell that it
 * is still so. The permissions themselves are not kept.
 */
export class Standing {
  private readonly memberships: readonly InWorkspace[];
  /** By project; by workspace for all projects that nothing is said of. */
  private readonly classes = new Map<string, PermissionClass>();
  /** When time alone changes something of it. */
  readonly until: number;

  constructor(access: ProjectAccess) {
    this.until = access.until.getTime();
    this.memberships = access.memberships.map(({ workspaceId, personId, epoch }) => ({ workspaceId, personId, epoch }));
    for (const { workspaceId } of access.memberships) {
      // A role shows every project alike, and whoever has no grant sees none.
      const anywhere = { workspaceId, projectId: access.isAdmin(workspaceId) ? '' : null };
      this.classes.set(workspaceId, shared(classOn(access, anywhere)!));
    }
    for (const permit of access.granted) {
      if (!access.isAdmin(permit.workspaceId)) this.classes.set(permit.projectId, shared(classOn(access, permit)!));
    }
  }

  /** Who they are in a workspace, and when that was read; undefined where they are nobody. */
  in(workspaceId: string): InWorkspace | undefined {
    return this.memberships.find((membership) => membership.workspaceId === workspaceId);
  }

  /** Whether time alone has changed nothing of it. */
  isCurrent(now: Date): boolean {
    return now.getTime() < this.until;
  }

  /** Undefined where they are nobody. */
  classOn(workspaceId: string, projectId: string | null): PermissionClass | undefined {
    return (projectId === null ? undefined : this.classes.get(projectId)) ?? this.classes.get(workspaceId);
  }
}

interface InWorkspace {
  workspaceId: string;
  personId: string;
  epoch: number;
}

/** There are few, and each is a long text: one of each is kept for all who share it. */
function shared(permissionClass: PermissionClass): PermissionClass {
  const known = classes.get(permissionClass);
  if (known !== undefined) return known;
  if (classes.size >= MOST_CLASSES) classes.clear();
  classes.set(permissionClass, permissionClass);
  return permissionClass;
}

const classes = new Map<PermissionClass, PermissionClass>();
const MOST_CLASSES = 10_000;
