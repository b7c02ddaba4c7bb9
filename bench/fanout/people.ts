/** The n-th of those who listen: every second one is a client, the others manage the project and see its costs. */
export const tokenOf = (nth: number): string => `bench-fanout-${nth}`;
export const isClient = (nth: number): boolean => nth % 2 === 0;
/** What the work has cost, as managers read it and clients never. */
export const COST = '86419.75';
