import type { EventKind } from '../../src/events/event-types';
import { days } from '../../src/platform/clock';
import { aProject } from '../support/builders';
import { Listener } from '../support/listener';
import { TestServer } from '../support/server';
import { until } from '../support/until';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ live: true });
});
afterAll(() => server.close());

/** Of a kind that nothing follows from: only how many there are matters. */
const UNFOLLOWED = 'invoice.updated';

const CREATE = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }';

async function makeTasks(projectId: string, titles: readonly string[], more: object = {}): Promise<void> {
  for (const title of titles) await server.data('max', CREATE, { input: { projectId, title, ...more } });
}

const titlesOf = (listener: Listener): string[] => listener.events.map((event) => event.subject.title);

describe('somebody who was away', () => {
  it('is told everything since, in order, once, and then what happens next', async () => {
    const { id } = await aProject(server);
    const before = await Listener.open(server, 'clara');
    await makeTasks(id, ['one', 'two']);
    const [, two] = await before.first(2);
    await before.close();
    await makeTasks(id, ['hidden'], { clientVisible: false });
    await makeTasks(id, ['three', 'four']);
    const after = await Listener.open(server, 'clara', { after: two.cursor });
    await makeTasks(id, ['five']);
    await after.first(3);
    expect(titlesOf(after)).toEqual(['three', 'four', 'five']);
    await after.close();
  });

  it('may resume from any event heard, also in the middle of being told', async () => {
    const { id } = await aProject(server);
    const titles = Array.from({ length: 12 }, (_, i) => `Task ${i}`);
    const first = await Listener.open(server, 'clara');
    await makeTasks(id, titles);
    const events = await first.first(12);
    await first.close();
    for (const at of [0, 5, 10]) {
      const again = await Listener.open(server, 'clara', { after: events[at].cursor });
      await again.first(11 - at);
      expect(titlesOf(again)).toEqual(titles.slice(at + 1));
      await again.close();
    }
  });

  it('is told by today’s grants: what happened while Clara saw tasks is not told once she does not', async () => {
    const { id } = await aProject(server);
    const before = await Listener.open(server, 'clara');
    await makeTasks(id, ['one']);
    const [{ cursor }] = await before.first(1);
    await before.close();
    await makeTasks(id, ['two']);
    const close =
      'mutation ($input: UpdateProjectVisibilityInput!) { updateProjectVisibility(input: $input) { project { id } } }';
    await server.data('max', close, { input: { projectId: id, settings: { tasks: 'HIDE' } } });
    const after = await Listener.open(server, 'clara', { after: cursor });
    await after.first(1);
    expect(after.kinds).toEqual(['PROJECT_UPDATED']);
    await after.close();
  });
});

describe('a cursor', () => {
  const refusalOf = async (...args: Parameters<typeof Listener.open>) => {
    const listener = await Listener.open(...args);
    await listener.untilEnded();
    return listener.told[0].errors?.[0].extensions;
  };

  it('is its person’s alone: with Clara’s or a broken one Wim gets INVALID_CURSOR', async () => {
    const { cursor } = await cursorOf('clara');
    expect(await refusalOf(server, 'wim', { after: cursor })).toMatchObject({ code: 'INVALID_CURSOR', field: 'after' });
    const flipped = `${cursor.slice(0, -2)}${cursor.endsWith('AA') ? 'BB' : 'AA'}`;
    expect(await refusalOf(server, 'clara', { after: flipped })).toMatchObject({ code: 'INVALID_CURSOR' });
    expect(await refusalOf(server, 'clara', { after: 'x' })).toMatchObject({ code: 'INVALID_CURSOR' });
  });

  it('is as long after much that is hidden as after nothing, and says nothing of it', async () => {
    const { id } = await aProject(server);
    const before = await cursorOf('clara');
    await makeTasks(id, Array.from({ length: 300 }, (_, i) => `Hidden ${i}`).slice(0, 20), { clientVisible: false });
    const after = await cursorOf('clara');
    expect(after.cursor).toHaveLength(before.cursor.length);
    expect(Buffer.from(after.cursor, 'base64url').toString('latin1')).not.toContain(server.cast.workspaceId);
  });

  it('of 31 days ago is too old: STREAM_RESET_REQUIRED', async () => {
    const { cursor } = await cursorOf('clara');
    server.clock.advance(days(29));
    await server.database.rows(`update session set last_used_at = $1, expires_at = $2`, [
      server.clock.now(),
      new Date('2030-01-01'),
    ]);
    const still = await Listener.open(server, 'clara', { after: cursor });
    await still.close();
    server.clock.advance(days(2));
    await server.database.rows('update session set last_used_at = $1', [server.clock.now()]);
    expect(await refusalOf(server, 'clara', { after: cursor })).toMatchObject({ code: 'STREAM_RESET_REQUIRED' });
  });

  it('of more than 1,000 events ago is too old; hidden events are not counted', async () => {
    const { id, workspaceId } = await aProject(server);
    const { cursor } = await cursorOf('clara');
    const hidden = 'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project { id } } }';
    await server.data('max', hidden, { input: { projectId: id, internalDescription: 'hush' } });
    await copyLastEvent(workspaceId, 1500);
    const still = await Listener.open(server, 'clara', { after: cursor });
    await makeTasks(id, ['seen']);
    await still.first(1, 10_000);
    expect(titlesOf(still)).toEqual(['seen']);
    await still.close();
    await copyLastEvent(workspaceId, 1000);
    expect(await refusalOf(server, 'clara', { after: cursor })).toMatchObject({ code: 'STREAM_RESET_REQUIRED' });
  });

  it('is of use however much has happened that is hidden: elsewhere, and on her own project', async () => {
    const [own, other] = [await aProject(server), await aProject(server, { client: 'borealis' })];
    const { cursor } = await cursorOf('clara');
    const hidden = 'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project { id } } }';
    await server.data('ada', CREATE, { input: { projectId: other.id, title: 'Not hers' } });
    await copyLastEvent(own.workspaceId, 11_000, UNFOLLOWED);
    await server.data('max', hidden, { input: { projectId: own.id, internalDescription: 'hush' } });
    await copyLastEvent(own.workspaceId, 11_000, UNFOLLOWED);
    await makeTasks(own.id, ['seen']);
    const clara = await Listener.open(server, 'clara', { after: cursor });
    await clara.first(1, 10_000);
    expect(titlesOf(clara)).toEqual(['seen']);
    await clara.close();
  });

  async function cursorOf(who: 'clara' | 'wim'): Promise<{ cursor: string }> {
    return { cursor: (await server.data(who, '{ viewer { eventsCursor } }')).viewer.eventsCursor };
  }

  /** The last thing that happened, so many times more, as if it had been told of as many changes. */
  async function copyLastEvent(workspaceId: string, times: number, kind: EventKind | null = null): Promise<void> {
    await until(async () => !(await server.database.row('select from event where seq is null limit 1')));
    await server.database.rows(
      `with stream as (
         update event_stream set last_seq = last_seq + $2 where workspace_id = $1 returning last_seq - $2 as seq
       )
       insert into event (id, workspace_id, project_id, kind, subject_id, changed, occurred_at, seq)
       select 'evt_' || translate(substr(md5(random()::text || i), 1, 22), '0', 'x'), workspace_id, project_id,
         coalesce($3, kind), subject_id, changed, occurred_at, stream.seq + i
       from stream, (select * from event where workspace_id = $1 order by position desc limit 1) e,
         generate_series(1, $2::int) i`,
      [workspaceId, times, kind],
    );
  }
});
