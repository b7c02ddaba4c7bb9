import { type DestinationStream, type Logger, type LoggerOptions, pino, stdTimeFunctions } from 'pino';

export type { Logger };

/** JSON lines, on standard output unless told otherwise. Nobody logs tokens, passwords, variables or query strings; the list is the belt. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
    redact: ['token', 'password', 'variables', 'authorization', '*.token', '*.password', '*.authorization'],
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Errors of the database carry the values of the statement; they stay out. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code, constraint, table } = error as Error & Record<string, unknown>;
  const errors = error instanceof AggregateError ? error.errors.map(describeError) : undefined;
  return { type: error.constructor.name, message: error.message, stack: error.stack, code, constraint, table, errors };
}
