import type { Context } from '../../context';
import { batched, inOrderOf } from '../../platform/batch';
import type { Project } from '../projects/project.entity';
import { type BudgetUsage, readUsage } from './budgets.repository';

const NOTHING: BudgetUsage = { billedSeconds: 0n, billableAmountMinor: 0n, costMinor: 0n };

/** What a project used of its budgets. A client to whom time is released with its invoice sees that of issued ones. */
export const loadUsage = batched<Context, Project, BudgetUsage>(
  async ({ db, access, clock }, projects) => {
    const keys = projects.map((project) => ({
      projectId: project.id,
      issuedOnly: access.permit(project)?.settings?.timeRelease === 'INVOICED',
    }));
    const usage = await readUsage(db, keys, clock.now());
    return inOrderOf(
      keys.map((key) => key.projectId),
      usage,
      (row) => row.projectId,
    ).map((row) => row ?? NOTHING);
  },
  (project) => project.id,
);
