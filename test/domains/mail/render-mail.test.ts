import { renderMail } from '../../../src/domains/mail/render-mail';

const EXPIRES = '2026-03-23T10:00:00.000Z';

describe('a mail', () => {
  it('of an invitation names workspace, inviter and deadline, its link, and no project (F-027, F-039, L-24)', () => {
    const data = {
      token: 'a-b_c',
      name: 'Ivan',
      workspaceName: 'Fjord Studio',
      inviterName: 'Max',
      expiresAt: EXPIRES,
    };
    const mail = renderMail({ kind: 'INVITATION', data }, 'https://portal.test');
    expect(mail.subject).toBe('Max invites you to Fjord Studio');
    expect(mail.link).toBe('https://portal.test/accept-invitation?token=a-b_c');
    expect(mail.text).toContain(mail.link);
    expect(mail.text).toContain('Hello Ivan');
    expect(mail.text).toContain('2026-03-23 10:00 UTC');
  });

  it('of a new password has its link and says that nothing happens without it (F-040)', () => {
    const data = { token: 'x', displayName: 'Clara', expiresAt: EXPIRES };
    const mail = renderMail({ kind: 'PASSWORD_RESET', data }, 'https://portal.test');
    expect(mail.link).toBe('https://portal.test/reset-password?token=x');
    expect(mail.text).toContain('stays as it is');
  });

  it('has one line as its subject, whatever people call themselves', () => {
    const data = {
      token: 'x',
      name: 'I',
      workspaceName: 'F',
      inviterName: 'Max\r\nBcc: all@x.test',
      expiresAt: EXPIRES,
    };
    expect(renderMail({ kind: 'INVITATION', data }, 'https://p.test').subject).toBe(
      'Max Bcc: all@x.test invites you to F',
    );
  });
});
