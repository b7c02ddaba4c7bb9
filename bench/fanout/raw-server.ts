import { WebSocket, WebSocketServer } from 'ws';
import { answer, moment, usage } from './child';
import { COST } from './people';
import { eventOf, listening, plainHttp } from './socket-server';

/** The limit: `ws`, and one frame made once, written to every socket as it is. Who may see it is asked by nobody. */
const server = plainHttp();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
const streams = new Set<{ write(frame: Buffer): void }>();
sockets.on('connection', (socket, request) => {
  streams.add(request.socket);
  socket.on('close', () => streams.delete(request.socket));
});

let events = 0;
/** When it begins. */
function tell(): number {
  const at = moment();
  const payload = { data: { portalEvents: eventOf(events++, COST) } };
  const text = Buffer.from(JSON.stringify({ id: 'x'.repeat(36), type: 'next', payload }));
  const [header, body] = frame(text);
  const whole = Buffer.concat([header, body]);
  for (const stream of streams) stream.write(whole);
  return at;
}

/** As `ws` frames a text; its types do not know of it. */
const frame = (data: Buffer): Buffer[] =>
  (WebSocket as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } }).Sender.frame(data, {
    fin: true,
    rsv1: false,
    opcode: 1,
    mask: false,
    readOnly: true,
  });

answer({
  ...usage,
  listen: () => listening(server),
  tell,
});
