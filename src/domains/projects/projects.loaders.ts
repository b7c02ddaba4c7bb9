import type { Context } from '../../context';
import { batchedById } from '../../platform/batch';
import type { Project } from './project.entity';
import { findProjects } from './projects.repository';

/** Projects that the viewer may see, by id. */
export const loadProject = batchedById<Context, Project>('Project', ({ db, access }, ids) =>
  findProjects(db, access, ids),
);
