import type { CastName } from '../../../src/demo/cast';
import { aProject } from '../../support/builders';
import { anInvoice } from '../../support/invoice-builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const MONEY = '{ amount currencyCode }';
const FINANCIALS = `query ($id: ID!) { project(id: $id) { financials {
  contractValue ${MONEY} invoicedTotal ${MONEY} paidTotal ${MONEY} balance ${MONEY} } } }`;

describe('the financials of a project', () => {
  it('tell Clara what was agreed, invoiced and paid, with tax; drafts and void invoices count nowhere (F-114)', async () => {
    const project = await aProject(server, { contractValueMinor: 1_000_000n });
    await anInvoice(server, project, { net: [10_000n, 5000n], taxBp: 2500, paid: [1000n, 2000n] });
    await anInvoice(server, project, { net: [20_000n], paid: [20_000n] });
    await anInvoice(server, project, { net: [70_000n], as: 'DRAFT' });
    await anInvoice(server, project, { net: [90_000n], as: 'VOID' });
    const euro = (amount: string) => ({ amount, currencyCode: 'EUR' });
    const { project: seen } = await server.data('clara', FINANCIALS, { id: project.id });
    expect(seen.financials).toEqual({
      contractValue: euro('10000.00'),
      invoicedTotal: euro('387.50'),
      paidTotal: euro('230.00'),
      balance: euro('157.50'),
    });
  });

  it('are sums over all invoices, however many a page shows, each project in its own currency', async () => {
    const projects = [
      await aProject(server, { name: 'Euro' }),
      await aProject(server, { name: 'Yen', currency: 'JPY' }),
    ];
    for (const project of projects) {
      for (let i = 0; i < 30; i++) await anInvoice(server, project, { net: [101n] });
    }
    const { projects: list } = await server.data(
      'clara',
      `{ projects { nodes { name invoices(first: 1) { nodes { id } } financials { invoicedTotal ${MONEY} contractValue { amount } } } } }`,
    );
    const sums = list.nodes.filter(({ name }: { name: string }) => name === 'Euro' || name === 'Yen');
    expect(sums.map((project: { financials: object }) => project.financials)).toEqual([
      { invoicedTotal: { amount: '30.30', currencyCode: 'EUR' }, contractValue: null },
      { invoicedTotal: { amount: '3030', currencyCode: 'JPY' }, contractValue: null },
    ]);
  });

  it('are withheld where the setting hides them, and from those without client view (F-059, F-115)', async () => {
    const hidden = await aProject(server, { visibility: { financials: 'HIDE' } });
    const open = await aProject(server, { visibility: { financials: 'SUMMARY', invoices: 'HIDE' } });
    const cases: [CastName, typeof open, string | null][] = [
      ['clara', hidden, 'financials:SUMMARY'],
      ['clara', open, null],
      ['tess', open, 'clientView'],
      ['bo', open, 'clientView'],
      ['wim', hidden, null],
      ['max', hidden, null],
    ];
    for (const [who, { id }, requires] of cases) {
      const { data, extensions } = await server.ask(who, FINANCIALS, { id });
      expect(data.project.financials === null).toBe(requires !== null);
      expect(extensions?.withheld).toEqual(
        requires === null ? undefined : [{ path: ['project', 'financials'], requires: [requires] }],
      );
    }
  });
});
