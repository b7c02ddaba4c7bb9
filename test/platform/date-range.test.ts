import { refuseInverted } from '../../src/platform/date-range';

describe('a range of days', () => {
  it.each([
    {},
    { from: null, to: null },
    { from: '2026-03-02', to: null },
    { to: '2026-03-02' },
    { from: '2026-03-02', to: '2026-03-02' },
    { from: '2026-03-02', to: '2026-03-10' },
  ])('may be open, or one day: %j', (range) => {
    expect(() => refuseInverted(range)).not.toThrow();
  });

  it('is refused when it ends before it begins, with both days and the field that is to change', () => {
    const inverted = { from: '2026-03-02', to: '2026-03-01' };
    const message = 'The range ends (2026-03-01) before it begins (2026-03-02).';
    const refusal = (field: string) => ({ message, extensions: { code: 'BAD_USER_INPUT', field } });
    expect(() => refuseInverted(inverted)).toThrow(expect.objectContaining(refusal('from')));
    expect(() => refuseInverted(inverted, 'filter.from')).toThrow(expect.objectContaining(refusal('filter.from')));
  });
});
