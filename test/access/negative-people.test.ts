import { aProject } from '../support/builders';
import { ACCEPT, invite, linkTo, PASSWORD } from '../support/invitations-builders';
import { anInvoice } from '../support/invoice-builders';
import { mutationOf } from '../support/mutation';
import { aMember } from '../support/people-builders';
import { TestServer } from '../support/server';
import { aTask, aTimeEntry } from '../support/time-builders';
import { WIDEST } from './matrix-world';

/** More such mistakes: who people are, what they become, and in whose name things are done. */

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
}, 120_000);
afterAll(() => server.close());

describe('what is done stands in the name of who was signed in (T _resolve_portal_contact)', () => {
  it('Max logs Wim’s hour: Wim worked, Max wrote it down', async () => {
    const project = await aProject(server);
    const input = { projectId: project.id, personId: server.cast.people.wim, date: '2026-03-10', seconds: 60 };
    const { logTime } = await server.data(
      'max',
      mutationOf('logTime', 'timeEntry { person { displayName } createdBy { displayName } }'),
      { input },
    );
    expect(logTime.timeEntry).toEqual({
      person: { displayName: 'Wim Worker' },
      createdBy: { displayName: 'Max Manager' },
    });
  });

  it('Tess cannot log time as anybody else, nor give hers away', async () => {
    const project = await aProject(server, { visibility: WIDEST });
    const own = await aTimeEntry(server, project, { person: 'tess' });
    for (const personId of [server.cast.people.wim, server.cast.people.bo, server.cast.people.olga]) {
      const log = { projectId: project.id, personId, date: '2026-03-10', seconds: 60 };
      expect(await server.refusal('tess', mutationOf('logTime'), { input: log })).toMatchObject({ code: 'FORBIDDEN' });
      const give = { timeEntryId: own.id, personId };
      expect(await server.refusal('tess', mutationOf('updateTimeEntry'), { input: give })).toMatchObject({
        code: 'FORBIDDEN',
      });
    }
  });

  it('an invitation to Ivan makes nobody of Clara, who found the mail, and no contact of anybody', async () => {
    const project = await aProject(server);
    await invite(server, 'ada', { projectId: project.id, email: 'ivan@demo.test' });
    const token = await linkTo(server, 'ivan@demo.test');
    const contacts = () => server.database.rows('select * from contact order by id');
    const before = await contacts();
    const input = { token, password: PASSWORD };
    expect(await server.refusal('clara', ACCEPT, { input })).toEqual({ code: 'INVITATION_EMAIL_MISMATCH' });
    expect(await contacts()).toEqual(before);
  });

  it('a payment carries the name of who recorded it', async () => {
    const invoice = await anInvoice(server, await aProject(server));
    const input = { invoiceId: invoice.id, amount: '1', method: 'CASH' };
    await server.data('max', mutationOf('recordPayment'), { input });
    const rows = await server.database.rows('select recorded_by from payment where invoice_id = $1', [invoice.id]);
    expect(rows).toEqual([{ recordedBy: server.cast.people.max }]);
  });
});

describe('a client stays a client', () => {
  it('and becomes employee or contractor by no way there is (F-009, F-130)', async () => {
    const { clara } = server.cast.people;
    for (const personType of ['EMPLOYEE', 'CONTRACTOR']) {
      const input = { personId: clara, personType };
      expect(await server.refusal('olga', mutationOf('changePersonType'), { input })).toEqual({
        code: 'CLIENT_IS_FINAL',
      });
    }
    const project = await aProject(server, { client: 'borealis' });
    const again = { projectId: project.id, email: 'clara@demo.test', name: 'Clara', personType: 'EMPLOYEE' };
    const { inviteToProject } = await server.data('olga', mutationOf('inviteToProject', 'outcome warnings'), {
      input: again,
    });
    expect(inviteToProject).toMatchObject({
      outcome: 'ASSIGNED_EXISTING_MEMBER',
      warnings: expect.arrayContaining(['PERSON_TYPE_DIFFERS']),
    });
    await expect(
      server.database.rows(`update membership set person_type = 'EMPLOYEE' where id = $1`, [clara]),
    ).rejects.toThrow();
    const [{ personType }] = await server.database.rows<{ personType: string }>(
      'select person_type from membership where id = $1',
      [clara],
    );
    expect(personType).toBe('CLIENT');
  });

  it('and gets no role, no duty, no capacity and no project to manage, by whatever door (F-005…F-007, F-131)', async () => {
    const project = await aProject(server);
    const { clara: personId } = server.cast.people;
    for (const wish of [{ role: 'MANAGER' }, { role: 'ADMIN' }, { role: 'OWNER' }, { businessRoles: ['BILLING'] }]) {
      expect(await server.refusal('olga', mutationOf('changeRole'), { input: { personId, ...wish } })).toEqual({
        code: 'CLIENT_CANNOT_HOLD_ROLE',
      });
    }
    const manages = { permissions: { managesProject: true }, projectId: project.id };
    const refused = { code: 'CLIENT_CANNOT_MANAGE_PROJECT' };
    expect(
      await server.refusal('olga', mutationOf('updateProjectPermissions'), { input: { ...manages, personId } }),
    ).toMatchObject(refused);
    for (const email of ['clara@demo.test', 'newcomer@example.com']) {
      const input = { ...manages, email, name: 'Nora', personType: 'CLIENT' };
      expect(await server.refusal('olga', mutationOf('inviteToProject'), { input })).toMatchObject(refused);
    }
    const capacity = { personId, weeklyCapacitySeconds: 3600 };
    expect(await server.refusal('olga', mutationOf('updatePerson'), { input: capacity })).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    const rate = { scope: 'PERSON', kind: 'COST', personId, amount: '1' };
    expect(await server.refusal('olga', mutationOf('setRate'), { input: rate })).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    for (const sql of [
      `update membership set role = 'ADMIN' where id = $1`,
      `update membership set business_roles = '{BILLING}' where id = $1`,
      `update project_grant set manages_project = true, client_view = true where membership_id = $1`,
    ]) {
      await expect(server.database.rows(sql, [personId])).rejects.toThrow();
    }
  });
});

describe('Eve, a client of Borealis,', () => {
  it('asks for Acme’s invoice and is told as of any other that there is none (F-133)', async () => {
    const project = await aProject(server, { visibility: WIDEST });
    const { id } = await anInvoice(server, project, { paid: [1n] });
    expect(await server.data('eve', `{ invoice(id: "${id}") { id } node(id: "${id}") { id } }`)).toEqual({
      invoice: null,
      node: null,
    });
    for (const mutation of ['sendInvoice', 'voidInvoice', 'deleteInvoice', 'updateInvoice']) {
      expect(await server.refusal('eve', mutationOf(mutation), { input: { invoiceId: id } })).toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    expect(
      await server.refusal('eve', '{ invoices(filter: { projectId: "prj_1111111111111111111111" }) { totalCount } }'),
    ).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('L-30: Wim, who is made a client while he is signed in,', () => {
  it('is one at his next request: nothing internal is left to him but the hours that he wrote himself (changelog #677, F-008)', async () => {
    const project = await aProject(server, {
      preset: 'FREELANCE',
      internalDescription: 'Pays late',
      visibility: { timeEntries: 'DAILY' },
    });
    const other = await aProject(server, {
      client: 'borealis',
      grants: { wim: { trackTime: true, clientView: true } },
    });
    const task = await aTask(server, project, { internalNotes: 'Careful', assignee: 'wim' });
    const inside = await aTask(server, project, { clientVisible: false });
    await aTimeEntry(server, project, { person: 'wim', task });
    await aTimeEntry(server, project, { person: 'cora', task });
    await server.database.rows(`update workspace set invite_policy = 'PROJECT_TEAM'`);
    const sent = await invite(server, 'wim', { projectId: project.id, email: 'friend@example.com' });
    const LOOK = `query ($id: ID!, $other: ID!, $inside: ID!, $sent: ID!) { other: project(id: $other) { id } inside: node(id: $inside) { id } sent: node(id: $sent) { id }
      project(id: $id) { internalDescription timeEntries { nodes { person { displayName } } } tasks { nodes { internalNotes } } } }`;
    const variables = { id: project.id, other: other.id, inside: inside.id, sent: sent.invitation.id };
    const before = await server.data('wim', LOOK, variables);
    expect(before).toMatchObject({
      other: { id: other.id },
      inside: { id: inside.id },
      sent: { id: sent.invitation.id },
    });
    expect(before.project.timeEntries.nodes).toHaveLength(2);

    const input = {
      personId: server.cast.people.wim,
      clientOrganisationId: server.cast.clients.acme,
      confirm: 'CONVERT',
    };
    await server.data('ada', mutationOf('convertToClient'), { input });
    expect(await server.data('wim', LOOK, variables)).toEqual({
      other: null,
      inside: null,
      sent: null,
      project: {
        internalDescription: null,
        timeEntries: { nodes: [{ person: { displayName: 'Wim Worker' } }] },
        tasks: { nodes: [{ internalNotes: null }] },
      },
    });
    const more = { projectId: project.id, email: 'another@example.com', name: 'Nora', personType: 'CLIENT' };
    expect(await server.refusal('wim', mutationOf('inviteToProject'), { input: more })).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

it('the client’s kind is asked on every request, so a way around the pages of the portal leads nowhere (T#677)', async () => {
  const { token } = await aMember(server, { personType: 'CLIENT' });
  for (const role of ['x-portal', 'x-preview-as', 'x-role', 'x-workspace-id']) {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      [role]: server.cast.people.olga,
    };
    const body = JSON.stringify({ query: '{ projects { totalCount } viewer { memberships { role personType } } }' });
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
    expect(((await response.json()) as { data: unknown }).data).toEqual({
      projects: { totalCount: 0 },
      viewer: { memberships: [{ role: 'MEMBER', personType: 'CLIENT' }] },
    });
  }
});
