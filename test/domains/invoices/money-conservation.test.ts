import fc from 'fast-check';
import {
  addUp,
  basisPointsOf,
  decimalOfMilli,
  hoursInMilli,
  invoiceNumber,
  milliOf,
  priceOf,
  statusOncePaid,
  taxOn,
} from '../../../src/domains/invoices/invoice.logic';

const minor = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
const bp = fc.integer({ min: 0, max: 10_000 });
const lines = fc.array(
  fc.record({ amountMinor: minor, taxBp: bp }).map(({ amountMinor, taxBp }) => ({
    amountMinor,
    taxMinor: taxOn(amountMinor, taxBp),
  })),
  { maxLength: 30 },
);

describe('the amounts of an invoice', () => {
  it('are the sum of its lines and their taxes, in whatever order they stand', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const { subtotalMinor, taxMinor, totalMinor } = addUp(given);
        expect(totalMinor).toBe(subtotalMinor + taxMinor);
        expect(addUp([...given].reverse())).toEqual(addUp(given));
        expect(addUp(given.slice(1)).totalMinor + addUp(given.slice(0, 1)).totalMinor).toBe(totalMinor);
      }),
    );
  });

  it('have tax rounded half up on each line, away from zero below it, never off by more than half a cent', () => {
    fc.assert(
      fc.property(minor, bp, (amount, taxBp) => {
        const tax = taxOn(amount, taxBp);
        const exact = amount * BigInt(taxBp);
        const off = tax * 10_000n - exact;
        expect(off <= 5000n && off >= -5000n).toBe(true);
        expect(taxOn(-amount, taxBp)).toBe(-tax);
      }),
    );
    expect([taxOn(10n, 500), taxOn(-10n, 500), taxOn(9n, 500), taxOn(250n, 1900)]).toEqual([1n, -1n, 0n, 48n]);
    expect(addUp([1, 2, 3].map(() => ({ amountMinor: 10n, taxMinor: taxOn(10n, 500) }))).taxMinor).toBe(3n);
  });

  it('of a line by hand are quantity times price, half away from zero', () => {
    expect([priceOf(500n, 999n), priceOf(500n, -999n), priceOf(1n, 499n), priceOf(2500n, 999n)]).toEqual([
      500n,
      -500n,
      0n,
      2498n,
    ]);
  });

  it('read back as they were written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 9_999_999_999n }), (milli) => {
        expect(milliOf(decimalOfMilli(milli), 'quantity')).toBe(milli);
      }),
    );
    fc.assert(fc.property(bp, (points) => expect(basisPointsOf(points / 100, 'taxPercent')).toBe(points)));
    expect([hoursInMilli(3600n), hoursInMilli(1n), hoursInMilli(2n), decimalOfMilli(1500n)]).toEqual([
      1000n,
      0n,
      1n,
      '1.5',
    ]);
    expect([invoiceNumber('2026-03-16', 7), invoiceNumber('2027-01-01', 1234)]).toEqual(['2026-007', '2027-1234']);
  });
});

describe('an issued invoice', () => {
  it('is paid exactly when nothing is open of what was asked', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 1000n }), fc.bigInt({ min: 0n, max: 1000n }), (total, paid) => {
        fc.pre(paid <= total);
        const expected = paid === 0n ? 'SENT' : paid === total ? 'PAID' : 'PARTIALLY_PAID';
        expect(statusOncePaid(total, paid)).toBe(expected);
      }),
    );
  });
});
