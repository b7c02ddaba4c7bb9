import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on an address of this machine, and says where. */
export async function listening(server: http.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 8192, resolve));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

export const plainHttp = (): http.Server => http.createServer((_request, response) => response.end());

/** About what an event says, for servers that have no database. */
export const eventOf = (nth: number, cost: string | null) => ({
  cursor: 'x'.repeat(92),
  kind: 'TASK_UPDATED',
  occurredAt: new Date().toISOString(),
  project: {
    id: 'prj_1111111111111111111111',
    name: 'The project that everybody watches',
    totals: { billableTime: { hours: 1 }, internalCost: cost === null ? null : { amount: cost } },
  },
  subject: {
    __typename: 'Task',
    id: 'tsk_1111111111111111111111',
    title: `Task ${nth}`,
    status: 'OPEN',
    dueDate: null,
  },
});
