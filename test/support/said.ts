import { createLogger, type Logger } from '../../src/platform/logger';

const last: string[] = [];
const MOST = 50;

/** Keeps what servers of tests log of their failures: who asks is told a request id alone. */
export const keepingLogger = (): Logger =>
  createLogger('error', {
    write: (line) => {
      if (last.push(line) > MOST) last.shift();
    },
  });

/** What was logged of these errors. */
export const saidOf = (errors: readonly { extensions?: Record<string, unknown> }[]): unknown[] => {
  const ids = errors.flatMap(({ extensions }) => (extensions?.requestId ? [String(extensions.requestId)] : []));
  return last.filter((line) => ids.some((id) => line.includes(id))).map((line) => JSON.parse(line));
};
