import type { Context } from '../../context';
import { batched, inOrderOf } from '../../platform/batch';
import { findPeople, findPeopleOnProjects, type PersonOnProject } from './people.repository';
import type { Person } from './person.entity';

/** A person by id, if the viewer may see them anywhere. */
export const loadPerson = batched<Context, string, Person | null>(async ({ db, access }, ids) =>
  inOrderOf(ids, await findPeople(db, access, ids), (person) => person.id),
);

const pairKey = ({ personId, projectId }: PersonOnProject): string => `${personId}/${projectId}`;

/** A person as the edge of a project: null where the project does not show them to the viewer. */
export const loadPersonOnProject = batched<Context, PersonOnProject, Person | null>(async ({ db, access }, pairs) => {
  const people = await findPeopleOnProjects(db, access, pairs);
  return inOrderOf(pairs.map(pairKey), people, pairKey);
}, pairKey);
