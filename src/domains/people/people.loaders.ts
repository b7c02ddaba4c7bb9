import type { Context } from '../../context';
import { batched, batchedById, inOrderOf } from '../../platform/batch';
import { batchedPages } from '../../platform/paging';
import { findPeople, findPeopleOnProjects, listPeople, type PersonOnProject } from './people.repository';
import type { PeopleList } from './people.types';
import type { Person } from './person.entity';

/** A person by id, if the viewer may see them anywhere. */
export const loadPerson = batchedById<Context, Person>('Person', ({ db, access }, ids) => findPeople(db, access, ids));

const pairKey = ({ personId, projectId }: PersonOnProject): string => `${personId}/${projectId}`;

/** A person as the edge of a project: null where the project does not show them to the viewer. */
export const loadPersonOnProject = batched<Context, PersonOnProject, Person | null>(async ({ db, access }, pairs) => {
  const people = await findPeopleOnProjects(db, access, pairs);
  return inOrderOf(pairs.map(pairKey), people, pairKey);
}, pairKey);

/** The people of a workspace, as far as the viewer may see them. Who may filter by what is asked before. */
export const loadPeopleOfWorkspace = batchedPages<Context, PeopleList, Person>(({ db, access }, workspaceIds, list) =>
  listPeople(db, access, { workspaceIds, list }),
);
