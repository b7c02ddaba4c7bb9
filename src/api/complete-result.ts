import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { Context } from '../context';

const MAX_ERRORS = 5;

/** What an answer carries besides its data: `extensions.withheld`, and no more errors than a person can read. */
export function completeResult(
  result: Pick<FormattedExecutionResult | ExecutionResult, 'data' | 'errors' | 'extensions'>,
  context: Context,
): void {
  const changing = result as { -readonly [K in keyof typeof result]: (typeof result)[K] };
  if (result.errors && result.errors.length > MAX_ERRORS) changing.errors = result.errors.slice(0, MAX_ERRORS);
  const withheld = context.withheld?.list(result.data);
  if (withheld) changing.extensions = { ...result.extensions, withheld };
}
