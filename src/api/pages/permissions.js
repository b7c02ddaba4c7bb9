import { askAs, refusalOf } from './portico.js';

/** The four permissions of a person on a project. */
export const PERMISSIONS = [
  { key: 'trackTime', title: 'Track time', meaning: 'may log their own time' },
  {
    key: 'clientView',
    title: 'Client view',
    meaning: 'sees progress, hours and money, as far as the project’s settings allow',
  },
  { key: 'internalCosts', title: 'Internal costs', meaning: 'sees what the project costs us, and the margin' },
  { key: 'managesProject', title: 'Manages project', meaning: 'runs the project; never given to clients' },
];

const MEMBERS = `query Members($projectId: ID!) {
  project(id: $projectId) {
    members(first: 100) {
      nodes { person { id email } permissions { trackTime clientView internalCosts managesProject } }
    }
  }
}`;

const UPDATE = `mutation UpdatePermissions($input: UpdateProjectPermissionsInput!) {
  updateProjectPermissions(input: $input) { implied warnings }
}`;

/** What somebody holds on a project, as an admin sees it; undefined without a grant. */
export const permissionsOf = async (question) => (await memberOf(question))?.permissions;

/** Switches one permission, as whoever is chosen to do it; answers in words what came of it. */
export async function setPermission({ subject, projectId, key, on, granter }) {
  const member = await memberOf({ subject, projectId });
  const input = { projectId, personId: member.person.id, permissions: { [key]: on } };
  // Costs for a client need a reason, which is kept.
  if (key === 'internalCosts' && on) input.reason = 'Tried on the compare page';
  const answer = await askAs(granter, { query: UPDATE, variables: { input } });
  const refused = refusalOf(answer);
  if (refused) return { refused: true, text: `Refused: ${refused}` };
  const { implied = [], warnings = [] } = answer.data.updateProjectPermissions;
  return { refused: false, text: inWords({ subject, key, on, implied, warnings }) };
}

async function memberOf({ subject, projectId }) {
  const answer = await askAs('ada', { query: MEMBERS, variables: { projectId } });
  return answer.data?.project?.members?.nodes.find(({ person }) => person?.email === subject.email);
}

const titleOf = (key) => PERMISSIONS.find((permission) => permission.key === key).title;

/** `INTERNAL_COSTS` is the permission `internalCosts`. */
const keyOf = (name) => name.toLowerCase().replace(/_(.)/g, (_, letter) => letter.toUpperCase());

const WARNINGS = { LAST_MANAGER_REMOVED: 'Nobody manages the project any more; owners and admins still do.' };

function inWords({ subject, key, on, implied, warnings }) {
  const also = implied.length > 0 ? `, and with it ${implied.map((name) => titleOf(keyOf(name))).join(' and ')}` : '';
  const done = `${subject.displayName}: ${titleOf(key)} is ${on ? 'on' : 'off'}${also}. It counts from the next request.`;
  return [done, ...warnings.map((warning) => WARNINGS[warning] ?? warning)].join(' ');
}
