import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
export interface Arrived extends Email {
  /** Whom the envelope named: where it really goes. */
  sentTo: string[];
  raw: string;
}

/** A mail server of the test's own, on a port that it keeps through being away. */
export class MailServer {
  readonly arrived: Arrived[] = [];
  /** What it says instead of taking mails to, or from, this address. */
  refusal: { address: string; code: number; message: string } | null = null;
  /** Takes a mail in full and says nothing yet, until the promise is there. */
  hesitation: Promise<void> | null = null;
  /** Loses the line after having taken so many mails in full: whoever sent them does not know. */
  dropsAfterTaking = 0;
  /** Who has signed in to it, as `user:password`. */
  readonly signedIn: string[] = [];
  private running: SMTPServer | undefined;

  private constructor(
    readonly port: number,
    private readonly options: { password?: string; tls: boolean },
  ) {}

  /** With `password` nobody gets in without it. With `tls` it offers STARTTLS, by a certificate that nobody knows. */
  static async start({ password = undefined as string | undefined, tls = false } = {}): Promise<MailServer> {
    const probe = net.createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const server = new MailServer((probe.address() as AddressInfo).port, { password, tls });
    await new Promise((resolve) => probe.close(resolve));
    await server.comeBack();
    return server;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  async comeBack(): Promise<void> {
    const { password, tls } = this.options;
    const running = new SMTPServer({
      disabledCommands: [...(password ? [] : ['AUTH']), ...(tls ? [] : ['STARTTLS'])],
      allowInsecureAuth: true,
      closeTimeout: 50,
      onAuth: (given, _session, done) => {
        this.signedIn.push(`${given.username}:${given.password}`);
        done(given.password === password ? null : new Error('Wrong password'), { user: given.username });
      },
      onMailFrom: ({ address }, _session, done) => done(this.refusalOf(address)),
      onRcptTo: ({ address }, _session, done) => done(this.refusalOf(address)),
      onData: (stream, { envelope, id }, done) => {
        this.take(
          stream,
          envelope.rcptTo.map(({ address }) => address),
        ).then((isKnown) => {
          if (isKnown) return done();
          for (const each of running.connections) if (each.session.id === id) each.close();
        }, done);
      },
    });
    this.running = running;
    running.on('error', () => {});
    running.listen(this.port, '127.0.0.1');
    await once(running.server, 'listening');
  }

  async goAway(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    if (running) await new Promise<void>((resolve) => running.close(() => resolve()));
  }

  to(address: string): Arrived[] {
    return this.arrived.filter((mail) => mail.sentTo.includes(address));
  }

  private refusalOf(address: string): Error | undefined {
    const { refusal } = this;
    if (refusal?.address !== address) return undefined;
    return Object.assign(new Error(refusal.message), { responseCode: refusal.code });
  }

  /** Whether the sender gets to know. */
  private async take(stream: NodeJS.ReadableStream, sentTo: string[]): Promise<boolean> {
    const raw = await text(stream as never);
    this.arrived.push({ ...(await PostalMime.parse(raw)), sentTo, raw });
    await this.hesitation;
    this.dropsAfterTaking -= 1;
    return this.dropsAfterTaking < 0;
  }
}
