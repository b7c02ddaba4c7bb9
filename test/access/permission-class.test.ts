import { AccessOfClass, classOn } from '../../src/access/permission-class';
import { AUDIENCES, type Audience, type Permit, type Row } from '../../src/access/permissions';
import { ProjectAccess, type ViewerMembership } from '../../src/access/project-access';
import { SETTING_KEYS, SETTINGS, type VisibilitySettings } from '../../src/access/visibility';
import { Random } from '../two-worlds/asking/random';

/** Pure decisions: nobody is asked. */
const NOW = new Date('2026-03-16T10:00:00Z');
const OF = { workspaceId: 'wsp', projectId: 'prj', exceptPersonId: 'somebody else' };

const OPEN = Object.fromEntries(SETTING_KEYS.map((key) => [key, SETTINGS[key][0]])) as VisibilitySettings;

const PERMIT: Permit = {
  workspaceId: 'wsp',
  projectId: 'prj',
  personId: 'clara',
  source: 'GRANT',
  role: 'MEMBER',
  trackTime: false,
  clientView: true,
  internalCosts: false,
  managesProject: false,
  settings: OPEN,
  billing: false,
  membersSeeBillRates: false,
  invitePolicy: 'ADMINS',
  clientOrganisationId: 'cli',
  projectStatus: 'ACTIVE',
  expiresAt: null,
};

const MEMBERSHIP: ViewerMembership = {
  workspaceId: 'wsp',
  personId: 'clara',
  personType: 'CLIENT',
  role: 'MEMBER',
  businessRoles: [],
  membersSeeBillRates: false,
  invitePolicy: 'ADMINS',
  timezone: 'Europe/Oslo',
  lastSeq: 7,
  epoch: 1,
  organisationIds: ['cli'],
};

const accessOf = (permit: Partial<Permit> = {}, membership: Partial<ViewerMembership> = {}) => {
  const session = { sessionId: 's', userId: 'usr', email: 'x', lastUsedAt: NOW, expiresAt: NOW };
  return new ProjectAccess(session, [{ ...MEMBERSHIP, ...membership }], [{ ...PERMIT, ...permit }], NOW);
};
const classOf = (...facts: Parameters<typeof accessOf>): string => classOn(accessOf(...facts), OF)!;
const heldBy = (...facts: Parameters<typeof accessOf>) => new AccessOfClass(classOf(...facts), OF, NOW);

describe('a class', () => {
  it('is the same for all who differ in who they are, and in when their grant ends', () => {
    const other = { personId: 'carl', lastSeq: 9, epoch: 3, organisationIds: [], businessRoles: ['PEOPLE'] };
    expect(classOf({ personId: 'carl', expiresAt: NOW }, other)).toBe(classOf());
  });

  it.each<[string, Partial<Permit>]>([
    ['trackTime', { trackTime: true }],
    ['clientView', { clientView: false }],
    ['internalCosts', { internalCosts: true }],
    ['managesProject', { managesProject: true }],
    ['billing', { billing: true }],
    ['membersSeeBillRates', { membersSeeBillRates: true }],
    ['invitePolicy', { invitePolicy: 'PROJECT_TEAM' }],
    ['role', { role: 'MANAGER' }],
    ['source', { source: 'ROLE' }],
    ['client', { clientOrganisationId: 'other' }],
    ['status of the project', { projectStatus: 'COMPLETED' }],
    ['team', { settings: null }],
    ...SETTING_KEYS.map((key): [string, Partial<Permit>] => [key, { settings: { ...OPEN, [key]: SETTINGS[key][1] } }]),
  ])('is another one with another %s', (_what, permit) => {
    expect(classOf(permit)).not.toBe(classOf());
  });

  it('is none of those who do not belong to the workspace', () => {
    expect(classOn(accessOf(), { workspaceId: 'other', projectId: 'prj' })).toBeUndefined();
  });
});

describe('what a class holds', () => {
  const asked: [string, (access: AccessOfClass) => unknown][] = [
    ['which people they are', (access) => access.personIds],
    ['whether they are somebody', (access) => access.isPerson('clara')],
    ['which user', (access) => access.userId],
    ['by which session', (access) => access.session!.sessionId],
    ['whose permit it is', (access) => access.permit(OF)!.personId],
    ['when it ends', (access) => access.permit(OF)!.expiresAt],
    ['all of it', (access) => ({ ...access.permit(OF) })],
    ['whether it says something', (access) => 'personId' in access.permit(OF)!],
    ['something that nobody has thought of', (access) => (access.permit(OF) as never as { newFlag: boolean }).newFlag],
    ['of which clients they are', (access) => access.memberships[0].organisationIds],
    ['another project', (access) => access.permit({ workspaceId: 'wsp', projectId: 'other' })],
    ['another project by its id', (access) => access.permitOfProject('other')],
    ['another workspace', (access) => access.permit({ workspaceId: 'other', projectId: 'prj' })],
    ['what they are in the workspace', (access) => access.permitOfMembership()],
    ['what they hold of a client', (access) => access.permitsOfOrganisation()],
    ['until when', (access) => access.until],
  ];
  it.each(asked)('does not say %s, and remembers that it was asked', (_what, ask) => {
    const access = heldBy();
    expect(access.isPersonal).toBe(false);
    expect(() => ask(access)).toThrow();
    expect(access.isPersonal).toBe(true);
  });

  it('says all else, and that they are not whom it is known that they are not', () => {
    const access = heldBy({ internalCosts: true });
    expect([access.permit(OF)!.internalCosts, access.permit(OF)!.settings, access.isAdmin('wsp')]).toEqual([
      true,
      OPEN,
      false,
    ]);
    expect([access.projectIds('costs'), access.projectIds('manager'), access.adminWorkspaceIds]).toEqual([
      ['prj'],
      [],
      [],
    ]);
    expect([access.isPerson('somebody else'), access.membership('other'), access.isPersonal]).toEqual([
      false,
      undefined,
      false,
    ]);
  });

  it('is nothing on a project where they hold nothing', () => {
    const none = classOn(new ProjectAccess(null, [MEMBERSHIP], [], NOW), OF)!;
    const access = new AccessOfClass(none, OF, NOW);
    expect([access.permit(OF), access.granted, access.isPersonal]).toEqual([undefined, [], false]);
  });
});

const ROWS: Row[] = [
  {},
  { personId: 'clara', assigneeId: 'clara' },
  { personId: 'other', assigneeId: 'other' },
  { dated: true },
  { ofOthers: true },
  { budgetBasis: 'HOURS' },
  { budgetBasis: 'FEES' },
  { side: 'TEAM' },
  { side: 'CLIENT', isPublishedColleague: true },
];

function somePermit(random: Random): Partial<Permit> {
  const flag = () => random.percent(50);
  const settings = Object.fromEntries(SETTING_KEYS.map((key) => [key, random.pick(SETTINGS[key])]));
  return {
    trackTime: flag(),
    clientView: flag(),
    internalCosts: flag(),
    managesProject: flag(),
    billing: flag(),
    membersSeeBillRates: flag(),
    role: random.pick(['MEMBER', 'MANAGER']),
    settings: flag() ? null : (settings as VisibilitySettings),
    invitePolicy: random.pick(['ADMINS', 'ADMINS_AND_PROJECT_MANAGERS', 'PROJECT_TEAM']),
  };
}

it('every audience says of a class what it says of each who shares it, or asks who they are', () => {
  const random = new Random(7);
  const counts = { same: 0, asks: 0 };
  const different: string[] = [];
  for (let i = 0; i < 200; i++) {
    const permit = somePermit(random);
    for (const [name, audience] of Object.entries(AUDIENCES) as [string, Audience][]) {
      const row = random.pick(ROWS);
      const access = heldBy(permit);
      const ofClass = said(() => audience(access.permit(OF)!, row));
      counts[access.isPersonal ? 'asks' : 'same']++;
      if (access.isPersonal) continue;
      for (const personId of ['clara', 'nobody']) {
        const own = audience({ ...PERMIT, ...permit, personId }, row);
        if (String(own) !== String(ofClass)) different.push(`${name} ${JSON.stringify({ permit, row, own, ofClass })}`);
      }
    }
  }
  expect(different).toEqual([]);
  expect(counts.same).toBeGreaterThan(counts.asks * 10);
  expect(counts.asks).toBeGreaterThan(0);
});

function said<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
