import { hash } from '@node-rs/argon2';
import { cleanPassword, hashPassword, isOutdated, isPassword } from '../../../src/domains/auth/password';
import { PorticoError } from '../../../src/platform/errors';

const refusalOf = (password: string): unknown => {
  try {
    cleanPassword(password);
  } catch (error) {
    return (error as PorticoError).extensions;
  }
  return undefined;
};

describe('a new password', () => {
  it('has 10 to 200 characters, counted as people count them', () => {
    const refused = { code: 'BAD_USER_INPUT', field: 'password', min: 10, max: 200 };
    expect(refusalOf('123456789')).toEqual({ ...refused, actual: 9 });
    expect(refusalOf('1234567890')).toBeUndefined();
    expect(refusalOf('🔑'.repeat(9))).toEqual({ ...refused, actual: 9 });
    expect(refusalOf('🔑'.repeat(200))).toBeUndefined();
    expect(refusalOf('🔑'.repeat(201))).toEqual({ ...refused, actual: 201 });
    expect(refusalOf('e\u0301'.repeat(9))).toEqual({ ...refused, actual: 9 });
  });

  it('keeps its blanks', () => expect(cleanPassword('  ten chars  ')).toBe('  ten chars  '));
});

describe('hashing', () => {
  it('is argon2id with 64 MiB and three passes, other salt each time', async () => {
    const [one, two] = await Promise.all([hashPassword('a long password'), hashPassword('a long password')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    expect(one).not.toBe(two);
    expect(await isPassword('a long password', one)).toBe(true);
    expect(await isPassword('another password', one)).toBe(false);
  });

  it('says no where there is no hash', async () => expect(await isPassword('anything at all', null)).toBe(false));

  it('tells an older hash from one of today', async () => {
    expect(isOutdated(await hash('x', { memoryCost: 19456, timeCost: 2, parallelism: 1 }))).toBe(true);
    expect(isOutdated(await hash('x', { memoryCost: 65536, timeCost: 3, parallelism: 1 }))).toBe(false);
  });

  it('works on two at once, keeps fifty waiting and refuses the next, and goes on when they are done', async () => {
    const flood = Array.from({ length: 54 }, () => isPassword('x', null).catch((error: PorticoError) => error));
    const answers = await Promise.all(flood);
    const refused = answers.filter((answer) => answer instanceof PorticoError);
    expect(refused.map((error) => error.extensions)).toEqual(Array(2).fill({ code: 'RATE_LIMITED', retryAfter: 5 }));
    expect(await isPassword('x', null)).toBe(false);
  });
});
