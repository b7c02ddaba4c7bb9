import { PorticoError } from './errors';

/** Refuses a change that was made against an older version (optimistic lock). Null or undefined: the caller does not ask. */
export function expectVersion(current: number, expected: number | null | undefined): void {
  if (expected == null || expected === current) return;
  throw new PorticoError(
    'CONFLICT',
    'Somebody else has changed this since you read it. Read it again and repeat your change.',
    {
      current,
    },
  );
}

/** How each input offers that to its caller; which version is meant stands at the `version` of the thing. */
export const EXPECTED_VERSION = {
  nullable: true,
  description: 'The version you read: `CONFLICT` if it is another by now.',
} as const;
