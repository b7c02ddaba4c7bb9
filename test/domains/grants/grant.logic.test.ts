import fc from 'fast-check';
import { PERMISSION_KEYS, type PermissionFlags, type PersonType } from '../../../src/access/permissions';
import { decideGrant, type GrantDecision, type GrantOrder } from '../../../src/domains/grants/grant.logic';
import type { GrantTerms } from '../../../src/domains/grants/grant.types';

const NOW = new Date('2026-03-16T10:00:00Z');
const ADA = { personId: 'per_ada', isAdmin: true };
const MAX = { personId: 'per_max', isAdmin: false };
const NOTHING: PermissionFlags = { trackTime: false, clientView: false, internalCosts: false, managesProject: false };

const order = (more: Partial<GrantOrder>): GrantOrder => ({
  wish: {},
  held: null,
  personType: 'EMPLOYEE',
  granter: ADA,
  now: NOW,
  ...more,
});

const held = (flags: Partial<PermissionFlags>, more: Partial<GrantTerms> = {}): GrantTerms => ({
  ...NOTHING,
  startsAt: null,
  expiresAt: null,
  reason: null,
  ...flags,
  ...more,
});

function outcome(given: GrantOrder): GrantDecision | string {
  try {
    return decideGrant(given);
  } catch (error) {
    return (error as { extensions: { code: string } }).extensions.code;
  }
}

const codeOf = (given: GrantOrder): string => {
  const answer = outcome(given);
  return typeof answer === 'string' ? answer : 'allowed';
};

describe('what a person starts with', () => {
  it('is client view for a client like Clara, track time off (F-043, F-045)', () => {
    expect(decideGrant(order({ personType: 'CLIENT' })).terms).toMatchObject({ ...NOTHING, clientView: true });
  });

  it.each<PersonType>(['EMPLOYEE', 'CONTRACTOR'])(
    'is track time and client view for an %s (F-043, F-048)',
    (personType) => {
      expect(decideGrant(order({ personType })).terms).toMatchObject({ ...NOTHING, trackTime: true, clientView: true });
    },
  );
});

describe('permissions that come along', () => {
  it('turn client view on with internal costs, and say so (F-047)', () => {
    const given = order({ held: held({}), wish: { permissions: { internalCosts: true } } });
    expect(decideGrant(given)).toMatchObject({
      terms: { clientView: true, internalCosts: true },
      implied: ['clientView'],
    });
  });

  it('say nothing where client view was on already', () => {
    const given = order({ held: held({ clientView: true }), wish: { permissions: { managesProject: true } } });
    expect(decideGrant(given).implied).toEqual([]);
  });

  it('go with client view when it is turned off', () => {
    const given = order({
      held: held({ clientView: true, internalCosts: true, managesProject: true }),
      wish: { permissions: { clientView: false } },
    });
    expect(decideGrant(given)).toMatchObject({ terms: NOTHING, implied: ['internalCosts', 'managesProject'] });
  });

  it('are refused when both are asked for and contradict each other', () => {
    const permissions = { clientView: false, internalCosts: true };
    expect(codeOf(order({ wish: { permissions } }))).toBe('CONTRADICTORY_PERMISSIONS');
  });
});

describe('who gives what', () => {
  it.each(['internalCosts', 'managesProject'] as const)('lets Ada give %s, and not Max who manages', (key) => {
    const wish = { permissions: { [key]: true } };
    expect(codeOf(order({ wish }))).toBe('allowed');
    expect(codeOf(order({ wish, granter: MAX }))).toBe('GRANT_EXCEEDS_GRANTER');
  });

  it.each(['internalCosts', 'managesProject'] as const)(
    'lets Max take away no %s, not even along with client view',
    (key) => {
      const given = { held: held({ clientView: true, [key]: true }), granter: MAX };
      expect(codeOf(order({ ...given, wish: { permissions: { [key]: false } } }))).toBe('GRANT_EXCEEDS_GRANTER');
      expect(codeOf(order({ ...given, wish: { permissions: { clientView: false } } }))).toBe('GRANT_EXCEEDS_GRANTER');
      expect(codeOf(order({ ...given, wish: { permissions: { trackTime: true } } }))).toBe('allowed');
    },
  );

  it('lets Max prolong no grant with internal costs', () => {
    const given = order({
      held: held({ clientView: true, internalCosts: true }, { expiresAt: new Date('2026-04-01T00:00:00Z') }),
      wish: { expiresAt: null },
      granter: MAX,
    });
    expect(codeOf(given)).toBe('GRANT_EXCEEDS_GRANTER');
  });

  it('never lets a client manage, whoever asks (F-007)', () => {
    const wish = { permissions: { managesProject: true } };
    expect(codeOf(order({ wish, personType: 'CLIENT' }))).toBe('CLIENT_CANNOT_MANAGE_PROJECT');
  });

  it('shows a client internal costs for a reason only, and keeps it (X-20)', () => {
    const permissions = { internalCosts: true };
    const given = (reason?: string) => order({ personType: 'CLIENT', wish: { permissions, reason } });
    expect(codeOf(given())).toBe('REASON_REQUIRED');
    expect(decideGrant(given('Open book')).terms).toMatchObject({ internalCosts: true, reason: 'Open book' });
    const carl = held({ clientView: true, internalCosts: true }, { reason: 'Open book' });
    expect(codeOf(order({ personType: 'CLIENT', held: carl, wish: { reason: null } }))).toBe('REASON_REQUIRED');
    expect(codeOf(order({ personType: 'CLIENT', held: carl, wish: { permissions: { trackTime: true } } }))).toBe(
      'allowed',
    );
  });

  it('takes an old reason for no new disclosure', () => {
    const earlier = held({ clientView: true }, { reason: 'For the audit of 2024' });
    const given = order({ personType: 'CLIENT', held: earlier, wish: { permissions: { internalCosts: true } } });
    expect(codeOf(given)).toBe('REASON_REQUIRED');
  });
});

describe('the time of a grant', () => {
  it.each([
    [{ expiresAt: NOW }, 'BAD_USER_INPUT'],
    [{ expiresAt: new Date(NOW.getTime() + 1) }, 'allowed'],
    [{ startsAt: new Date('2026-05-01T00:00:00Z'), expiresAt: new Date('2026-05-01T00:00:00Z') }, 'BAD_USER_INPUT'],
    [{ startsAt: new Date('2026-01-01T00:00:00Z') }, 'allowed'],
  ])('is %j: %s', (wish, code) => {
    expect(codeOf(order({ wish }))).toBe(code);
  });
});

const flag = fc.option(fc.boolean(), { nil: undefined });
const permissions = fc.record({ trackTime: flag, clientView: flag, internalCosts: flag, managesProject: flag });
const anyFlags = fc
  .record({
    trackTime: fc.boolean(),
    clientView: fc.boolean(),
    internalCosts: fc.boolean(),
    managesProject: fc.boolean(),
  })
  .map((flags) => ({ ...flags, clientView: flags.clientView || flags.internalCosts || flags.managesProject }));
const moment = fc.option(fc.date({ min: new Date('2026-03-17'), max: new Date('2027-01-01'), noInvalidDate: true }), {
  nil: null,
});
const anyHeld = fc.option(
  fc.tuple(anyFlags, moment).map(([flags, expiresAt]) => held(flags, { expiresAt, reason: 'Kept' })),
  { nil: null },
);
const anyWish = fc.record(
  { permissions, expiresAt: moment, startsAt: moment, reason: fc.constantFrom(null, 'Because') },
  { requiredKeys: [] },
);
const anyType = fc.constantFrom<PersonType>('EMPLOYEE', 'CONTRACTOR', 'CLIENT');
/** No client holds what the database would refuse them. */
const anyOrder = fc
  .record({ wish: anyWish, held: anyHeld, personType: anyType, granter: fc.constantFrom(ADA, MAX) })
  .map((given) => order(given))
  .filter(({ held: earlier, personType }) => !(personType === 'CLIENT' && earlier?.managesProject));

describe('whatever is asked of whom', () => {
  it('implied permissions hold and clients never manage, or it is refused', () => {
    fc.assert(
      fc.property(anyOrder, (given) => {
        const answer = outcome(given);
        if (typeof answer === 'string') return true;
        const { terms } = answer;
        const isWhole = terms.clientView || !(terms.internalCosts || terms.managesProject);
        const fitsClient =
          given.personType !== 'CLIENT' || (!terms.managesProject && (!terms.internalCosts || terms.reason));
        return isWhole && Boolean(fitsClient);
      }),
    );
  });

  it('what was asked for is what comes, and what changed besides is told', () => {
    fc.assert(
      fc.property(anyOrder, (given) => {
        const answer = outcome(given);
        if (typeof answer === 'string') return true;
        const asked = given.wish.permissions ?? {};
        const start = given.held ?? decideGrant(order({ personType: given.personType })).terms;
        return PERMISSION_KEYS.every((key) => {
          if (asked[key] !== undefined) return answer.terms[key] === asked[key];
          return answer.terms[key] === start[key] || answer.implied.includes(key);
        });
      }),
    );
  });

  it('Max moves nothing of internal costs and of managing', () => {
    fc.assert(
      fc.property(anyOrder, (given) => {
        const answer = outcome({ ...given, granter: MAX });
        if (typeof answer === 'string') return true;
        const before = given.held ?? held({});
        const { terms } = answer;
        const isSame = before.internalCosts === terms.internalCosts && before.managesProject === terms.managesProject;
        const isStrong = terms.internalCosts || terms.managesProject;
        return isSame && (!isStrong || before.expiresAt?.getTime() === terms.expiresAt?.getTime());
      }),
    );
  });

  it('asking the same again changes nothing', () => {
    fc.assert(
      fc.property(anyOrder, (given) => {
        const first = outcome(given);
        if (typeof first === 'string') return true;
        const again = outcome({ ...given, held: first.terms });
        return typeof again !== 'string' && JSON.stringify(again.terms) === JSON.stringify(first.terms);
      }),
    );
  });
});
