import type { CastName } from '../../../src/demo/cast';
import { aProject } from '../../support/builders';
import { anInvoice, INVOICE, PAY, UNPAY } from '../../support/invoice-builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const cash = { method: 'CASH' };
const pay = async (invoiceId: string, amount: string, more: object = {}) =>
  (await server.data('max', PAY, { input: { invoiceId, amount, ...cash, ...more } })).recordPayment;
const unpay = async (paymentId: string) => (await server.data('max', UNPAY, { input: { paymentId } })).voidPayment;

describe('a payment', () => {
  it('moves the invoice through partly paid to paid, and can be withdrawn again step by step (F-114)', async () => {
    const { id } = await anInvoice(server, await aProject(server));
    const first = await pay(id, '30.00');
    expect(first.invoice).toMatchObject({ status: 'PARTIALLY_PAID', balance: { amount: '70.00' } });
    const second = await pay(id, '70');
    expect(second.invoice).toMatchObject({ status: 'PAID', balance: { amount: '0.00' } });
    expect((await unpay(first.payment.id)).invoice).toMatchObject({
      status: 'PARTIALLY_PAID',
      balance: { amount: '30.00' },
    });
    const last = await unpay(second.payment.id);
    expect(last.invoice).toMatchObject({ status: 'SENT', balance: { amount: '100.00' } });
    expect(last.invoice.payments.map((payment: { status: string }) => payment.status)).toEqual([
      'CANCELLED',
      'CANCELLED',
    ]);
    expect(last.payment.status).toBe('CANCELLED');
  });

  it('is written with day, instrument and reference; today, unless told', async () => {
    const { id } = await anInvoice(server, await aProject(server));
    await pay(id, '1', {
      receivedOn: '2026-03-02',
      maskedInstrument: '•••• 4242',
      reference: 'Statement 7',
      method: 'CARD',
    });
    const { invoice } = await pay(id, '2');
    expect(invoice.payments).toMatchObject([
      {
        amount: { amount: '1.00', currencyCode: 'EUR' },
        receivedOn: '2026-03-02',
        method: 'CARD',
        maskedInstrument: '•••• 4242',
        reference: 'Statement 7',
      },
      { amount: { amount: '2.00' }, receivedOn: '2026-03-16', method: 'CASH', maskedInstrument: null, reference: null },
    ]);
  });

  it('never exceeds what is open, to the cent', async () => {
    const { id: invoiceId } = await anInvoice(server, await aProject(server), { paid: [9_000n] });
    const input = { invoiceId, amount: '10.01', ...cash };
    const refused = await server.refusal('max', PAY, { input });
    expect(refused).toEqual({ code: 'AMOUNT_EXCEEDS_BALANCE', field: 'amount', balance: '10.00' });
    await pay(invoiceId, '10.00');
    const again = await server.refusal('max', PAY, { input: { ...input, amount: '0.01' } });
    expect(again).toMatchObject({ code: 'AMOUNT_EXCEEDS_BALANCE', balance: '0.00' });
  });

  it('in another currency than the invoice is refused', async () => {
    const { id: invoiceId } = await anInvoice(server, await aProject(server, { currency: 'JPY' }));
    const input = { invoiceId, amount: '100', ...cash };
    const refused = await server.refusal('max', PAY, { input: { ...input, currencyCode: 'EUR' } });
    expect(refused).toEqual({ code: 'CURRENCY_MISMATCH', expected: 'JPY' });
    expect(await server.refusal('max', PAY, { input: { ...input, amount: '1.5' } })).toMatchObject({ field: 'amount' });
    const { invoice } = await pay(invoiceId, '100', { currencyCode: 'JPY' });
    expect(invoice.balance.amount).toBe('9900');
  });

  it('refuses nothing, less than nothing, the future, and a number that is not masked', async () => {
    const { id: invoiceId } = await anInvoice(server, await aProject(server));
    const refused = (more: object) =>
      server.refusal('max', PAY, { input: { invoiceId, amount: '1', ...cash, ...more } });
    const cases: [string, object][] = [
      ['amount', { amount: '0' }],
      ['amount', { amount: '-1' }],
      ['amount', { amount: '0.001' }],
      ['receivedOn', { receivedOn: '2026-03-17' }],
      ['maskedInstrument', { maskedInstrument: '4242 4242 4242 4242' }],
      ['maskedInstrument', { maskedInstrument: 'x'.repeat(41) }],
      ['reference', { reference: 'x'.repeat(201) }],
    ];
    for (const [field, more] of cases) expect(await refused(more)).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('is for issued invoices alone', async () => {
    const project = await aProject(server);
    for (const [as, allowed] of [
      ['DRAFT', ['SENT']],
      ['VOID', []],
    ] as const) {
      const { id: invoiceId } = await anInvoice(server, project, { as });
      const refused = await server.refusal('max', PAY, { input: { invoiceId, amount: '1', ...cash } });
      expect(refused).toEqual({ code: 'INVALID_TRANSITION', from: as, to: 'PAID', allowed });
    }
  });

  it('is withdrawn once', async () => {
    const { id } = await anInvoice(server, await aProject(server));
    const { payment } = await pay(id, '1');
    await unpay(payment.id);
    const refused = await server.refusal('max', UNPAY, { input: { paymentId: payment.id } });
    expect(refused).toEqual({ code: 'INVALID_TRANSITION', from: 'CANCELLED', to: 'CANCELLED', allowed: [] });
  });

  it('is nobody’s to record or withdraw but of those who bill, whatever they see (F-060)', async () => {
    const project = await aProject(server, { visibility: { invoices: 'FULL' } });
    const { id: invoiceId } = await anInvoice(server, project, { paid: [100n] });
    const { invoice } = await server.data('max', INVOICE, { id: invoiceId });
    const attempts: [string, object][] = [
      [PAY, { invoiceId, amount: '1', ...cash }],
      [UNPAY, { paymentId: invoice.payments[0].id }],
    ];
    for (const [query, input] of attempts) {
      for (const who of ['clara', 'carl'] as CastName[]) {
        expect((await server.refusal(who, query, { input })).code).toBe('FORBIDDEN');
      }
      for (const who of ['wim', 'tess', 'bo', 'eve'] as CastName[]) {
        expect((await server.refusal(who, query, { input })).code).toBe('NOT_FOUND');
      }
    }
    expect((await server.data('max', INVOICE, { id: invoiceId })).invoice.balance.amount).toBe('99.00');
  });
});
