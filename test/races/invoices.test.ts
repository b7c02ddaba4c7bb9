import { codesOf, times } from '../support/at-once';
import { aProject } from '../support/builders';
import { anInvoice, DRAFT, draftOf, INVOICE, PAY, SEND, VOID } from '../support/invoice-builders';
import { TestServer } from '../support/server';
import { aTimeEntry } from '../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const max = (query: string, input: object) => server.ask('max', query, { input });

describe('at the same time', () => {
  it('a draft that Max sends ten times is sent once, under one number', async () => {
    const project = await aProject(server);
    await aTimeEntry(server, project, { billRate: 10_000 });
    const { id: invoiceId } = await draftOf(server, project);
    const answers = await times(10, () => max(SEND, { invoiceId }));
    expect(codesOf(answers)).toEqual(['DONE', ...Array(9).fill('INVALID_TRANSITION')]);
  });

  it('twenty drafts that Max sends get twenty numbers without a gap', async () => {
    const project = await aProject(server, {
      client: 'borealis',
      grants: { max: { managesProject: true, clientView: true } },
    });
    const drafts = await times(20, () =>
      draftOf(server, project, { lines: [{ description: 'Fonts', unitPrice: '1' }] }),
    );
    const answers = await times(20, (i) => max(SEND, { invoiceId: drafts[i].id }));
    const numbers = answers.map(({ data }) => Number(data.sendInvoice.invoice.number.slice(5)));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('ten payments of 30 on an invoice over 100 are three (F-114)', async () => {
    const { id } = await anInvoice(server, await aProject(server));
    const answers = await times(10, () => max(PAY, { invoiceId: id, amount: '30', method: 'CASH' }));
    expect(codesOf(answers)).toEqual([...Array(7).fill('AMOUNT_EXCEEDS_BALANCE'), 'DONE', 'DONE', 'DONE']);
    const { invoice } = await server.data('max', INVOICE, { id });
    expect(invoice).toMatchObject({ status: 'PARTIALLY_PAID', balance: { amount: '10.00' } });
  });

  it('ten drafts of the same work bill it once', async () => {
    const project = await aProject(server);
    for (let i = 0; i < 5; i++) await aTimeEntry(server, project, { billRate: 10_000 });
    const answers = await times(10, () => max(DRAFT, { projectId: project.id }));
    const totals = answers.map(({ data }) => data.draftInvoice.invoice.total.amount);
    expect(totals.sort()).toEqual([...Array(9).fill('0.00'), '500.00']);
  });

  it('a payment and a withdrawal of the same invoice are one or the other', async () => {
    for (let round = 0; round < 5; round++) {
      const { id: invoiceId } = await anInvoice(server, await aProject(server));
      const answers = await Promise.all([
        max(VOID, { invoiceId }),
        max(PAY, { invoiceId, amount: '1', method: 'CASH' }),
      ]);
      expect(codesOf(answers)).toEqual(['DONE', 'INVALID_TRANSITION']);
    }
  });

  it('work that Wim corrects while Max sends it is billed as it is locked: before or after, never between', async () => {
    for (let round = 0; round < 8; round++) {
      const project = await aProject(server);
      const { id: timeEntryId } = await aTimeEntry(server, project, { seconds: 3600, billRate: 10_000 });
      const { id: invoiceId } = await draftOf(server, project);
      const correct =
        'mutation ($input: UpdateTimeEntryInput!) { updateTimeEntry(input: $input) { timeEntry { id } } }';
      const [sent, corrected] = await Promise.all([
        max(SEND, { invoiceId }),
        server.ask('wim', correct, { input: { timeEntryId, seconds: 7200 } }),
      ]);
      const isLate = corrected.errors !== undefined;
      if (isLate) expect(corrected.errors?.[0].extensions.code).toBe('ENTRY_LOCKED');
      expect(sent.data.sendInvoice.invoice.total.amount).toBe(isLate ? '100.00' : '200.00');
    }
  });
});
