import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface Connections {
  /**
   * Ends what waits for nothing: kept alive, or opened in advance by a browser, which node itself never closes. What
   * is busy ends with its last answer.
   */
  closeUnused(): void;
}

export function trackConnections(server: Server): Connections {
  const open = new Set<Socket>();
  const busy = new Map<Socket, number>();
  let closing = false;
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    busy.set(socket, (busy.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (busy.get(socket) ?? 1) - 1;
      if (left > 0) busy.set(socket, left);
      else busy.delete(socket);
      if (closing && left <= 0) socket.destroySoon();
    });
  });
  return {
    closeUnused: () => {
      closing = true;
      for (const socket of open) if (!busy.has(socket)) socket.destroy();
    },
  };
}
