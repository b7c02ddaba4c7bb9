import { aProject } from '../../support/builders';
import { anInvoice, DELETE, draftOf, INVOICE, invoiceStates, sentOf, VOID } from '../../support/invoice-builders';
import { TestServer } from '../../support/server';
import { aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

describe('throwing a draft away', () => {
  it('gives its work back and leaves nothing of it', async () => {
    const project = await aProject(server);
    await aTimeEntry(server, project, { description: 'work', billRate: 10_000 });
    const { id } = await draftOf(server, project, { lines: [{ description: 'Fonts', unitPrice: '1' }] });
    const { deleteInvoice } = await server.data('max', DELETE, { input: { invoiceId: id } });
    expect(deleteInvoice).toEqual({ deletedInvoiceId: id });
    expect(await invoiceStates(server, project)).toEqual({ work: 'NONE' });
    expect(await server.data('max', INVOICE, { id })).toEqual({ invoice: null });
    expect(await server.refusal('max', DELETE, { input: { invoiceId: id } })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is for drafts alone', async () => {
    const { id: invoiceId } = await anInvoice(server, await aProject(server));
    expect(await server.refusal('max', DELETE, { input: { invoiceId } })).toMatchObject({
      code: 'INVALID_TRANSITION',
      from: 'SENT',
    });
  });
});

describe('withdrawing an invoice', () => {
  it('gives its work back to be invoiced anew, and keeps number and lines as the document that was sent', async () => {
    const project = await aProject(server);
    await aTimeEntry(server, project, { description: 'work', billRate: 10_000 });
    const sent = await sentOf(server, project);
    const { voidInvoice } = await server.data('max', VOID, { input: { invoiceId: sent.id } });
    expect(voidInvoice.invoice).toMatchObject({
      status: 'VOID',
      number: sent.number,
      total: { amount: '100.00' },
      lines: [{ amount: { amount: '100.00' }, timeEntries: { totalCount: 0 } }],
    });
    expect(await invoiceStates(server, project)).toEqual({ work: 'NONE' });
    expect((await sentOf(server, project)).total.amount).toBe('100.00');
  });

  it.each([
    ['a draft', { as: 'DRAFT' }, 'DRAFT', ['SENT']],
    ['what is partly paid', { paid: [1n] }, 'PARTIALLY_PAID', ['PAID']],
    ['what is paid', { paid: [10_000n] }, 'PAID', []],
    ['what is void', { as: 'VOID' }, 'VOID', []],
  ] as const)('is not possible with %s', async (_what, facts, from, allowed) => {
    const { id: invoiceId } = await anInvoice(server, await aProject(server), facts as never);
    const refused = await server.refusal('max', VOID, { input: { invoiceId } });
    expect(refused).toEqual({ code: 'INVALID_TRANSITION', from, to: 'VOID', allowed });
  });
});
