import type { PorticoError } from '../../src/platform/errors';
import { cleanEmail, cleanOptionalText, cleanText, normalEmail } from '../../src/platform/text';

const refusalOf = (work: () => unknown): unknown => {
  try {
    return { instead: work() };
  } catch (error) {
    return (error as PorticoError).extensions;
  }
};

describe('a text', () => {
  const name = { field: 'name', max: 5 };

  it('is kept trimmed and composed', () => expect(cleanText('  Jose\u0301 \n', name)).toBe('Jos\u00e9'));

  it('is counted in code points, after that', () => {
    expect(cleanText('🙂🙂🙂🙂🙂', name)).toBe('🙂🙂🙂🙂🙂');
    expect(refusalOf(() => cleanText('🙂🙂🙂🙂🙂🙂', name))).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'name',
      max: 5,
      actual: 6,
    });
  });

  it.each(['', '  ', '\u200b', '\u00a0\ufeff'])('that nobody can read is blank: %j', (text) => {
    expect(refusalOf(() => cleanText(text, name))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'name' });
  });

  it('has no character that the database cannot keep', () => {
    expect(refusalOf(() => cleanText('a\0b', name))).toEqual({ code: 'BAD_USER_INPUT', field: 'name' });
  });

  it('that may be missing is cleared by null and blank, and left by undefined', () => {
    expect(cleanOptionalText(undefined, name)).toBeUndefined();
    expect(cleanOptionalText(null, name)).toBeNull();
    expect(cleanOptionalText('  ', name)).toBeNull();
    expect(cleanOptionalText(' x ', name)).toBe('x');
  });
});

describe('an e-mail', () => {
  it('has one spelling for one person', () => {
    expect(normalEmail(' JOSE\u0301@Example.COM ')).toBe('jos\u00e9@example.com');
    expect(cleanEmail(' Anna.B+x@Example.com ')).toBe('anna.b+x@example.com');
  });

  it.each([
    '',
    'anna',
    'anna@',
    '@example.com',
    'anna@example',
    'a b@example.com',
    'a@b@example.com',
    'a@example..com',
    'a@x.com\nBcc: b@x.com',
    '<a@example.com>',
    `${'a'.repeat(250)}@x.com`,
  ])('is refused when no mail could go there: %j', (email) =>
    expect(refusalOf(() => cleanEmail(email))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'email' }),
  );
});
