import type { Subject } from '../access/subjects';
import type { Context } from '../context';
import { loadContact, loadOrganisation } from '../domains/clients/clients.loaders';
import { loadPerson } from '../domains/people/people.loaders';
import { loadProject } from '../domains/projects/projects.loaders';
import { loadWorkspace } from '../domains/workspaces/workspace.loaders';
import { ID_PREFIXES, prefixOf } from '../platform/ids';

export type NodeRow = Subject & { id: string };

type Loader = (context: Context, id: string) => Promise<NodeRow | null>;

/** Where each kind of id is read, always as the caller may see it: the one way from an id to a thing. */
const LOADERS: Partial<Record<string, Loader>> = {
  [ID_PREFIXES.Workspace]: loadWorkspace,
  [ID_PREFIXES.Person]: loadPerson,
  [ID_PREFIXES.ClientOrganisation]: loadOrganisation,
  [ID_PREFIXES.Contact]: loadContact,
  [ID_PREFIXES.Project]: loadProject,
};

/** Null for hidden, unknown and malformed ids alike, on the same way and at the same cost (L-11). */
export async function loadNode(context: Context, id: string): Promise<NodeRow | null> {
  const load = LOADERS[prefixOf(id) ?? ''];
  return load && context.access.session ? load(context, id) : null;
}
