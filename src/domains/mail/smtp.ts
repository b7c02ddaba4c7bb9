import { createTransport } from 'nodemailer';
import { minutes, seconds } from '../../platform/clock';

/** A mail as it goes out. */
interface OutgoingMail {
  messageId: string;
  recipient: string;
  subject: string;
  text: string;
  html: string;
}

/** Takes mails for delivery, or throws an `Undelivered`. */
export interface Post {
  send(mail: OutgoingMail): Promise<void>;
}

/** Why a mail was not taken. */
export class Undelivered extends Error {
  constructor(
    /** What the server said, or what kept us from it. */
    readonly reason: string,
    /** `FOR_GOOD`: this recipient, or this mail, will not be taken. `AWAY`: no mail is taken at the moment. */
    readonly how: 'FOR_GOOD' | 'FOR_NOW' | 'AWAY',
  ) {
    super(`The mail was not taken: ${how}`);
  }
}

/** The longest that one mail may take, also from a server that says a word now and then. */
export const LONGEST_SENDING_MS = minutes(1);

export interface SmtpSettings {
  url: string;
  from: { name: string; address: string };
}

export function smtpPost({ url, from }: SmtpSettings): Post {
  const { username, hostname } = new URL(url);
  const transport = createTransport({
    // A password is told to nobody in clear, unless the address itself says `?requireTLS=false`.
    requireTLS: username !== '' && !LOOPBACK.test(hostname),
    url,
    connectionTimeout: seconds(10),
    greetingTimeout: seconds(10),
    socketTimeout: seconds(30),
    // Contents are texts of ours, never the name of something to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ messageId, recipient, subject, text, html }) => {
      const message = {
        messageId,
        from,
        // As an object it is one address, whatever it is made of.
        to: { name: '', address: recipient },
        subject,
        text,
        html,
        headers: { 'Auto-Submitted': 'auto-generated' },
        xMailer: false as const,
        signal: AbortSignal.timeout(LONGEST_SENDING_MS),
      };
      await transport.sendMail(message).catch((error: SmtpError) => {
        throw inOurWords(error);
      });
    },
  };
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

type SmtpError = Error & { code?: string; command?: string; response?: string; permanent?: boolean };

/** Longer than any server explains itself. */
const LONGEST_REASON = 300;

function inOurWords({ code = 'UNKNOWN', message, command, response, permanent }: SmtpError): Undelivered {
  const reason = (response ?? `${code}: ${message}`).slice(0, LONGEST_REASON);
  const isOfThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (!isOfThisMail) return new Undelivered(reason, 'AWAY');
  // Not taking us as the sender says nothing of the recipient: somebody has to set it right here.
  return new Undelivered(reason, permanent && command !== 'MAIL FROM' ? 'FOR_GOOD' : 'FOR_NOW');
}
