import { GraphQLError, type GraphQLFieldResolver, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { applyMiddleware } from 'graphql-middleware';
import { deny, rule, shield } from 'graphql-shield';
import { forbidden, notFound, unauthenticated } from '../platform/errors';
import { ID_PREFIXES, prefixOf } from '../platform/ids';
import { asJudged } from './as-judged';
import { auditPolicy, type PolicyLine, policyLines } from './audit';
import type { AudienceName } from './permissions';
import type { Policy } from './policy';
import type { ProjectAccess } from './project-access';
import { missingOn, type Subject } from './subjects';
import type { Withheld } from './withheld';

/** What the rules need of the request. They decide without asking the database, but for the subject of a mutation. */
export interface Asking {
  access: ProjectAccess;
  withheld: Withheld;
  /** The thing with this id as the caller may see it, or null: the same answer that `node(id)` gives. */
  node(id: string): Promise<Subject | null>;
  /** Whether the project would name this person to the caller if they were on it. */
  isShownOn(projectId: string, personId: string): Promise<boolean>;
}

/**
 * Puts the policy page in front of the schema by graphql-shield. Only fields where a rule can say no are wrapped:
 * shield would put two promises around every other field as well. That removes shield's own fallback,
 * so exhaustiveness is the audit's duty, and a schema that fails it is never served.
 */
export function protect(schema: GraphQLSchema, policy: Policy): GraphQLSchema {
  auditPolicy(schema, policy);
  const lines = policyLines(policy);
  const guarded = lines.filter((line) => line.audience !== 'base' && line.audience !== 'anyone');
  const tree = byTypeAndField(guarded, ruleFor);
  const generated = generate(schema, tree);
  const map = byTypeAndField(guarded, (line) => withFastPath(line, generated[line.type][line.field]));
  const protectedSchema = applyMiddleware(schema, map);
  guardSubscribe(protectedSchema, map);
  return protectedSchema;
}

type Middleware = (resolve: GraphQLFieldResolver<unknown, Asking>, ...rest: RuleArguments) => unknown;
type Middlewares = Record<string, Record<string, Middleware>>;
type RuleArguments = [parent: unknown, args: Arguments, context: Asking, info: GraphQLResolveInfo];
interface Arguments {
  input?: Record<string, unknown>;
}

const OPERATIONS = new Set(['Query', 'Mutation', 'Subscription']);

function byTypeAndField<T>(lines: PolicyLine[], make: (line: PolicyLine) => T): Record<string, Record<string, T>> {
  const out: Record<string, Record<string, T>> = {};
  for (const line of lines) out[line.type] = { ...out[line.type], [line.field]: make(line) };
  return out;
}

function generate(schema: GraphQLSchema, tree: object): Middlewares {
  const generator = shield(tree as never, {
    fallbackRule: deny,
    allowExternalErrors: true,
    fallbackError: withhold as never,
  });
  return generator.generate(schema) as unknown as Middlewares;
}

/** Refused fields of things are null and told in `extensions.withheld`; never an error, never one per row. */
function withhold(cause: Error | null, _parent: unknown, _args: unknown, _context: unknown, info: GraphQLResolveInfo) {
  if (cause instanceof GraphQLError) return cause;
  if (OPERATIONS.has(info.parentType.name) || cause) return cause ?? unauthenticated();
  return null;
}

function ruleFor(line: PolicyLine) {
  const name = `${line.type}_${line.field}`;
  if (OPERATIONS.has(line.type)) {
    return rule(name, { cache: 'no_cache' })((_parent, args, context: Asking) => mayOperate(line, args, context));
  }
  return rule(name, { cache: 'no_cache' })((parent, _args, context: Asking, info) => {
    const missing = missingOn(context.access, line.audience as AudienceName, parent as Subject);
    if (missing.length === 0) return true;
    context.withheld.add(info, missing);
    return false;
  });
}

/**
 * A field without a promise: the permit lies ready on the context. Shield is asked where something is refused, once for
 * each field of the query; of the next rows of the same list it would say the same.
 */
function withFastPath(line: PolicyLine, slow: Middleware): Middleware {
  if (line.type === 'Mutation') return asJudged(slow);
  if (OPERATIONS.has(line.type)) return slow;
  const audience = line.audience as AudienceName;
  return (resolve, parent, args, context, info) => {
    const missing = missingOn(context.access, audience, parent as Subject);
    if (missing.length === 0) return resolve(parent, args, context, info);
    return context.withheld.knows(info, missing) ? null : slow(resolve, parent, args, context, info);
  };
}

async function mayOperate(line: PolicyLine, args: Arguments, { access, node }: Asking): Promise<true | Error> {
  if (!access.session) return unauthenticated();
  if (line.audience === 'signedIn') return true;
  const id = args.input?.[line.subject!];
  const field = line.subject;
  if (typeof id !== 'string' || prefixOf(id) !== prefixOfKey(line.subject!)) return notFound(field);
  const subject = await node(id);
  if (!subject) return notFound(field);
  const missing = missingOn(access, line.audience as AudienceName, subject);
  return missing.length === 0 ? true : forbidden(missing);
}

/** `taskId` names a Task: an id of another kind is as unknown as any. */
function prefixOfKey(key: string): string {
  const kind = key[0].toUpperCase() + key.slice(1, -2);
  const prefix = (ID_PREFIXES as Record<string, string>)[kind];
  if (!prefix) throw new Error(`${key} names no kind of thing that has an id.`);
  return prefix;
}

/** graphql-middleware leaves `subscribe` alone when there is a `resolve`: a refused caller's stream would open. */
function guardSubscribe(schema: GraphQLSchema, map: Middlewares): void {
  for (const [name, field] of Object.entries(schema.getSubscriptionType()?.getFields() ?? {})) {
    const middleware = map.Subscription?.[name];
    const subscribe = field.subscribe;
    if (!middleware || !subscribe) continue;
    field.subscribe = async (parent, args, context, info) => {
      const answer = await middleware(subscribe as never, parent, args, context, info);
      if (answer instanceof Error) throw answer;
      return answer;
    };
  }
}
