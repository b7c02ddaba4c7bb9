import type { CastName } from '../../src/demo/cast';
import type { Project } from '../../src/domains/projects/project.entity';
import { aProject, type ProjectFacts } from './builders';
import { Listener } from './listener';
import type { TestServer } from './server';

const UPDATE = 'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project { id } } }';

/** What somebody hears while all this is done: the last thing done is one that everybody on the project hears. */
export const heardOn =
  (on: () => TestServer) =>
  async (
    who: CastName,
    facts: ProjectFacts,
    work: (project: Project) => Promise<unknown>,
  ): Promise<Record<string, any>[]> => {
    const server = on();
    const project = await aProject(server, facts);
    const listener = await Listener.open(server, who);
    await work(project);
    server.clock.advance(1000);
    const end = server.clock.now().toISOString();
    await server.data('max', UPDATE, { input: { projectId: project.id, name: 'The end' } });
    await listener.until(() => listener.events.at(-1)?.occurredAt === end);
    await listener.close();
    expect(listener.events.at(-1)).toMatchObject({ kind: 'PROJECT_UPDATED', occurredAt: end });
    expect(listener.told.filter((told) => told.errors)).toEqual([]);
    return listener.events.slice(0, -1);
  };
