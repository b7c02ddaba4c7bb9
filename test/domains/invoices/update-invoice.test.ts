import type { CastName } from '../../../src/demo/cast';
import { aProject } from '../../support/builders';
import { anInvoice, draftOf, invoiceStates, UPDATE } from '../../support/invoice-builders';
import { TestServer } from '../../support/server';
import { aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const update = async (input: object, who: CastName = 'max') =>
  (await server.data(who, UPDATE, { input })).updateInvoice.invoice;

describe('editing a draft', () => {
  it('changes dates, terms and notes, and clears with null', async () => {
    const { id: invoiceId } = await draftOf(server, await aProject(server), {
      notes: 'Hello',
      internalNotes: 'Pays late',
    });
    const dated = await update({
      invoiceId,
      issueDate: '2026-03-20',
      dueDate: '2026-04-01',
      dueInDays: 10,
      notes: 'Bye',
    });
    expect(dated).toMatchObject({
      issueDate: '2026-03-20',
      dueDate: '2026-04-01',
      dueInDays: 10,
      notes: 'Bye',
      internalNotes: 'Pays late',
      version: 2,
    });
    expect(await update({ invoiceId, issueDate: null, dueDate: null, notes: null })).toMatchObject({
      issueDate: null,
      dueDate: null,
      notes: null,
    });
  });

  it('adds, changes and takes off lines written by hand', async () => {
    const draft = await draftOf(server, await aProject(server), {
      lines: [
        { description: 'Fonts', unitPrice: '10' },
        { description: 'Photos', unitPrice: '20' },
      ],
    });
    const [fonts, photos] = draft.lines;
    const { lines, total } = await update({
      invoiceId: draft.id,
      removeLineIds: [fonts.id],
      updateLines: [{ lineId: photos.id, description: 'Pictures', quantity: '3', taxPercent: 10 }],
      addLines: [{ description: 'Travel', unitPrice: '5.50' }],
    });
    expect(lines).toMatchObject([
      { id: photos.id, description: 'Pictures', quantity: '3', amount: { amount: '60.00' }, tax: { amount: '6.00' } },
      { description: 'Travel', amount: { amount: '5.50' }, tax: { amount: '0.00' } },
    ]);
    expect(total.amount).toBe('71.50');
  });

  it('taxes every line anew, and words a line of time otherwise, but leaves its amount to its entries', async () => {
    const project = await aProject(server);
    await aTimeEntry(server, project, { billRate: 10_000 });
    const draft = await draftOf(server, project, { lines: [{ description: 'Fonts', unitPrice: '10' }] });
    const [time] = draft.lines;
    const { lines } = await update({
      invoiceId: draft.id,
      taxPercent: 25,
      updateLines: [{ lineId: time.id, description: 'Workshop' }],
    });
    expect(lines).toMatchObject([
      { description: 'Workshop', amount: { amount: '100.00' }, tax: { amount: '25.00' } },
      { description: 'Fonts', amount: { amount: '10.00' }, tax: { amount: '2.50' } },
    ]);
    for (const key of ['quantity', 'unitPrice']) {
      const input = { invoiceId: draft.id, updateLines: [{ lineId: time.id, [key]: '2' }] };
      const refused = await server.refusal('max', UPDATE, { input });
      expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', field: `updateLines.0.${key}` });
    }
  });

  it('gives the work of a line that is taken off back: it can be invoiced again', async () => {
    const project = await aProject(server);
    const task = await aTask(server, project);
    await aTimeEntry(server, project, { task, description: 'on task', billRate: 10_000 });
    await aTimeEntry(server, project, { description: 'other', billRate: 10_000 });
    const draft = await draftOf(server, project);
    await update({ invoiceId: draft.id, removeLineIds: [draft.lines[0].id] });
    expect(await invoiceStates(server, project)).toEqual({ 'on task': 'NONE', other: 'DRAFT' });
    expect((await draftOf(server, project)).lines).toHaveLength(1);
  });

  it('knows no line of another invoice, and none that was just taken off', async () => {
    const project = await aProject(server);
    const line = { description: 'Fonts', unitPrice: '10' };
    const [draft, other] = [
      await draftOf(server, project, { lines: [line] }),
      await draftOf(server, project, { lines: [line] }),
    ];
    const [own, foreign] = [draft.lines[0].id, other.lines[0].id];
    const refused = (input: object) => server.refusal('max', UPDATE, { input: { invoiceId: draft.id, ...input } });
    expect(await refused({ removeLineIds: [foreign] })).toEqual({ code: 'NOT_FOUND', field: 'removeLineIds.0' });
    expect(await refused({ updateLines: [{ lineId: foreign }] })).toEqual({
      code: 'NOT_FOUND',
      field: 'updateLines.0.lineId',
    });
    expect(await refused({ removeLineIds: [own], updateLines: [{ lineId: own }] })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('refuses a due date before the date, a stale version and too many lines', async () => {
    const { id: invoiceId } = await draftOf(server, await aProject(server));
    const refused = (input: object) => server.refusal('max', UPDATE, { input: { invoiceId, ...input } });
    expect(await refused({ issueDate: '2026-03-20', dueDate: '2026-03-19' })).toMatchObject({ field: 'dueDate' });
    expect(await refused({ taxPercent: 101 })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'taxPercent' });
    expect(await refused({ notes: 'Mine', expectedVersion: 9 })).toEqual({ code: 'CONFLICT', current: 1 });
    const addLines = Array(100).fill({ description: 'Fonts', unitPrice: '1' });
    for (let i = 0; i < 5; i++) await update({ invoiceId, addLines });
    expect(await refused({ addLines: addLines.slice(0, 1) })).toEqual({ code: 'LIMIT_EXCEEDED', limit: 500 });
  });

  it('is over once it was sent: an issued invoice is a document', async () => {
    const project = await aProject(server);
    for (const [as, from, allowed] of [
      ['ISSUED', 'SENT', ['PARTIALLY_PAID', 'PAID', 'VOID']],
      ['VOID', 'VOID', []],
    ] as const) {
      const { id: invoiceId } = await anInvoice(server, project, { as });
      const refused = await server.refusal('max', UPDATE, { input: { invoiceId, notes: 'Too late' } });
      expect(refused).toEqual({ code: 'INVALID_TRANSITION', from, to: 'DRAFT', allowed });
    }
  });

  it('is refused to Clara on what she sees, and does not exist for her on a draft (F-133)', async () => {
    const project = await aProject(server, { visibility: { invoices: 'FULL' } });
    const [issued, draft] = [await anInvoice(server, project), await anInvoice(server, project, { as: 'DRAFT' })];
    const refused = (invoiceId: string) => server.refusal('clara', UPDATE, { input: { invoiceId, notes: 'Paid!' } });
    expect((await refused(issued.id)).code).toBe('FORBIDDEN');
    expect(await refused(draft.id)).toEqual({ code: 'NOT_FOUND', field: 'invoiceId' });
  });
});
