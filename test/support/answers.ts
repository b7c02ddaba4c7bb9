import type { Answer } from './server';

/** What an answer was refused with; `DONE` where it was not. */
export const codeOf = ({ errors }: Pick<Answer, 'errors'>): string => errors?.[0].extensions.code ?? 'DONE';

/** What each field that was withheld would have taken, by the last step of its path. */
export const withheldOf = ({ extensions }: Pick<Answer, 'extensions'>): Record<string, string[]> =>
  Object.fromEntries((extensions?.withheld ?? []).map(({ path, requires }) => [path.at(-1)!, requires]));
