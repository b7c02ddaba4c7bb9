import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenIn } from '../support/mail-builders';
import { MailServer } from '../support/mail-server';
import { buildServer, ServerProcess } from '../support/process';
import { until } from '../support/until';

describe('the server as its users start it', () => {
  let folder: string;
  let running: ServerProcess | undefined;

  beforeAll(buildServer, 120_000);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portico-mail-'));
  });
  afterEach(async () => {
    await running?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  async function start(env: Record<string, string>): Promise<ServerProcess> {
    running = await ServerProcess.start(folder, { DATA_DIR: join(folder, 'data'), ...env });
    return running.ready();
  }

  it('sends Ivan his invitation by itself within seconds, with a link that leads to it, and stops in order', async () => {
    const post = await MailServer.start();
    const server = await start({ SMTP_URL: post.url, MAIL_FROM: 'Fjord, Inc. <hello@fjord.test>' });
    await until(() => post.to('ivan@demo.test').length > 0);
    const [mail] = post.to('ivan@demo.test');
    expect(mail.from).toEqual({ name: 'Fjord, Inc.', address: 'hello@fjord.test' });
    const token = tokenIn(mail);
    expect(mail.text).toContain(`${server.url}/accept-invitation?token=${token}`);
    const found = await server.ask(`{ invitation(token: "${token}") { inviterName } }`);
    expect(found).toMatchObject({ data: { invitation: { inviterName: 'Max Manager' } } });
    expect(await server.kill('SIGTERM')).toBe(0);
    expect(server.output).not.toContain(token);
    await post.goAway();
  }, 120_000);

  it('says once, in production, that nobody gets mails without a mail server', async () => {
    const server = await start({ NODE_ENV: 'production', DEMO: 'off' });
    expect(server.output.match(/SMTP_URL is not set/g)).toHaveLength(1);
  }, 120_000);
});
