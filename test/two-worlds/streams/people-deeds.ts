import { CLIENT_WORKSPACE, type ClientKey, type MemberKey, memberOf } from '../personas';
import type { Side } from '../world/book';
import { seesPerson, teamOf } from '../world/sight';
import { KNOWN } from './prelude';
import { BOTH, type Deed, type Scene, type Stage } from './scene';
import type { Maker } from './work-deeds';

/** Grants of others, invitations, people, clients, workspaces. */
export const PEOPLE_DEEDS: readonly Maker[] = [
  grantOfOther,
  grantOfOther,
  newOnProject,
  newOnProject,
  invite,
  invite,
  revokeInvitation,
  weeklyCapacity,
  title,
  role,
  profile,
  deactivate,
  notesOnClient,
  nameOfClient,
  newContact,
  newClient,
  workspaceSettings,
  branding,
];

const aside = (scene: Scene, deed: Omit<Deed, 'sides'>): Deed => ({
  ...deed,
  sides: scene.sides({ sides: BOTH }, true),
});

/** What somebody else may see is nobody's business, as long as they stay on the project. */
function grantOfOther(scene: Scene): Deed | null {
  const stage = scene.stage(({ fresh }) => !fresh)!;
  const key = scene.random.pick(teamOf(stage.spec));
  const sides = scene.sides(stage, true);
  if (sides.length === 0 || !stage.spec.grants[key]) return null;
  const permissions = { internalCosts: scene.random.percent(50) };
  return {
    by: scene.admin(CLIENT_WORKSPACE[stage.spec.client]),
    sides,
    mutation: 'updateProjectPermissions',
    input: (side) => ({ ...on(scene, stage, side), personId: scene.person(key), permissions }),
  };
}

const on = (scene: Scene, { spec }: Stage, side: Side) => ({ projectId: scene.id('Project', spec.key, side) });

/** Hanna comes to a project that does not show her to the persona, and goes. */
function newOnProject(scene: Scene): Deed | null {
  const stage = scene.stage(
    (one) => !scene.showsPerson(one, 'hanna') && !one.fresh && CLIENT_WORKSPACE[one.spec.client] === 'fjord',
  )!;
  const sides = scene.sides(stage, true);
  if (sides.length === 0) return null;
  if (scene.random.percent(40)) {
    const input = (side: Side) => ({ ...on(scene, stage, side), personId: scene.person('hanna') });
    return { by: 'ada', sides, mutation: 'removeFromProject', input };
  }
  const permissions = { clientView: scene.random.percent(50), trackTime: true };
  return putOn(scene, stage, { sides, key: 'hanna', permissions });
}

/** Somebody of the workspace is put on a project by their address. */
export function putOn(
  scene: Scene,
  stage: Stage,
  { sides, key, permissions }: { sides: readonly Side[]; key: MemberKey; permissions: object },
): Deed {
  const { name, type: personType } = memberOf(key);
  const input = (side: Side) => {
    const email = scene.email(key, side);
    return { ...on(scene, stage, side), email, name, personType, permissions };
  };
  return { by: 'ada', sides, mutation: 'inviteToProject', input };
}

function invite(scene: Scene): Deed | null {
  const stage = scene.stage(({ spec }) => CLIENT_WORKSPACE[spec.client] === 'fjord')!;
  const sides = scene.sides(stage, true);
  if (sides.length === 0) return null;
  const key = scene.newKey('guest');
  scene.invitations.push({ key, sides, stage });
  const words = { name: `A ${key}`, email: `${key.replace(' ', '.')}@demo.test`, personType: 'CONTRACTOR' };
  return {
    ...{ by: scene.manager(stage), sides, mutation: 'inviteToProject' },
    input: (side) => ({ ...on(scene, stage, side), ...words }),
    makes: { key, at: 'invitation' },
  };
}

function revokeInvitation(scene: Scene): Deed | null {
  const invitation = scene.pick(scene.invitations);
  if (!invitation) return null;
  const { key, sides } = invitation;
  scene.invitations.splice(scene.invitations.indexOf(invitation), 1);
  const mutation = scene.random.pick(['revokeInvitation', 'resendInvitation']);
  const input = (side: Side) => ({ invitationId: scene.id('Invitation', key, side) });
  return { by: scene.admin('fjord'), sides, mutation, input };
}

function weeklyCapacity(scene: Scene): Deed {
  const key = scene.random.pick(['wim', 'cora', 'nora', 'hanna'] as const);
  const change = { personId: scene.person(key), weeklyCapacitySeconds: 3600 * (10 + scene.random.below(30)) };
  return aside(scene, { by: scene.admin('fjord'), mutation: 'updatePerson', input: () => change });
}

/** Shown to whoever is shown the person at all. */
function title(scene: Scene): Deed {
  const key = scene.random.pick(['wim', 'max', 'cora', 'nora', 'nils', 'hanna', 'eve', 'bo', 'cleo'] as const);
  const change = { personId: scene.person(key), title: `The ${scene.newKey('title')}` };
  const deed = { by: scene.admin('fjord'), mutation: 'updatePerson', input: () => change };
  const isHidden = !seesPerson(scene.persona, key) && !KNOWN.includes(key);
  return isHidden ? aside(scene, deed) : { ...deed, sides: BOTH };
}

function role(scene: Scene): Deed {
  const key = scene.random.pick(['cora', 'nora', 'nils'] as const);
  const businessRoles = scene.random.pick([[], ['BILLING']]);
  const change = { personId: scene.person(key), businessRoles };
  return aside(scene, { by: scene.admin('fjord'), mutation: 'changeRole', input: () => change });
}

function profile(scene: Scene): Deed {
  const key = scene.random.pick(['hanna', 'wim', 'olga', 'cleo'] as const);
  const change = { displayName: `${memberOf(key).name} ${scene.newKey('the')}` };
  const deed = { by: key, mutation: 'updateProfile', input: () => change };
  const isHidden = !seesPerson(scene.persona, key) && !KNOWN.includes(key);
  return isHidden ? aside(scene, deed) : { ...deed, sides: BOTH };
}

function deactivate(scene: Scene): Deed {
  const mutation = scene.random.pick(['deactivatePerson', 'reactivatePerson']);
  return aside(scene, { by: 'olga', mutation, input: () => ({ personId: scene.person('hanna') }) });
}

const knows = ({ persona }: Scene, client: ClientKey): boolean =>
  persona.members.some((key) => memberOf(key).client === client && !memberOf(key).status);

const CLIENTS = ['acme', 'borealis', 'cirrus'] as const satisfies ClientKey[];

function notesOnClient(scene: Scene): Deed {
  const key = scene.random.pick(CLIENTS);
  const internalNotes = `Between us, ${scene.newKey('note')}`;
  const input = () => ({ clientOrganisationId: scene.id('ClientOrganisation', key, 'A'), internalNotes });
  return aside(scene, { by: scene.admin('fjord'), mutation: 'updateClientOrganisation', input });
}

function nameOfClient(scene: Scene): Deed {
  const key = scene.random.pick(CLIENTS);
  const name = `The ${scene.newKey('client')}`;
  const input = () => ({ clientOrganisationId: scene.id('ClientOrganisation', key, 'A'), name });
  const deed = { by: scene.admin('fjord'), mutation: 'updateClientOrganisation', input };
  return knows(scene, key) ? { ...deed, sides: BOTH } : aside(scene, deed);
}

function newContact(scene: Scene): Deed | null {
  const key = scene.random.pick(CLIENTS.filter((client) => !knows(scene, client)));
  const name = scene.newKey('contact');
  const words = { displayName: `A ${name}`, email: `${name.replace(' ', '.')}@demo.test` };
  const input = () => ({ clientOrganisationId: scene.id('ClientOrganisation', key, 'A'), ...words });
  return aside(scene, { by: scene.admin('fjord'), mutation: 'createContact', input });
}

function newClient(scene: Scene): Deed {
  const name = `The ${scene.newKey('client')}`;
  const input = () => ({ workspaceId: scene.id('Workspace', 'fjord', 'A'), name });
  return aside(scene, { by: scene.admin('fjord'), mutation: 'createClientOrganisation', input });
}

function workspaceSettings(scene: Scene): Deed {
  const key = scene.random.pick(['fjord', 'harbor'] as const);
  const change = scene.random.pick([
    { membersSeeBillRates: scene.random.percent(50) },
    { invitePolicy: scene.random.pick(['ADMINS', 'PROJECT_TEAM']) },
    { defaultPreset: scene.random.pick(['AGENCY', 'FREELANCE']) },
  ]);
  const input = () => ({ workspaceId: scene.id('Workspace', key, 'A'), ...change });
  return aside(scene, { by: scene.admin(key), mutation: 'updateWorkspace', input });
}

function branding(scene: Scene): Deed {
  const key = scene.random.pick(['fjord', 'harbor'] as const);
  const branding = { colour: `#${100_000 + scene.random.below(800_000)}` };
  const input = () => ({ workspaceId: scene.id('Workspace', key, 'A'), branding });
  return { by: scene.admin(key), sides: BOTH, mutation: 'updateWorkspace', input };
}
