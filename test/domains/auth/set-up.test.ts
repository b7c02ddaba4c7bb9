import { issueSetupLink, needsSetUp } from '../../../src/domains/auth/set-up';
import { days, hours } from '../../../src/platform/clock';
import { type Answer, TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());
beforeEach(() => server.database.rows('truncate app_user, workspace, setup_link cascade'));

const NINA = {
  email: ' Nina@Example.com ',
  displayName: 'Nina New',
  password: 'a long enough one',
  workspaceName: 'Åse & Sønner AS',
};

const setUp = (token: string, facts: Partial<typeof NINA> = {}): Promise<Answer> =>
  server.ask(
    null,
    `mutation ($input: SetUpInput!) { setUp(input: $input) { token expiresAt viewer { email displayName memberships {
      role personType workspace { name slug timezone defaultCurrency settings { invitePolicy version } } } } } }`,
    { input: { token, ...NINA, ...facts } },
  );

const link = (): Promise<string> => issueSetupLink(server.database, server.clock);
const DEAD_LINK = { code: 'NOT_FOUND', field: 'token' };
const refusalIn = (answer: Answer) => answer.errors?.[0].extensions;

describe('setting up an empty server', () => {
  it('makes Nina the first owner, in a workspace of hers, and signs her in', async () => {
    expect(await needsSetUp(server.database)).toBe(true);
    const { data, errors } = await setUp(await link());
    expect(errors).toBeUndefined();
    expect(data.setUp.viewer).toEqual({
      email: 'nina@example.com',
      displayName: 'Nina New',
      memberships: [
        {
          role: 'OWNER',
          personType: 'EMPLOYEE',
          workspace: {
            name: 'Åse & Sønner AS',
            slug: 'ase-s-nner-as',
            timezone: 'UTC',
            defaultCurrency: 'EUR',
            settings: { invitePolicy: 'ADMINS_AND_PROJECT_MANAGERS', version: 1 },
          },
        },
      ],
    });
    expect(new Date(data.setUp.expiresAt).getTime() - server.clock.now().getTime()).toBe(days(30));
    await server.data({ token: data.setUp.token }, '{ viewer { id } }');
    expect(await needsSetUp(server.database)).toBe(false);
  });

  it('works once: the link is dead afterwards, and so is a new one', async () => {
    const token = await link();
    await setUp(token);
    expect(refusalIn(await setUp(token, { email: 'second@example.com' }))).toEqual(DEAD_LINK);
    expect(refusalIn(await setUp(await link(), { email: 'second@example.com' }))).toEqual(DEAD_LINK);
  });

  it('goes by the newest link alone, for 24 hours (F-210)', async () => {
    const [first, second] = [await link(), await link()];
    expect(refusalIn(await setUp(first))).toEqual(DEAD_LINK);
    server.clock.advance(hours(24));
    expect(refusalIn(await setUp(second))).toEqual(DEAD_LINK);
    expect(refusalIn(await setUp('made up'))).toEqual(DEAD_LINK);
    const last = await link();
    server.clock.advance(hours(24) - 1);
    expect((await setUp(last)).errors).toBeUndefined();
  });

  it('says what is wrong with what Nina typed, and keeps the link for her next try', async () => {
    const token = await link();
    expect(refusalIn(await setUp(token, { password: 'short' }))).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'password',
    });
    expect(refusalIn(await setUp(token, { email: 'nina at home' }))).toMatchObject({ field: 'email' });
    expect(refusalIn(await setUp(token, { displayName: ' \u200b ' }))).toMatchObject({ field: 'displayName' });
    expect(refusalIn(await setUp(token, { workspaceName: 'x'.repeat(121) }))).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'workspaceName',
      max: 120,
      actual: 121,
    });
    expect((await setUp(token)).errors).toBeUndefined();
  });

  it('keeps of the link its hash alone', async () => {
    const token = await link();
    const rows = await server.database.rows<{ row: string }>('select l::text as row from setup_link l');
    expect(rows).toHaveLength(1);
    expect(rows[0].row).not.toContain(token);
  });
});
