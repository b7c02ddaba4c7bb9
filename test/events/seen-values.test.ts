import type { CastName } from '../../src/demo/cast';
import type { Project } from '../../src/domains/projects/project.entity';
import type { ProjectFacts } from '../support/builders';
import { heardOn } from '../support/heard-on';
import { mutationOf } from '../support/mutation';
import { TestServer } from '../support/server';
import { aTask, aTimeEntry } from '../support/time-builders';

/** Whoever sees a value hears that it has changed, whatever it was changed by; nobody else hears of it. */
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ live: true });
});
afterAll(() => server.close());

const heardBy = async (...args: Parameters<ReturnType<typeof heardOn>>): Promise<string[]> =>
  (await heardOn(() => server)(...args)).map((event) => event.kind);

const mutation = (name: string, payload: string) => (who: CastName, input: object) =>
  server.data(who, mutationOf(name, payload), { input });
const setRate = mutation('setRate', 'rate { id }');
const removeRate = mutation('removeRate', 'removedRateId');
const removeFromProject = mutation('removeFromProject', 'removedMemberId');
const suspend = mutation('suspendProjectAccess', 'member { id }');
const resume = mutation('resumeProjectAccess', 'member { id }');
const permit = mutation('updateProjectPermissions', 'member { id }');
const updateEntry = mutation('updateTimeEntry', 'timeEntry { id }');
const updateWorkspace = mutation('updateWorkspace', 'workspace { id }');

describe('what an hour costs', () => {
  const SHOWN: ProjectFacts = { visibility: { billRates: 'SHOW' } };
  const ofProject =
    (more: object = {}) =>
    ({ id }: Project) =>
      setRate('ada', { scope: 'PROJECT', kind: 'BILL', projectId: id, amount: '95.00', ...more });

  it('changes on the rate card that Clara sees, and again when the rate is taken away', async () => {
    const heard = await heardBy('clara', SHOWN, async (project) => {
      const { setRate: made } = await ofProject()(project);
      await ofProject()(project);
      await removeRate('ada', { rateId: made.rate.id });
    });
    expect(heard).toEqual(['PROJECT_UPDATED', 'PROJECT_UPDATED']);
  });

  it('is no news to her where she sees no rates, from a later day on, or what it costs the house', async () => {
    expect(await heardBy('clara', { visibility: { billRates: 'HIDE' } }, ofProject())).toEqual([]);
    expect(await heardBy('clara', SHOWN, ofProject({ validFrom: '2027-01-01' }))).toEqual([]);
    expect(await heardBy('clara', SHOWN, ofProject({ kind: 'COST' }))).toEqual([]);
  });

  it('of a client changes on its projects, but for those that have a rate of their own', async () => {
    const ofClient = (amount: string) =>
      setRate('ada', { scope: 'CLIENT', kind: 'BILL', clientOrganisationId: server.cast.clients.borealis, amount });
    const facts: ProjectFacts = {
      ...SHOWN,
      client: 'borealis',
      grants: { max: { managesProject: true, clientView: true }, eve: { clientView: true } },
    };
    expect(await heardBy('eve', facts, () => ofClient('80.00'))).toEqual(['PROJECT_UPDATED']);
    await server.database.rows('update project_grant set status = $1 where membership_id = $2', [
      'REVOKED',
      server.cast.people.eve,
    ]);
    const heard = await heardBy('eve', facts, async (project) => {
      await ofProject()(project);
      await ofClient('85.00');
    });
    expect(heard).toEqual(['PROJECT_UPDATED']);
  });

  it('of a task or of a person changes for Max, who manages the project', async () => {
    const ofTask = await heardBy('max', {}, async (project) => {
      const { id: taskId } = await aTask(server, project);
      await setRate('ada', { scope: 'TASK', kind: 'BILL', taskId, amount: '120.00' });
    });
    expect(ofTask).toContain('TASK_UPDATED');
    const personId = server.cast.people.wim;
    const ofPerson = (kind: string) => () => setRate('ada', { scope: 'PERSON', kind, personId, amount: '60.00' });
    expect(await heardBy('max', {}, ofPerson('BILL'))).toContain('PERSON_UPDATED');
    expect(await heardBy('max', {}, ofPerson('COST'))).not.toContain('PERSON_UPDATED');
  });

  it('is shown to Wim or not as the workspace says: he hears when that changes; Clara does not', async () => {
    const show = (membersSeeBillRates: boolean) => () =>
      updateWorkspace('ada', { workspaceId: server.cast.workspaceId, membersSeeBillRates });
    expect(await heardBy('wim', {}, show(true))).toEqual(['WORKSPACE_UPDATED']);
    expect(await heardBy('wim', {}, show(true))).toEqual([]);
    expect(await heardBy('clara', {}, show(false))).toEqual([]);
  });
});

describe('who is on the project', () => {
  const person = (project: Project, who: CastName) => ({ projectId: project.id, personId: server.cast.people[who] });
  const comesAndGoes = (who: CastName) => async (project: Project) => {
    await suspend('ada', person(project, who));
    await permit('ada', { ...person(project, who), permissions: { trackTime: false } });
    await resume('ada', person(project, who));
    await removeFromProject('ada', person(project, who));
  };
  const THREE_TIMES = ['PROJECT_UPDATED', 'PROJECT_UPDATED', 'PROJECT_UPDATED'];

  it('is news to Clara when she is shown them there, and not what they may do', async () => {
    expect(await heardBy('clara', { visibility: { people: 'ALL' } }, comesAndGoes('wim'))).toEqual(THREE_TIMES);
    const facing: ProjectFacts = { visibility: { people: 'CLIENT_FACING' } };
    expect(await heardBy('clara', facing, comesAndGoes('cora'))).toEqual(THREE_TIMES);
  });

  it('is none when she is not: nobody hears of staff that is hidden from them', async () => {
    expect(await heardBy('clara', { visibility: { people: 'CLIENT_FACING' } }, comesAndGoes('wim'))).toEqual([]);
    expect(await heardBy('clara', { visibility: { people: 'HIDE' } }, comesAndGoes('cora'))).toEqual([]);
    expect(await heardBy('bo', { grants: { ...TEAM, bo: {} } }, comesAndGoes('wim'))).toEqual([]);
  });
});

const TEAM = { max: { managesProject: true, clientView: true }, wim: { trackTime: true }, cora: { trackTime: true } };

describe('an hour that is given to somebody else', () => {
  it('is gone for Wim, who hears that his numbers changed, and new to Cora', async () => {
    const give = async (project: Project) => {
      const { id: timeEntryId } = await aTimeEntry(server, project, { person: 'wim' });
      await updateEntry('max', { timeEntryId, personId: server.cast.people.cora });
    };
    expect(await heardBy('wim', { grants: TEAM }, give)).toEqual(['PROJECT_UPDATED']);
    expect(await heardBy('cora', { grants: TEAM }, give)).toEqual(['TIME_LOGGED']);
  });
});
