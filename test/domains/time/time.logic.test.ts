import fc from 'fast-check';
import { Billing, RoundingMode } from '../../../src/domains/projects/project.enums';
import { priced, roundedSeconds } from '../../../src/domains/time/time.logic';
import { billableAmountOf, sumsThrough, uninvoicedAmountOf } from '../../../src/domains/time/totals.logic';
import { amountFor, percentOf } from '../../../src/platform/money';

const policy = (roundingMode: keyof typeof RoundingMode, roundingMinutes: number) => ({
  roundingMode: RoundingMode[roundingMode],
  roundingMinutes,
});

describe('rounding an entry', () => {
  it.each([
    ['NONE', 15, 901, 901],
    ['UP', 15, 1, 900],
    ['UP', 15, 900, 900],
    ['UP', 15, 901, 1800],
    ['UP', 6, 21_600, 21_600],
    ['NEAREST', 15, 449, 0],
    ['NEAREST', 15, 450, 900],
    ['NEAREST', 15, 1349, 900],
    ['DOWN', 15, 899, 0],
    ['DOWN', 15, 1799, 900],
  ] as const)('%s to %i minutes makes of %i s: %i s', (mode, minutes, raw, billed) => {
    expect(roundedSeconds(raw, policy(mode, minutes))).toBe(billed);
  });

  const raws = fc.integer({ min: 1, max: 86_400 });
  const steps = fc.constantFrom(1, 5, 6, 10, 15, 30, 60);
  const modes = fc.constantFrom('UP', 'NEAREST', 'DOWN' as const);

  it('is always a full step, never more than a step away, and changes nothing the second time', () => {
    fc.assert(
      fc.property(raws, steps, modes, (raw, minutes, mode) => {
        const once = roundedSeconds(raw, policy(mode, minutes));
        expect(once % (minutes * 60)).toBe(0);
        expect(Math.abs(once - raw)).toBeLessThan(minutes * 60);
        expect(roundedSeconds(once, policy(mode, minutes))).toBe(once);
      }),
    );
  });

  it('goes up when it says up, down when it says down, and the nearest way when it says nearest', () => {
    fc.assert(
      fc.property(raws, steps, (raw, minutes) => {
        const [up, down] = [roundedSeconds(raw, policy('UP', minutes)), roundedSeconds(raw, policy('DOWN', minutes))];
        expect(down).toBeLessThanOrEqual(raw);
        expect(up).toBeGreaterThanOrEqual(raw);
        expect(roundedSeconds(raw, policy('NEAREST', minutes))).toBe(raw - down < up - raw ? down : up);
      }),
    );
  });
});

describe('the amount of an entry', () => {
  it('is half up to the cent: twice 15 min at 27.50 is 13.76 everywhere (kimai PR#1424)', () => {
    const each = amountFor(900n, 2750n);
    expect([each, 2n * each]).toEqual([688n, 1376n]);
  });

  it('is never further from the truth than half a cent, and as far below 0 as above', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 90_000n }),
        fc.bigInt({ min: 0n, max: 100_000_000_000n }),
        (seconds, rate) => {
          const distance = amountFor(seconds, rate) * 3600n - seconds * rate;
          expect(2n * distance).toBeGreaterThan(-3600n);
          expect(2n * distance).toBeLessThanOrEqual(3600n);
          expect(amountFor(seconds, -rate)).toBe(-amountFor(seconds, rate));
        },
      ),
    );
  });

  it('is billed by the rounded time, costs by the real one, and is 0 unless the hour is paid', () => {
    const entry = { rawSeconds: 1000, billedSeconds: 1800, billable: true, billRateMinor: 6000n, costRateMinor: 3600n };
    expect(priced(entry, Billing.HOURLY)).toEqual({ billableAmountMinor: 3000n, costAmountMinor: 1000n });
    const unpaid = { billableAmountMinor: 0n, costAmountMinor: 1000n };
    expect(priced(entry, Billing.FIXED_FEE)).toEqual(unpaid);
    expect(priced(entry, Billing.NON_BILLABLE)).toEqual(unpaid);
    expect(priced({ ...entry, billable: false }, Billing.HOURLY)).toEqual(unpaid);
    expect(priced({ ...entry, billRateMinor: null, costRateMinor: null }, Billing.HOURLY)).toEqual({
      billableAmountMinor: 0n,
      costAmountMinor: 0n,
    });
  });
});

describe('sums through a gate', () => {
  const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n });
  const bucket = (invoiceState: 'NONE' | 'DRAFT' | 'ISSUED') =>
    fc.record({
      invoiceState: fc.constant(invoiceState),
      rawSeconds: amounts,
      billedSeconds: amounts,
      billableSeconds: amounts,
      billableAmountMinor: amounts,
    });
  const buckets = fc.tuple(bucket('NONE'), bucket('DRAFT'), bucket('ISSUED'));
  const gates = fc.record({ issuedOnly: fc.boolean(), draftsAreUninvoiced: fc.boolean(), billableOnly: fc.boolean() });

  it('never leave more uninvoiced than there is', () => {
    fc.assert(
      fc.property(buckets, gates, (all, gate) => {
        const sums = sumsThrough(gate, all);
        expect(sums.uninvoicedMinor).toBeLessThanOrEqual(sums.billableAmountMinor);
      }),
    );
  });

  it('do not change for who sees no drafts when work is put on a draft (L-12)', () => {
    fc.assert(
      fc.property(buckets, fc.boolean(), ([none, draft, issued], issuedOnly) => {
        const gate = { issuedOnly, draftsAreUninvoiced: true, billableOnly: false };
        const asNone = { ...draft, invoiceState: 'NONE' as const };
        expect(sumsThrough(gate, [none, draft, issued])).toEqual(sumsThrough(gate, [none, asNone, issued]));
      }),
    );
  });

  it('of a fixed fee are the fee, whatever was worked', () => {
    const sums = sumsThrough({ issuedOnly: false, draftsAreUninvoiced: true, billableOnly: false }, []);
    const fees = { billing: Billing.FIXED_FEE, contractValueMinor: 1000n, dated: false };
    expect(billableAmountOf(fees, sums)).toBe(1000n);
    expect(uninvoicedAmountOf(fees, sums, 1200n)).toBe(-200n);
    expect(billableAmountOf({ ...fees, dated: true }, sums)).toBeNull();
    expect(uninvoicedAmountOf({ ...fees, dated: true }, sums, 0n)).toBeNull();
  });

  it('make a percentage with two decimals, cut off, below 0 too', () => {
    expect([percentOf(1n, 3n), percentOf(-1n, 3n), percentOf(2n, 1n), percentOf(1n, 0n)]).toEqual([
      33.33,
      -33.34,
      200,
      null,
    ]);
  });
});
