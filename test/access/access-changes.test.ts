import { type AccessChanges, loadAccessOfMany, loadChanges } from '../../src/access/load-access';
import type { ProjectAccess } from '../../src/access/project-access';
import { Standing } from '../../src/access/standing';
import type { CastName } from '../../src/demo/cast';
import type { Project } from '../../src/domains/projects/project.entity';
import { AccessWatch } from '../../src/events/access-watch';
import { hours } from '../../src/platform/clock';
import { newId, tokenHash } from '../../src/platform/ids';
import { aGrant, aProject } from '../support/builders';
import { signInDirectly, TestServer, tokenOf } from '../support/server';

/**
 * What was read of somebody's permissions is kept while they listen. It must be found out to be of yesterday by whatever
 * changes it, in whichever way.
 */
let server: TestServer;
let project: Project;
beforeAll(async () => {
  server = await TestServer.start();
  project = await aProject(server);
});
afterAll(() => server.close());

/** What was kept of some people, and whose is still as it was read. */
class Kept {
  private readonly watch: AccessWatch;

  private constructor(private readonly standings: Map<CastName, Standing>) {
    const { workspaceId } = server.cast;
    const epoch = Math.max(...[...standings.values()].map((standing) => standing.in(workspaceId)!.epoch));
    this.watch = new AccessWatch({ workspaceId, epoch }, async (since): Promise<AccessChanges> => {
      return (await loadChanges(server.database, [since]))[0];
    });
  }

  static async of(names: readonly CastName[]): Promise<Kept> {
    const read = await accessOf(names);
    return new Kept(new Map(names.map((name, i) => [name, new Standing(read[i])])));
  }

  async confirmed(): Promise<CastName[]> {
    await this.watch.look();
    const now = server.clock.now();
    return [...this.standings].filter(([, standing]) => this.watch.confirms(standing, now)).map(([name]) => name);
  }
}

const accessOf = (names: readonly CastName[]): Promise<ProjectAccess[]> =>
  loadAccessOfMany(server.database, server.clock, names.map(tokenOf));

const NAMES = ['clara', 'carl', 'wim', 'max', 'ada'] as const satisfies readonly CastName[];

/** What changes, and how it is put back; `:person`, `:user` and `:project` are of whom and what it is. */
type Cause = [what: string, change: string, back: string];

const grant = (set: string): string =>
  `update project_grant set ${set} where membership_id = :person and project_id = :project`;
const person = (set: string): string => `update membership set ${set} where id = :person`;
const user = (set: string): string => `update app_user set ${set} where id = :user`;
const session = (set: string): string => `update session set ${set} where user_id = :user`;

const OF_CLARA: Cause[] = [
  ['a permission is given', grant('track_time = true'), grant('track_time = false')],
  ['a permission is taken', grant('client_view = false'), grant('client_view = true')],
  ['costs are shown', grant(`internal_costs = true, reason = 'x'`), grant('internal_costs = false')],
  ['a grant is suspended', grant(`status = 'SUSPENDED'`), grant(`status = 'ACTIVE'`)],
  ['a grant is to begin', grant(`starts_at = '2030-01-01'`), grant('starts_at = null')],
  ['a grant is to end', grant(`expires_at = '2030-01-01'`), grant('expires_at = null')],
  [
    'a contact is of another client',
    'update contact set client_organisation_id = :other, is_primary = false where membership_id = :person',
    'update contact set client_organisation_id = :client where membership_id = :person',
  ],
  [
    'a contact is nobody’s',
    `update contact set membership_id = null where membership_id = :person`,
    `update contact set membership_id = :person where email = 'clara@demo.test'`,
  ],
  ['a user is locked', user(`status = 'LOCKED'`), user(`status = 'ACTIVE'`)],
  ['a user has another address', user(`email = 'new@demo.test'`), user(`email = 'clara@demo.test'`)],
  ['a session is revoked', session('revoked_at = now()'), session('revoked_at = null')],
  ['a session is to end sooner', session(`expires_at = '2029-01-01'`), session(`expires_at = '2030-01-01'`)],
  [
    'a session belongs to somebody else',
    `update session set user_id = :another where user_id = :user`,
    `update session set user_id = :user where token_hash = :hash`,
  ],
];

const OF_WIM: Cause[] = [
  ['a role is given', person(`role = 'MANAGER'`), person(`role = 'MEMBER'`)],
  ['a business role is given', person(`business_roles = '{BILLING}'`), person(`business_roles = '{}'`)],
  ['a person is of another type', person(`person_type = 'CONTRACTOR'`), person(`person_type = 'EMPLOYEE'`)],
  ['a person is deactivated', person(`status = 'DEACTIVATED'`), person(`status = 'ACTIVE'`)],
];

const project_ = (set: string): string => `update project set ${set} where id = :project`;
const workspace = (set: string): string => `update workspace set ${set}`;

const OF_EVERYBODY: Cause[] = [
  ['a project is archived', project_(`status = 'ARCHIVED'`), project_(`status = 'ACTIVE'`)],
  ['a project has another preset', project_(`preset = 'AGENCY'`), project_(`preset = 'CONSULTANCY'`)],
  ['a project hides something', project_(`visibility = '{"hours": "HIDE"}'`), project_(`visibility = '{}'`)],
  [
    'a project is of another client',
    project_('client_organisation_id = :other'),
    project_('client_organisation_id = :client'),
  ],
  [
    'a client is inactive',
    `update client_organisation set status = 'INACTIVE' where id = :client`,
    `update client_organisation set status = 'ACTIVE' where id = :client`,
  ],
  ['the team sees bill rates', workspace('members_see_bill_rates = true'), workspace('members_see_bill_rates = false')],
  ['others may invite', workspace(`invite_policy = 'ADMINS'`), workspace(`invite_policy = 'PROJECT_TEAM'`)],
  ['a workspace is elsewhere', workspace(`timezone = 'Asia/Tokyo'`), workspace(`timezone = 'Europe/Oslo'`)],
  ['a workspace has another name', workspace(`name = 'A'`), workspace(`name = 'Fjord Studio'`)],
];

const OF_NOBODY: Cause[] = [
  ['a session is used', session("last_used_at = last_used_at + interval '1 second'"), session('user_agent = null')],
  ['a person has another title', person(`title = 'x', client_facing = not client_facing`), person('title = null')],
  ['a user has another name', user(`display_name = 'x'`), user(`display_name = 'Clara Client'`)],
  ['a project has another name', project_(`name = 'x', version = version + 1`), project_(`name = 'y'`)],
  ['a project has another name and the same status', project_(`name = 'x', status = status`), project_(`name = 'y'`)],
  ['a grant is extended on paper', grant('version = version + 1'), grant(`reason = 'y'`)],
  [
    'somebody signs in',
    `insert into session (id, user_id, token_hash, created_at, last_used_at, expires_at) values ('s', :user, 'h', now(), now(), now())`,
    `update session set user_agent = 'x' where id = 's'`,
  ],
  [
    'a client has another name',
    `update client_organisation set name = 'x' where id = :client`,
    `update client_organisation set name = 'y' where id = :client`,
  ],
];

async function run(sql: string, who: CastName): Promise<void> {
  const { people, users, clients } = server.cast;
  const facts: Record<string, string> = {
    person: people[who],
    user: users[who],
    another: users.bo,
    project: project.id,
    client: clients.acme,
    other: clients.borealis,
    hash: tokenHash(tokenOf(who)),
  };
  await server.database.rows(sql.replace(/:(\w+)/g, (_, name: string) => `'${facts[name]}'`));
}

async function confirmedAfter([, change, back]: Cause, who: CastName): Promise<CastName[]> {
  const kept = await Kept.of(NAMES);
  await run(change, who);
  const confirmed = await kept.confirmed();
  await run(back, who);
  return confirmed;
}

const without = (who: CastName): CastName[] => NAMES.filter((name) => name !== who);
const named = (causes: Cause[]) => causes.map((cause) => [cause[0], cause] as const);

describe('what was read of somebody is known to be of yesterday', () => {
  it.each(named(OF_CLARA))('when %s: Clara’s, and nobody else’s', async (_what, cause) => {
    expect(await confirmedAfter(cause, 'clara')).toEqual(without('clara'));
  });

  it.each(named(OF_WIM))('when %s: Wim’s, and nobody else’s', async (_what, cause) => {
    expect(await confirmedAfter(cause, 'wim')).toEqual(without('wim'));
  });

  it.each(named(OF_EVERYBODY))('when %s: everybody’s', async (_what, cause) => {
    expect(await confirmedAfter(cause, 'clara')).toEqual([]);
  });

  it('when a grant is deleted, or made', async () => {
    const kept = await Kept.of(NAMES);
    await run('delete from project_grant where membership_id = :person and project_id = :project', 'clara');
    expect(await kept.confirmed()).toEqual(without('clara'));
    const again = await Kept.of(NAMES);
    await aGrant(server, project.id, 'clara', { clientView: true });
    expect(await again.confirmed()).toEqual(without('clara'));
  });

  it('when a contact is deleted, or made', async () => {
    const kept = await Kept.of(NAMES);
    const columns =
      'id, workspace_id, client_organisation_id, membership_id, display_name, email, created_at, updated_at';
    await run(`create table kept_contact as select ${columns} from contact where membership_id = :person`, 'clara');
    await run('delete from contact where membership_id = :person', 'clara');
    expect(await kept.confirmed()).toEqual(without('clara'));
    const again = await Kept.of(NAMES);
    await run(`insert into contact (${columns}) select ${columns} from kept_contact`, 'clara');
    expect(await again.confirmed()).toEqual(without('clara'));
  });

  it('when they join another workspace', async () => {
    const kept = await Kept.of(NAMES);
    await server.data('clara', 'mutation { createWorkspace(input: { name: "Of Clara" }) { workspace { id } } }');
    expect(await kept.confirmed()).toEqual(without('clara'));
  });

  it('when a session is deleted', async () => {
    const kept = await Kept.of(NAMES);
    await run('delete from session where user_id = :user', 'max');
    expect(await kept.confirmed()).toEqual(without('max'));
    await signInDirectly(server.database, server.clock, {
      id: newId('Session'),
      name: 'max',
      userId: server.cast.users.max,
    });
  });

  it('when time alone ends a grant, begins one or ends the session: not a moment before', async () => {
    const { id } = await aProject(server, { grants: {} });
    const inAnHour = new Date(server.clock.now().getTime() + hours(1));
    await aGrant(server, id, 'clara', { clientView: true }, { expiresAt: inAnHour });
    await aGrant(server, id, 'wim', { clientView: true }, { startsAt: inAnHour });
    const kept = await Kept.of(NAMES);
    server.clock.advance(hours(1) - 1);
    expect(await kept.confirmed()).toEqual([...NAMES]);
    server.clock.advance(1);
    expect(await kept.confirmed()).toEqual(['carl', 'max', 'ada']);
    server.clock.advance(hours(11));
    expect(await kept.confirmed()).toEqual([]);
    await server.database.rows('update session set last_used_at = $1', [server.clock.now()]);
  });

  it('and by nothing that was not committed', async () => {
    const kept = await Kept.of(NAMES);
    const taken = server.database.transaction(async (tx) => {
      await tx.rows('update project set preset = $1', ['AGENCY']);
      throw new Error('not after all');
    });
    await expect(taken).rejects.toThrow('not after all');
    expect(await kept.confirmed()).toEqual([...NAMES]);
  });

  it.each(named(OF_NOBODY))('nobody’s when %s', async (_what, cause) => {
    expect(await confirmedAfter(cause, 'clara')).toEqual([...NAMES]);
  });
});
