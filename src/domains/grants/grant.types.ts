import { Field, InputType } from 'type-graphql';
import type { Permission, PermissionFlags } from '../../access/permissions';

@InputType({
  description:
    'Permissions to turn on or off; what is left out stays as it is, or as a new person starts: clients with ' +
    'clientView, employees and contractors with trackTime and clientView.',
})
export class PermissionsInput {
  @Field(() => Boolean, { nullable: true, description: 'Logs time on the project while it is ACTIVE (F-043).' })
  trackTime?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Sees project-wide activity and client-facing totals (F-045). Off takes the next two along.',
  })
  clientView?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Sees internal cost totals and cost budgets (F-046). Turns clientView on (F-047). Given by owners and admins ' +
      'alone; for a client with a `reason`.',
  })
  internalCosts?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Manages the project (F-048). Turns clientView on. Given by owners and admins alone, never to clients.',
  })
  managesProject?: boolean | null;
}

/** What somebody holds on a project, or will hold once they accept: permissions, their time, and why. */
export interface GrantTerms extends PermissionFlags {
  startsAt: Date | null;
  expiresAt: Date | null;
  reason: string | null;
}

/** What is asked for. Undefined leaves as it is; null clears a date or reason, and says nothing of a permission. */
export interface GrantWish {
  permissions?: Partial<Record<Permission, boolean | null>> | null;
  startsAt?: Date | null;
  expiresAt?: Date | null;
  reason?: string | null;
}

/** Who gives. Owners and admins give everything; whoever manages the project, trackTime and clientView. */
export interface Granter {
  personId: string;
  isAdmin: boolean;
}
