import type { Project } from '../../../src/domains/projects/project.entity';
import { days, hours } from '../../../src/platform/clock';
import { aProject } from '../../support/builders';
import { accept, invite, linkTo, mailsTo, tryToAccept, waitFor } from '../../support/invitations-builders';
import { TestServer } from '../../support/server';

let server: TestServer;
let project: Project;
let email: string;
let count = 0;

beforeAll(async () => {
  server = await TestServer.start();
  await server.database.rows('update client_organisation set max_contacts = 1000');
});
beforeEach(async () => {
  project = await aProject(server, { name: 'Website' });
  email = `ivan${++count}@acme.test`;
});
afterAll(() => server.close());

describe('inviting somebody whose invitation is pending', () => {
  it('adds the project to it, sends nothing and prolongs nothing (F-033)', async () => {
    const first = await invite(server, 'max', { projectId: project.id, email });
    await waitFor(server, days(2));
    const other = await aProject(server, { name: 'App' });
    const second = await invite(server, 'max', { projectId: other.id, email, name: 'Another name' });
    expect(second).toMatchObject({ outcome: 'MERGED_INTO_PENDING', warnings: [] });
    expect(second.invitation).toMatchObject({
      id: first.invitation.id,
      expiresAt: first.invitation.expiresAt,
      name: 'Ivan Invited',
      sentCount: 1,
    });
    expect(second.invitation.projects.map((member: any) => member.project.name)).toEqual(['App', 'Website']);
    expect(await mailsTo(server, email)).toHaveLength(1);
  });

  it('keeps the type it has, and warns', async () => {
    await invite(server, 'max', { projectId: project.id, email });
    const made = await invite(server, 'max', { projectId: project.id, email, personType: 'EMPLOYEE' });
    expect(made).toMatchObject({
      outcome: 'MERGED_INTO_PENDING',
      warnings: ['PERSON_TYPE_DIFFERS'],
      invitation: { personType: 'CLIENT' },
    });
  });

  it('invites anew once it has expired, with a new link', async () => {
    const first = await invite(server, 'max', { projectId: project.id, email });
    const old = await linkTo(server, email);
    await waitFor(server, hours(168));
    const second = await invite(server, 'max', { projectId: project.id, email, name: 'Ivan Again' });
    expect(second).toMatchObject({
      outcome: 'INVITED',
      invitation: { id: first.invitation.id, status: 'PENDING', name: 'Ivan Again', sentCount: 2 },
    });
    expect((await tryToAccept(server, { token: old })).errors?.[0].extensions.code).toBe('NOT_FOUND');
    expect(await accept(server, email)).toMatchObject({ skipped: [] });
  });

  it('takes along of an expired one only what the inviter could give', async () => {
    const other = await aProject(server, { name: 'App' });
    const secret = await aProject(server, { name: 'Secret', grants: {} });
    const costs = { permissions: { internalCosts: true }, reason: 'Open book' };
    await invite(server, 'ada', { projectId: project.id, email, ...costs });
    await invite(server, 'ada', { projectId: secret.id, email });
    await invite(server, 'max', { projectId: other.id, email });
    await waitFor(server, days(8));
    const third = await aProject(server, { name: 'Shop' });
    await invite(server, 'max', { projectId: third.id, email });
    const { token } = await accept(server, email);
    const { projects } = await server.data({ token }, '{ projects { nodes { name } } }');
    expect(projects.nodes.map((node: any) => node.name)).toEqual(['App', 'Shop']);
  });
});
