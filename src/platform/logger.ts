import { type Logger, pino, stdTimeFunctions } from 'pino';

export type { Logger };

/** JSON lines on standard output. Nobody logs tokens, passwords, variables or query strings; the list is the belt. */
export function createLogger(options: { level: string }): Logger {
  return pino({
    level: options.level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: ['token', 'password', 'variables', 'authorization', '*.token', '*.password', '*.authorization'],
  });
}
