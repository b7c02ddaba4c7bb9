import type { Block } from './expected-columns';
import { PEOPLE } from './expected-people';
import { PROJECTS } from './expected-projects';
import { WORK } from './expected-work';

/**
 * Who sees what, written by hand from the specification and from nothing else: the policy page is proven against this.
 * A new field of the schema fails the tests until it is written down here.
 */
export const EXPECTED: Block[] = [...PEOPLE, ...PROJECTS, ...WORK];

/** Types without a visibility of their own: whoever was shown the field that leads there sees all of them. */
export const VALUES =
  `WorkspaceBranding WorkspaceSettings ProjectVisibility VisibilitySettings RoundingPolicy MyAccess Permissions
  Section Budget BudgetQuantity ProjectFinancials MyTotals ConvertedGrant SkippedGrant InvitationPreview
  PortalEvent PageInfo Duration Money NotificationPreferences`.split(/\s+/);
