import { defaultFieldResolver, GraphQLError, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { type Lines, POLICY, type Policy } from '../../src/access/policy';
import { protect } from '../../src/access/rules';
import { bareSchema } from '../../src/api/schema';
import type { Context } from '../../src/context';

/** A leak put into the schema on purpose, to see whether it is found. No product code knows of it. */
export interface Plant {
  /** What leaks, and how others leaked it. */
  name: string;
  /** Who profits. */
  persona: string;
  /** Another seed than the others have, where chance would pass by with theirs. */
  seed?: number;
  schema(): GraphQLSchema;
}

export type Call = [parent: any, args: any, context: Context, info: any];

/** A resolver in the place of another, which it may ask. */
export type Instead = (next: (...call: Partial<Call>) => Promise<any>, ...call: Call) => unknown;

export interface Changes {
  /** Fields that another audience sees: `Project.internalDescription: 'base'`. */
  policy?: Record<string, keyof Lines>;
  /** Resolvers behind the guard. */
  behind?: Record<string, Instead>;
  /** Resolvers before it. `Mutation.*` stands for every one. */
  before?: Record<string, Instead>;
}

export function schemaWith({ policy = {}, behind = {}, before = {} }: Changes): GraphQLSchema {
  const bare = bareSchema();
  replace(bare, behind);
  const schema = protect(bare, changed(policy));
  replace(schema, before);
  return schema;
}

function changed(moves: Record<string, keyof Lines>): Policy {
  const policy: Policy = { ...POLICY };
  for (const [at, audience] of Object.entries(moves)) {
    const [type, field] = at.split('.');
    const lines = Object.entries(policy[type] as Lines).map(([name, fields]) => [name, without(fields, field)]);
    const rest: Lines = Object.fromEntries(lines.filter(([, fields]) => fields !== ''));
    policy[type] = { ...rest, [audience]: `${rest[audience] ?? ''} ${field}`.trim() };
  }
  return policy;
}

const without = (fields: string, field: string): string =>
  fields
    .split(/\s+/)
    .filter((word) => word !== field)
    .join(' ');

function replace(schema: GraphQLSchema, resolvers: Record<string, Instead>): void {
  for (const [at, instead] of Object.entries(resolvers)) {
    const [typeName, name] = at.split('.');
    const fields = (schema.getType(typeName) as GraphQLObjectType).getFields();
    for (const field of name === '*' ? Object.values(fields) : [fields[name]]) {
      const original = field.resolve ?? defaultFieldResolver;
      field.resolve = (...call) => {
        const next = async (...other: Partial<Call>) => {
          const answer = await original(...(call.map((value, i) => other[i] ?? value) as Call));
          // shield returns its refusals instead of throwing them.
          if (answer instanceof Error) throw answer;
          return answer;
        };
        return instead(next, ...(call as Call));
      };
    }
  }
}

export const refusal = (message: string, code: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });
