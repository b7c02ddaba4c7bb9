import { readConfig } from '../../../src/config';
import type { CastName } from '../../../src/demo/cast';
import type { Project } from '../../../src/domains/projects/project.entity';
import { days, hours, minutes } from '../../../src/platform/clock';
import { aProject } from '../../support/builders';
import { INVITE, invitation, invite, mailsTo, waitFor } from '../../support/invitations-builders';
import { SETTINGS, TestServer } from '../../support/server';

let server: TestServer;
let project: Project;
let email: string;
let count = 0;

const RESEND = 'mutation ($id: ID!) { resendInvitation(input: { invitationId: $id }) { invitation { sentCount } } }';
const REVOKE = 'mutation ($id: ID!) { revokeInvitation(input: { invitationId: $id }) { invitationId } }';
const PERSON = 'mutation ($input: InvitePersonInput!) { invitePerson(input: $input) { outcome invitation { id } } }';
const OPEN_WORKSPACE = 'mutation ($name: String!) { createWorkspace(input: { name: $name }) { workspace { id } } }';

const begin = async (settings = SETTINGS) => {
  server = await TestServer.start({ settings });
  await server.database.rows('update client_organisation set max_contacts = 1000');
  project = await aProject(server);
};
const aStranger = () => `stranger${++count}@example.com`;
const employee = (workspaceId: string, more: object = {}) => ({
  input: { workspaceId, email: aStranger(), name: 'Ivan', personType: 'EMPLOYEE', ...more },
});
const openWorkspace = async (who: CastName, name: string): Promise<string> =>
  (await server.data(who, OPEN_WORKSPACE, { name })).createWorkspace.workspace.id;
const tryToInvite = (who: CastName) =>
  server.ask(who, INVITE, invitation({ projectId: project.id, email: aStranger() }));
const outcomeOf = async (answer: Promise<any>) => {
  const { data, errors } = await answer;
  return errors?.[0].extensions.code ?? Object.values<any>(data)[0].outcome;
};

describe('Ivan’s letter box', () => {
  beforeAll(() => begin());
  beforeEach(async () => {
    email = `ivan${++count}@acme.test`;
    await waitFor(server, days(2));
  });
  afterAll(() => server.close());

  const invited = () => invite(server, 'max', { projectId: project.id, email });

  it('gets one mail a minute, whether Max sends it again or withdraws it and begins anew', async () => {
    const { id } = (await invited()).invitation;
    await server.data('max', REVOKE, { id });
    const wishes = invitation({ projectId: project.id, email });
    expect(await server.refusal('max', INVITE, wishes)).toEqual({ code: 'RATE_LIMITED', retryAfter: 60 });
    await waitFor(server, minutes(1));
    const again = (await invited()).invitation;
    expect(await server.refusal('max', RESEND, again)).toEqual({ code: 'RATE_LIMITED', retryAfter: 60 });
    expect(await mailsTo(server, email)).toHaveLength(2);
  });

  it('gets six mails a day from a workspace, whoever sends them and however they come about (F-040)', async () => {
    const { workspaceId } = server.cast;
    const ways = [
      invited,
      () => server.data('ada', PERSON, employee(workspaceId, { email })),
      () => invite(server, 'ada', { projectId: project.id, email }),
    ];
    for (let i = 0; i < 6; i++) {
      await ways[i % 3]();
      const row = await server.database.row<{ id: string }>(
        `select id from invitation where email = $1 and status = 'PENDING'`,
        [email],
      );
      await server.data('ada', REVOKE, { id: row!.id });
      await waitFor(server, minutes(1));
    }
    const retryAfter = (24 * 60 - 6) * 60;
    for (const who of ['max', 'ada'] as const) {
      const refusal = await server.refusal(who, INVITE, invitation({ projectId: project.id, email }));
      expect(refusal).toEqual({ code: 'RATE_LIMITED', retryAfter });
    }
    expect(await server.refusal('ada', PERSON, employee(workspaceId, { email }))).toEqual({
      code: 'RATE_LIMITED',
      retryAfter,
    });
    expect(await mailsTo(server, email)).toHaveLength(6);
    expect(
      await server.database.rows(`select id from invitation where email = $1 and status = 'PENDING'`, [email]),
    ).toEqual([]);
    await waitFor(server, retryAfter * 1000);
    expect((await invited()).outcome).toBe('INVITED');
  });

  it('gets twenty mails a day however many workspaces Eve opens to write to it', async () => {
    let sent = 0;
    for (const name of ['One', 'Two', 'Three', 'Four']) {
      const workspaceId = await openWorkspace('eve', name);
      for (let i = 0; i < 6 && sent < 20; i++, sent++) {
        const made = await server.data('eve', PERSON, employee(workspaceId, { email }));
        await server.data('eve', REVOKE, made.invitePerson.invitation);
        await waitFor(server, minutes(1));
      }
    }
    const fresh = await openWorkspace('eve', 'Five');
    expect(await server.refusal('eve', PERSON, employee(fresh, { email }))).toMatchObject({ code: 'RATE_LIMITED' });
    expect(await mailsTo(server, email)).toHaveLength(20);
    expect((await server.data('eve', PERSON, employee(fresh))).invitePerson.outcome).toBe('INVITED');
  });

  it('counts what is sent: not what was refused, nor what needs no mail', async () => {
    const costs = invitation({
      projectId: project.id,
      email,
      permissions: { internalCosts: true },
      reason: 'Open book',
    });
    for (let i = 0; i < 8; i++) {
      expect(await server.refusal('max', INVITE, costs)).toMatchObject({ code: 'GRANT_EXCEEDS_GRANTER' });
    }
    expect((await invited()).outcome).toBe('INVITED');
    for (let i = 0; i < 8; i++) expect((await invited()).outcome).toBe('MERGED_INTO_PENDING');
    await waitFor(server, minutes(1));
    expect(await server.refusal('max', RESEND, { id: 'ivt_1111111111111111111111' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    const { id } = (await invited()).invitation;
    expect((await server.data('max', RESEND, { id })).resendInvitation.invitation.sentCount).toBe(2);
  });
});

describe('where five invitations a day are allowed', () => {
  beforeEach(() => begin({ ...SETTINGS, invitationsPerDay: 5 }));
  afterEach(() => server.close());

  it('Ada sends five, over all workspaces; Olga still invites', async () => {
    const own = await openWorkspace('ada', 'Ada’s own');
    for (let i = 0; i < 2; i++) await server.data('ada', PERSON, employee(own));
    for (let i = 0; i < 3; i++) expect(await outcomeOf(tryToInvite('ada'))).toBe('INVITED');
    await waitFor(server, hours(1));
    expect(await server.refusal('ada', PERSON, employee(own))).toEqual({ code: 'RATE_LIMITED', retryAfter: 23 * 3600 });
    expect(await outcomeOf(tryToInvite('ada'))).toBe('RATE_LIMITED');
    expect(await outcomeOf(tryToInvite('olga'))).toBe('INVITED');
    await waitFor(server, hours(23));
    expect(await outcomeOf(tryToInvite('ada'))).toBe('INVITED');
  });

  it('the workspace sends five, whoever of it invites; elsewhere its people go on', async () => {
    for (const who of ['ada', 'ada', 'olga', 'max', 'max'] as const)
      expect(await outcomeOf(tryToInvite(who))).toBe('INVITED');
    for (const who of ['ada', 'olga', 'max'] as const) expect(await outcomeOf(tryToInvite(who))).toBe('RATE_LIMITED');
    const own = await openWorkspace('olga', 'Olga’s own');
    expect((await server.data('olga', PERSON, employee(own))).invitePerson.outcome).toBe('INVITED');
  });

  it('who is here already is put on projects without limit', async () => {
    for (let i = 0; i < 5; i++) await tryToInvite('ada');
    const other = await aProject(server, { grants: {} });
    for (const name of ['wim', 'clara'] as const) {
      const wishes = invitation({ projectId: other.id, email: `${name}@demo.test` });
      expect((await server.data('ada', INVITE, wishes)).inviteToProject.outcome).toBe('ASSIGNED_EXISTING_MEMBER');
    }
  });
});

describe('as the settings are by themselves', () => {
  beforeAll(() => begin());
  afterAll(() => server.close());

  it('Ada lets in a client of two hundred people in one go, and less than half of her day is used up', async () => {
    const { workspaceId, clients } = server.cast;
    for (let batch = 0; batch < 20; batch++) {
      const one = (_: unknown, i: number) =>
        `i${i}: invitePerson(input: { workspaceId: "${workspaceId}", personType: CLIENT, name: "Person",
          clientOrganisationId: "${clients.acme}", email: "person${batch}-${i}@acme.test" }) { outcome }`;
      const made = await server.data('ada', `mutation { ${Array.from({ length: 10 }, one).join(' ')} }`);
      expect(Object.values(made)).toEqual(Array(10).fill({ outcome: 'INVITED' }));
    }
    const [counted] = await server.database.rows('select max(points) as most from rate_limit');
    expect(counted).toEqual({ most: 200 });
    expect(readConfig({}).invitationsPerDay).toBe(SETTINGS.invitationsPerDay);
    expect(SETTINGS.invitationsPerDay).toBeGreaterThan(2 * 200);
  }, 120_000);
});
