import { emailOf } from '../../../src/demo/cast';
import { type Answer, TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const update = (who: 'clara' | 'wim' | 'carl', input: object): Promise<Answer> =>
  server.ask(
    who,
    `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) {
      viewer { email displayName phone locale timezone } } }`,
    { input },
  );

const allowClients = (allowed: boolean) =>
  server.database.rows('update workspace set client_profile_edit = $1', [allowed]);

describe('one’s own profile', () => {
  it('is Wim’s to change: name, phone, language and time zone (F-127)', async () => {
    const { data } = await update('wim', {
      displayName: '  Wim Wo\u0301rker ',
      phone: '+31 6 1234',
      locale: 'nl-nl',
      timezone: 'Europe/Amsterdam',
    });
    expect(data.updateProfile.viewer).toEqual({
      email: emailOf('wim'),
      displayName: 'Wim W\u00f3rker',
      phone: '+31 6 1234',
      locale: 'nl-NL',
      timezone: 'Europe/Amsterdam',
    });
  });

  it('stays as it is where nothing is said, and loses the phone on null', async () => {
    await update('wim', { displayName: 'Wim', phone: '1', locale: 'nl', timezone: 'Europe/Amsterdam' });
    expect((await update('wim', {})).data.updateProfile.viewer).toMatchObject({ displayName: 'Wim', phone: '1' });
    expect((await update('wim', { phone: null })).data.updateProfile.viewer).toMatchObject({
      displayName: 'Wim',
      phone: null,
      timezone: 'Europe/Amsterdam',
    });
  });

  it.each([
    ['displayName', ' '],
    ['displayName', 'x'.repeat(121)],
    ['phone', '1'.repeat(41)],
    ['locale', 'not a tag'],
    ['timezone', 'Mars/Olympus'],
    ['timezone', '+02:00'],
    ['timezone', 'Canada/East-Saskatchewan'],
  ])('names %s when it cannot be %j', async (field, value) => {
    const { errors } = await update('wim', { [field]: value });
    expect(errors?.[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('lets Clara change her name and phone where her workspace allows it (X-12)', async () => {
    await allowClients(true);
    expect((await update('clara', { displayName: 'Clara C.' })).data.updateProfile.viewer.displayName).toBe('Clara C.');
  });

  it('keeps Clara’s name and phone to the team where it does not, but not her language (X-12)', async () => {
    await allowClients(false);
    for (const input of [{ displayName: 'Other' }, { phone: '1' }, { phone: null }]) {
      expect((await update('clara', input)).errors?.[0].extensions).toEqual({
        code: 'FORBIDDEN',
        requires: ['clientProfileEdit'],
      });
    }
    expect((await update('clara', { locale: 'de' })).data.updateProfile.viewer.locale).toBe('de');
    expect((await update('wim', { displayName: 'Wim' })).errors).toBeUndefined();
  });

  it('is Carl’s to change once he has a workspace of his own (F-014)', async () => {
    await allowClients(false);
    await server.data('carl', 'mutation { createWorkspace(input: { name: "Carl’s Own" }) { workspace { id } } }');
    expect((await update('carl', { displayName: 'Carl' })).errors).toBeUndefined();
  });
});
