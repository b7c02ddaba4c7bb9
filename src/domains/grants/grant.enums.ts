import { registerEnumType } from 'type-graphql';
import type { Permission } from '../../access/permissions';

export enum PermissionKey {
  TRACK_TIME = 'TRACK_TIME',
  CLIENT_VIEW = 'CLIENT_VIEW',
  INTERNAL_COSTS = 'INTERNAL_COSTS',
  MANAGES_PROJECT = 'MANAGES_PROJECT',
}

registerEnumType(PermissionKey, {
  name: 'Permission',
  description: 'One of the four permissions of a person on a project.',
  valuesConfig: {
    TRACK_TIME: { description: 'Logs time on the project while it is ACTIVE (F-043).' },
    CLIENT_VIEW: { description: 'Sees project-wide activity and client-facing totals (F-045).' },
    INTERNAL_COSTS: { description: 'Sees internal cost totals and cost budgets (F-046).' },
    MANAGES_PROJECT: { description: 'Manages the project (F-048).' },
  },
});

/** How the API names a permission. */
export const PERMISSION_NAMES: Record<Permission, PermissionKey> = {
  trackTime: PermissionKey.TRACK_TIME,
  clientView: PermissionKey.CLIENT_VIEW,
  internalCosts: PermissionKey.INTERNAL_COSTS,
  managesProject: PermissionKey.MANAGES_PROJECT,
};

export enum AccessWarning {
  LAST_MANAGER_REMOVED = 'LAST_MANAGER_REMOVED',
  PERSON_TYPE_DIFFERS = 'PERSON_TYPE_DIFFERS',
  CLIENT_ORGANISATION_DIFFERS = 'CLIENT_ORGANISATION_DIFFERS',
  CLIENT_ORGANISATION_INACTIVE = 'CLIENT_ORGANISATION_INACTIVE',
}

registerEnumType(AccessWarning, {
  name: 'AccessWarning',
  description: 'What was done all the same, and should be looked at.',
  valuesConfig: {
    LAST_MANAGER_REMOVED: { description: 'Nobody manages the project any more; owners and admins still do.' },
    PERSON_TYPE_DIFFERS: {
      description: 'The person, or the pending invitation, is of another type than asked for, and keeps it.',
    },
    CLIENT_ORGANISATION_DIFFERS: {
      description: 'The client belongs to another client organisation already. Make sure this is no mistake.',
    },
    CLIENT_ORGANISATION_INACTIVE: { description: 'The client organisation is INACTIVE: its people see nothing yet.' },
  },
});
