import type { Transactional, Tx } from '../platform/database';
import { PorticoError } from '../platform/errors';
import { loadAccess } from './load-access';
import type { Permit } from './permissions';
import type { ProjectAccess, ViewerMembership } from './project-access';
import { type Caller, rereadAccess } from './reread-access';
import type { Asking } from './rules';

/** A caller who changes things. */
interface ChangingCaller extends Caller {
  db: Transactional;
}

type Guarded<R, A, I> = (resolve: R, parent: unknown, args: A, context: Asking, info: I) => unknown;

/**
 * A mutation is carried out by the permissions it was judged by. They were read when the request came in; whatever was
 * taken since is found out by every transaction of the mutation, before it does anything. Then nothing is done, and the
 * rule and the mutation begin anew with what the caller holds by now. `guarded` is the mutation behind its rule.
 */
export function asJudged<R, A, I>(guarded: Guarded<R, A, I>): Guarded<R, A, I> {
  return async (resolve, parent, args, context, info) => {
    const caller = context as ChangingCaller;
    const judged: ChangingCaller = Object.create(caller, { db: { value: judgedDatabase(caller) } });
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      // graphql-shield gives what a resolver throws as an answer.
      const answer = await guarded(resolve, parent, args, judged, info);
      if (!(answer instanceof AccessChanged)) return answer;
      await rereadAccess(caller);
    }
    return new PorticoError('CONFLICT', 'What you may do is being changed at this moment. Ask again.');
  };
}

const MOST_ATTEMPTS = 3;

class AccessChanged extends Error {}

function judgedDatabase(caller: ChangingCaller): Transactional {
  const { db } = caller;
  return {
    rows: (sql, values) => db.rows(sql, values),
    row: (sql, values) => db.row(sql, values),
    transaction: (work) =>
      db.transaction(async (tx) => {
        await refuseChangedAccess(tx, caller);
        return work(tx);
      }),
  };
}

/**
 * The caller's memberships stay locked until the end: whoever changes what somebody holds locks theirs first (grants,
 * roles, conversion, deactivation), and so comes before this reading or after the mutation.
 */
async function refuseChangedAccess(tx: Tx, { access, clock, request }: ChangingCaller): Promise<void> {
  if (!access.session) return;
  await tx.rows('select from membership where user_id = $1 order by id for no key update', [access.userId]);
  const held = new Set(factsOf(await loadAccess(tx, clock, request.token)));
  if (factsOf(access).some((fact) => !held.has(fact))) throw new AccessChanged();
}

/** All that a decision may rest on, in words that can be compared. What is held besides by now refuses nothing. */
const factsOf = ({ session, memberships, granted }: ProjectAccess): string[] => [
  JSON.stringify(session?.sessionId),
  ...memberships.map(membershipFact),
  ...granted.map(permitFact),
];

const membershipFact = (m: ViewerMembership): string =>
  JSON.stringify([
    m.personId,
    m.personType,
    m.role,
    m.businessRoles,
    m.membersSeeBillRates,
    m.invitePolicy,
    [...m.organisationIds].sort(),
  ]);

const permitFact = (permit: Permit): string => JSON.stringify(Object.entries(permit).sort());
