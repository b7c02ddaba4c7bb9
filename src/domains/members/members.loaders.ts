import type { Context } from '../../context';
import { batched, batchedById, groupedBy } from '../../platform/batch';
import { batchedPages, type Connection, type PageArgs } from '../../platform/paging';
import { loadPersonOnProject } from '../people/people.loaders';
import type { Person } from '../people/person.entity';
import { findInvited, findMembers, type ListedPerson, listMembers, listPeople } from './members.repository';
import type { ProjectMember } from './project-member.types';

/** A member by id, for those who manage the project. */
export const loadMember = batchedById<Context, ProjectMember>('ProjectMember', ({ db, access }, ids) =>
  findMembers(db, access, ids),
);

/** What an invitation will grant, as far as the viewer may see it. */
export const loadInvited = batched<Context, string, ProjectMember[]>(async ({ db, access }, invitationIds) =>
  groupedBy(invitationIds, await findInvited(db, access, invitationIds), (member) => member.invitationId!),
);

/** The members of a project. Asked for after the policy page alone. */
export const loadMembersOf = batchedPages<Context, PageArgs, ProjectMember>(({ db, access }, projectIds, page) =>
  listMembers(db, access, { projectIds, page }),
);

const loadListedPeople = batchedPages<Context, PageArgs, ListedPerson>(({ db, access }, projectIds, page) =>
  listPeople(db, access, { projectIds, page }),
);

/** The people of a project whom it shows to the viewer. Asked for after the policy page alone. */
export async function loadPeopleOf(context: Context, projectId: string, page: PageArgs): Promise<Connection<Person>> {
  const listed = await loadListedPeople(context, projectId, page);
  const people = await Promise.all(
    listed.nodes.map(({ id: personId }) => loadPersonOnProject(context, { personId, projectId })),
  );
  // Both read the same predicate, so nobody is missing but who left between the two statements.
  const edges = listed.edges.flatMap(({ cursor }, i) => {
    const node = people[i];
    return node ? [{ cursor, node }] : [];
  });
  return { ...listed, edges, nodes: edges.map((edge) => edge.node) };
}
