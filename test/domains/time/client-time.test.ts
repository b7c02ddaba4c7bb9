import type { CastName } from '../../../src/demo/cast';
import { aGrant, aProject } from '../../support/builders';
import { TestServer } from '../../support/server';
import { aRate, aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const LOG = 'mutation ($input: LogTimeInput!) { logTime(input: $input) { timeEntry { id billable } } }';
const UPDATE = `mutation ($input: UpdateTimeEntryInput!) { updateTimeEntry(input: $input) { timeEntry {
  billable description date billRate { amount } billableAmount { amount } costAmount { amount } } } }`;
const DELETE = 'mutation ($input: DeleteTimeEntryInput!) { deleteTimeEntry(input: $input) { deletedTimeEntryId } }';
const CONVERT = 'mutation ($input: ConvertToClientInput!) { convertToClient(input: $input) { person { side } } }';

const WORKED = { date: '2026-03-10', seconds: 3600 };
const log = (who: CastName, input: object) => server.ask(who, LOG, { input: { ...WORKED, ...input } });
const update = async (who: CastName, input: object) =>
  (await server.data(who, UPDATE, { input })).updateTimeEntry.timeEntry;

describe('the time of a client', () => {
  it('is never billable: neither Tess nor Max may say so, and unsaid it is not (F-043)', async () => {
    const project = await aProject(server);
    const refusal = { code: 'BAD_USER_INPUT', field: 'billable' };
    const tess = { projectId: project.id, personId: server.cast.people.tess };
    expect((await log('tess', { ...tess, billable: true })).errors?.[0].extensions).toMatchObject(refusal);
    expect((await log('max', { ...tess, billable: true })).errors?.[0].extensions).toMatchObject(refusal);
    const { timeEntry } = (await log('tess', tess)).data.logTime;
    expect(timeEntry.billable).toBe(false);
    for (const who of ['tess', 'max'] as const) {
      const input = { timeEntryId: timeEntry.id, billable: true };
      expect(await server.refusal(who, UPDATE, { input })).toMatchObject(refusal);
    }
  });

  it('is not billable any more once Max gives an entry of Wim’s to Tess, and has no price', async () => {
    const project = await aProject(server);
    await aRate(server, { project, perHour: 9000 });
    const { id: timeEntryId } = await aTimeEntry(server, project, { billRate: 9000 });
    const personId = server.cast.people.tess;
    const input = { timeEntryId, personId, billable: true };
    expect(await server.refusal('max', UPDATE, { input })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'billable' });
    expect(await update('max', { timeEntryId, personId })).toMatchObject({
      billable: false,
      billRate: null,
      billableAmount: { amount: '0.00' },
    });
  });
});

describe('the time of somebody who became a client', () => {
  it('stays what it was worth: their own hours of before are not theirs to change, a manager’s edits keep the price', async () => {
    const project = await aProject(server, { grants: { max: { managesProject: true, clientView: true } } });
    await aGrant(server, project.id, 'cora', { trackTime: true, clientView: true });
    await aRate(server, { project, perHour: 12_000, validFrom: '2026-03-01' });
    const task = await aTask(server, project);
    const before = await aTimeEntry(server, project, { person: 'cora', billRate: 9000, costRate: 3000 });
    const another = await aTimeEntry(server, project, { person: 'cora', billable: false });
    const personId = server.cast.people.cora;
    server.clock.advance(60_000);
    const clientOrganisationId = server.cast.clients.acme;
    await server.data('ada', CONVERT, { input: { personId, clientOrganisationId, confirm: 'CONVERT' } });

    for (const { id: timeEntryId } of [before, another]) {
      const forbidden = { code: 'FORBIDDEN', requires: ['managesProject'] };
      const edits = { description: 'Mine', date: '2026-03-11', taskId: task.id, seconds: 1, billable: false };
      for (const [key, value] of Object.entries(edits)) {
        const input = { timeEntryId, [key]: value };
        expect(await server.refusal('cora', UPDATE, { input })).toMatchObject(forbidden);
      }
      expect(await server.refusal('cora', DELETE, { input: { timeEntryId } })).toMatchObject(forbidden);
    }

    const worth = { billable: true, billRate: { amount: '90.00' }, billableAmount: { amount: '90.00' } };
    const changes = [{ description: 'Menu' }, { date: '2026-03-12' }, { taskId: task.id }, { billable: true }];
    for (const change of changes) {
      const entry = await update('max', { timeEntryId: before.id, ...change });
      expect(entry).toMatchObject(worth);
    }
    expect((await update('ada', { timeEntryId: before.id, description: 'Menus' })).costAmount.amount).toBe('30.00');
    const there = await aProject(server, { grants: { max: { managesProject: true, clientView: true } } });
    await aGrant(server, there.id, 'cora', { trackTime: true });
    expect(await update('max', { timeEntryId: before.id, projectId: there.id })).toMatchObject(worth);
  });

  it('is theirs again from then on: what they log as a client they also correct and delete', async () => {
    const project = await aProject(server);
    server.clock.advance(60_000);
    const logged = await log('cora', { projectId: project.id });
    const { id: timeEntryId } = logged.data.logTime.timeEntry;
    expect(await update('cora', { timeEntryId, description: 'Texts read' })).toMatchObject({
      description: 'Texts read',
      billable: false,
    });
    await server.data('cora', DELETE, { input: { timeEntryId } });
  });
});
