import type { Context } from '../../context';
import { batched, inOrderOf } from '../../platform/batch';
import type { Project } from './project.entity';
import { findProjects } from './projects.repository';

/** Projects that the viewer may see, by id. */
export const loadProject = batched<Context, string, Project | null>(async ({ db, access }, ids) =>
  inOrderOf(ids, await findProjects(db, access, ids), (project) => project.id),
);
