import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';

/** A line to a server that can be cut: everything on it ends at once, as when a network goes away. */
export class Line {
  private constructor(
    private readonly proxy: net.Server,
    private readonly open: Set<net.Socket>,
    readonly url: string,
  ) {}

  static async to(target: string): Promise<Line> {
    const { hostname, port } = new URL(target);
    const open = new Set<net.Socket>();
    const proxy = net.createServer((near) => {
      const far = net.connect(Number(port), hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ]) {
        open.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          open.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    return new Line(proxy, open, `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  }

  cut(): void {
    for (const socket of this.open) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.proxy.close(resolve));
  }
}
