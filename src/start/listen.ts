import type { Server } from 'node:http';

/** The server cannot take its address. The message is a sentence for people. */
export class AddressUnavailable extends Error {}

export function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new AddressUnavailable(whyNot(error, host, port))));
    server.listen({ host, port }, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function whyNot(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return (
        `Port ${port} is taken, perhaps by another Portico. Choose another one: PORT=${port + 1} npm start` +
        ' (or PORT in .env).'
      );
    case 'EACCES':
      return `Port ${port} needs rights that this process lacks. Choose one above 1023 with PORT.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}. Correct HOST.`;
    default:
      return `Cannot listen on ${host}, port ${port}: ${error.message}.`;
  }
}
