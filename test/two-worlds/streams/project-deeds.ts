import { SETTINGS, type SettingKey } from '../../../src/access/visibility';
import { CLIENT_WORKSPACE, flags, type MemberKey, memberOf } from '../personas';
import type { Side } from '../world/book';
import { projectSpec } from '../world/specs';
import { putOn } from './people-deeds';
import { BOTH, type Deed, type Scene, type Stage } from './scene';
import type { Maker } from './work-deeds';

/** What is changed of projects themselves; and projects that begin and end with the story. */
export const PROJECT_DEEDS: readonly Maker[] = [
  describeInside,
  describeProject,
  settingsUnseen,
  newElsewhere,
  statusElsewhere,
  openAndClose,
  openAndClose,
  openAndClose,
  changeMine,
  changeMine,
];

const on = (scene: Scene, { spec }: Stage, side: Side) => ({ projectId: scene.id('Project', spec.key, side) });
const adminOf = (scene: Scene, { spec }: Stage): MemberKey => scene.admin(CLIENT_WORKSPACE[spec.client]);

function describeInside(scene: Scene): Deed | null {
  const stage = scene.stage()!;
  const sides = scene.sides(stage, true);
  const internalDescription = `Between us, ${scene.newKey('word')}`;
  const input = (side: Side) => ({ ...on(scene, stage, side), internalDescription });
  return sides.length === 0 ? null : { by: scene.manager(stage), sides, mutation: 'updateProject', input };
}

function describeProject(scene: Scene): Deed | null {
  const stage = scene.stage()!;
  const sides = scene.sides(stage, scene.forGood(stage, !stage.sight.project));
  const key = scene.newKey('word');
  const change = scene.random.pick([{ description: `By ${key}` }, { name: `The ${key}` }, { endDate: '2026-11-30' }]);
  const input = (side: Side) => ({ ...on(scene, stage, side), ...change });
  return sides.length === 0 ? null : { by: scene.manager(stage), sides, mutation: 'updateProject', input };
}

const randomSettings = (scene: Scene, keys: readonly SettingKey[]): Record<string, string> => {
  const some = scene.random.sample(keys, 2);
  return Object.fromEntries(some.map((key) => [key, scene.random.pick(SETTINGS[key] as readonly string[])]));
};

/** Where a client has no client view, settings of hours and money are nothing to them. */
function settingsUnseen(scene: Scene): Deed | null {
  const stage = scene.stage(({ sight, fresh }) => !sight.view && !fresh)!;
  const settings = randomSettings(scene, ['hours', 'timeEntries', 'financials', 'billRates', 'invoices']);
  const sides = scene.sides(stage, true);
  const input = (side: Side) => ({ ...on(scene, stage, side), settings });
  return sides.length === 0 ? null : { by: adminOf(scene, stage), sides, mutation: 'updateProjectVisibility', input };
}

function newElsewhere(scene: Scene): Deed {
  const client = scene.persona.members.some((key) => memberOf(key).client === 'borealis') ? 'cirrus' : 'borealis';
  const name = `The ${scene.newKey('project')}`;
  const input = () => ({ clientOrganisationId: scene.id('ClientOrganisation', client, 'A'), name });
  const sides = scene.sides({ sides: BOTH }, true);
  return { by: scene.admin('fjord'), sides, mutation: 'createProject', input };
}

function statusElsewhere(scene: Scene): Deed | null {
  const elsewhere = scene.stages.filter(
    ({ sight, fresh, spec }) => !sight.project && !fresh && spec.status !== 'ARCHIVED',
  );
  const stage = scene.pick(elsewhere)!;
  const sides = scene.sides(stage, true);
  const status = scene.random.pick(['ON_HOLD', 'ACTIVE', 'COMPLETED']);
  const input = (side: Side) => ({ ...on(scene, stage, side), status });
  return sides.length === 0 ? null : { by: adminOf(scene, stage), sides, mutation: 'changeProjectStatus', input };
}

const openFresh = (scene: Scene): Stage | null =>
  scene.pick(scene.stages.filter(({ fresh }) => fresh && !fresh.isLost));

/** All that a fresh project shows is the same in both worlds, so that everything may be shown and hidden. */
function openAndClose(scene: Scene): Deed | null {
  const stage = openFresh(scene);
  if (!stage) return null;
  const settings = randomSettings(scene, Object.keys(SETTINGS) as SettingKey[]);
  const input = (side: Side) => ({ ...on(scene, stage, side), settings });
  return { by: scene.manager(stage), sides: stage.sides, mutation: 'updateProjectVisibility', input };
}

const mine = (scene: Scene) => ({ personId: scene.person(scene.persona.members[0]) });

/** The persona's own permissions, and that they wait a while. */
function changeMine(scene: Scene): Deed | null {
  const stage = openFresh(scene);
  if (!stage) return null;
  const by = scene.admin('fjord');
  const { random } = scene;
  const facts = (side: Side) => ({ ...on(scene, stage, side), ...mine(scene) });
  if (random.percent(30)) {
    const mutation = random.pick(['suspendProjectAccess', 'resumeProjectAccess']);
    return { by, sides: stage.sides, mutation, input: facts };
  }
  const permissions = random.pick([
    { clientView: true, internalCosts: false, trackTime: false },
    { clientView: true, internalCosts: true, trackTime: false },
    { clientView: false, internalCosts: false, trackTime: true },
    { clientView: false, internalCosts: false, trackTime: false },
    { clientView: true, internalCosts: false, trackTime: true },
  ]);
  const input = (side: Side) => ({ ...facts(side), permissions, reason: 'As agreed' });
  return { by, sides: stage.sides, mutation: 'updateProjectPermissions', input };
}

/** Two projects of the persona's client, which are theirs until the one is taken away and the other runs out. */
export function beginning(scene: Scene): Deed[] {
  return FRESH.flatMap((key) => {
    const stage = freshStage(scene, key);
    scene.stages.push(stage);
    const settings = { hours: 'FULL', timeEntries: 'DETAILED', timeRelease: 'ALL', financials: 'FULL' };
    const rest = { billRates: 'HIDE', invoices: 'FULL', tasks: 'SHOW', people: 'ALL' };
    const rounding = { mode: 'UP', minutes: 15 };
    const facts = { name: `The ${key} one`, preset: 'FREELANCE', settings: { ...settings, ...rest } };
    const clientOrganisationId = scene.id('ClientOrganisation', stage.spec.client, 'A');
    const making: Deed = {
      ...{ by: 'max', sides: BOTH, mutation: 'createProject', makes: { key, at: 'project' } },
      input: () => ({ clientOrganisationId, ...facts, roundingPolicy: rounding, billing: 'HOURLY' }),
    };
    const me = scene.persona.members[0];
    const granting = (['wim', me] as const).map((person): Deed => {
      const permissions = stage.spec.grants[person] ?? flags('clientView trackTime');
      return putOn(scene, stage, { sides: BOTH, key: person, permissions });
    });
    const pricing = (['BILL', 'COST'] as const).map((kind): Deed => {
      const input = (side: Side) => ({ ...on(scene, stage, side), kind, scope: 'PROJECT', amount: '80.00' });
      return { by: 'ada', sides: BOTH, mutation: 'setRate', input };
    });
    const toWork = (side: Side) => ({ ...on(scene, stage, side), status: 'ACTIVE' });
    const opening: Deed = { by: 'max', sides: BOTH, mutation: 'changeProjectStatus', input: toWork };
    return [making, opening, ...granting, ...pricing];
  });
}

const FRESH = ['lent', 'brief'] as const;

function freshStage({ persona }: Scene, key: string): Stage {
  const client = memberOf(persona.members[0]).client!;
  const { settings, preset } = projectSpec('freelance');
  const grants = { max: flags('trackTime clientView managesProject'), wim: flags('trackTime clientView') };
  const sight = { ...UNSEEN };
  return { spec: { key, client, settings, preset, grants }, sides: BOTH, sight, fresh: { isLost: false } };
}

/** What a fresh project shows changes; nothing of it counts as hidden before it is lost, and everything from then on. */
const UNSEEN: Stage['sight'] = {
  ...{ project: false, me: null, team: false, manages: false, tracks: false, view: false, hours: 'HIDE' },
  ...{ entries: 'HIDE', unreleased: false, financials: 'HIDE', amountsInDetail: false, rates: false },
  ...{ invoices: 'HIDE', drafts: false, people: 'HIDE', costs: 'NONE', costBudget: false },
};

const stageOf = (scene: Scene, key: (typeof FRESH)[number]): Stage =>
  scene.stages.find(({ spec, fresh }) => fresh && spec.key === key)!;

/** From a moment on the project that was lent for a while is lost by itself. */
export function untilThen(scene: Scene, expiresAt: string): Deed {
  const input = (side: Side) => ({ ...on(scene, stageOf(scene, 'brief'), side), ...mine(scene), expiresAt });
  return { by: 'ada', sides: BOTH, mutation: 'updateProjectPermissions', input };
}

export function takenAway(scene: Scene): Deed {
  const input = (side: Side) => ({ ...on(scene, stageOf(scene, 'lent'), side), ...mine(scene) });
  return { by: 'ada', sides: BOTH, mutation: 'removeFromProject', input };
}

/** What happens there from here on, the persona never hears of. */
export function isLost(scene: Scene, key: (typeof FRESH)[number]): void {
  stageOf(scene, key).fresh!.isLost = true;
}
