import { closeFor } from '../../src/api/socket-carrier';

const closedFor = (reason: string) => {
  let said = '';
  closeFor({ close: (_code: number, words: string | Buffer) => (said = String(words)) } as never, 4290, reason);
  return said;
};

describe('why a socket closes', () => {
  it('is said in full where 123 bytes are enough', () => {
    expect(closedFor(`LAGGED ${'c'.repeat(116)}`)).toBe(`LAGGED ${'c'.repeat(116)}`);
    expect(closedFor('')).toBe('');
  });

  it('and otherwise in the words that fit: who lagged in many workspaces hears at least that they did', () => {
    expect(closedFor(`LAGGED ${'c'.repeat(117)}`)).toBe('LAGGED');
    expect(closedFor('é'.repeat(62))).toBe('');
    expect(closedFor(`Subscriber for ${'é '.repeat(100)}`).length).toBeGreaterThan(50);
  });
});
