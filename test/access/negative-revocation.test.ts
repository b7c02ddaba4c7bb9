import { minutes } from '../../src/platform/clock';
import { aProject } from '../support/builders';
import { mutationOf } from '../support/mutation';
import { TestServer } from '../support/server';
import { aTask } from '../support/time-builders';
import { WIDEST } from './matrix-world';

/** What is taken from somebody is gone at their next request, on whichever process it comes in (T’s socket rooms, F-049). */

let first: TestServer;
let second: TestServer;
beforeAll(async () => {
  first = await TestServer.start();
  second = await first.beside();
}, 120_000);
afterAll(async () => {
  await second.close();
  await first.close();
});

type Ids = { projectId: string; personId: string };

const ENDS: Record<string, (ids: Ids) => Promise<unknown>> = {
  'is taken off the project': (input) => first.data('max', mutationOf('removeFromProject'), { input }),
  'is suspended': (input) => first.data('max', mutationOf('suspendProjectAccess'), { input }),
  'reaches the moment where the grant ends': async ({ projectId }) => {
    const soon = new Date(first.clock.now().getTime() + minutes(1));
    await first.database.rows('update project_grant set expires_at = $2 where project_id = $1', [projectId, soon]);
    expect(await sees(projectId)).toBe(true);
    first.clock.advance(minutes(1));
  },
  'is deactivated': ({ personId }) => first.data('ada', mutationOf('deactivatePerson'), { input: { personId } }),
  'is of a client that is not worked for any more': () =>
    first.data('ada', mutationOf('deactivateClientOrganisation'), {
      input: { clientOrganisationId: first.cast.clients.acme },
    }),
  'is no contact of the client any more': () =>
    first.data('ada', mutationOf('removeContact'), { input: { contactId: first.cast.id('Contact', 'clara') } }),
  'is on a project that is archived': async ({ projectId }) => {
    for (const status of ['COMPLETED', 'ARCHIVED'])
      await first.data('max', mutationOf('changeProjectStatus'), { input: { projectId, status } });
  },
};

describe('Clara sees nothing of a project on another process as soon as she', () => {
  it.each(Object.keys(ENDS))('%s', async (end) => {
    await restore();
    const project = await aProject(first, { visibility: WIDEST });
    const ids = { projectId: project.id, personId: first.cast.people.clara };
    expect(await sees(project.id)).toBe(true);
    await ENDS[end](ids);
    expect(await sees(project.id)).toBe(false);
    const log = { projectId: project.id, date: '2026-03-16', seconds: 60 };
    expect(await second.refusal('clara', mutationOf('logTime'), { input: log })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('has signed out everywhere, or has lost her session', async () => {
    await restore();
    expect((await second.ask('clara', '{ viewer { id } }')).errors).toBeUndefined();
    await first.data('clara', 'mutation { signOutEverywhere { endedSessions } }');
    expect(await second.refusal('clara', '{ viewer { id } }')).toEqual({ code: 'UNAUTHENTICATED' });
  });
});

describe('a permission or setting that is turned off is off on another process', () => {
  it('for Carl the costs, for Clara the hours, for Max the project, each at the next request', async () => {
    await restore();
    const project = await aProject(first, { visibility: WIDEST });
    await aTask(first, project);
    const { id: projectId } = project;
    const TOTALS = `{ project(id: "${projectId}") { totals { totalTime { seconds } internalCost { amount } } members { totalCount } } }`;
    const seen = async (who: 'carl' | 'clara' | 'max') => (await second.data(who, TOTALS)).project;
    expect((await seen('carl')).totals.internalCost).toEqual({ amount: '0.00' });
    expect((await seen('max')).members).toEqual({ totalCount: 7 });
    const less = { projectId, personId: first.cast.people.carl, permissions: { internalCosts: false } };
    await first.data('ada', mutationOf('updateProjectPermissions'), { input: less });
    expect((await seen('carl')).totals.internalCost).toBeNull();
    await first.data('max', mutationOf('updateProjectVisibility'), {
      input: { projectId, settings: { hours: 'HIDE' } },
    });
    expect((await seen('clara')).totals.totalTime).toBeNull();
    const none = { projectId, personId: first.cast.people.max, permissions: { managesProject: false } };
    await first.data('ada', mutationOf('updateProjectPermissions'), { input: none });
    expect((await seen('max')).members).toBeNull();
    expect(
      await second.refusal('max', mutationOf('updateProject'), { input: { projectId, name: 'Mine' } }),
    ).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

const sees = async (id: string): Promise<boolean> =>
  (
    await second.data('clara', `{ project(id: "${id}") { id } node(id: "${id}") { id } projects { nodes { id } } }`)
  ).projects.nodes.some((project: { id: string }) => project.id === id);

/** What one of these ends took away is given back before the next. */
async function restore(): Promise<void> {
  for (const sql of [
    `update membership set status = 'ACTIVE'`,
    `update client_organisation set status = 'ACTIVE'`,
    `update session set revoked_at = null`,
  ]) {
    await first.database.rows(sql);
  }
}
