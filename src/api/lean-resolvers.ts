import {
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isAbstractType,
  isObjectType,
} from 'graphql';
import { type ClassType, getMetadataStorage } from 'type-graphql';
import { parentOf } from '../platform/parent';

type Resolve = GraphQLFieldResolver<unknown, unknown>;
type Read = (...asked: Parameters<Resolve>) => unknown;
type Param = NonNullable<ReturnType<typeof getMetadataStorage>['fieldResolvers'][number]['params']>[number];
type Resolver = Record<string, (...values: unknown[]) => unknown>;

/**
 * Has the fields of things call their resolvers directly. type-graphql looks up the resolver's class, sorts its parameters
 * and wraps their values at every call, which took half the time of a long list. What has arguments stays as it is.
 */
export function leanResolvers(schema: GraphQLSchema): void {
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  const nameOf = new Map(objectTypes.map(({ target, name }) => [target, name]));
  const instances = new Map<unknown, Resolver>();
  for (const { getObjectType, schemaName, target, methodName, params = [], kind } of fieldResolvers) {
    const type = kind === 'external' && schema.getType(nameOf.get(getObjectType!() as ClassType) ?? '');
    const field = isObjectType(type) ? type.getFields()[schemaName] : undefined;
    const reads = [...params].sort((one, other) => one.index - other.index).map(readOf);
    if (!field || !reads.every((read) => read !== undefined)) continue;
    const resolver = instances.get(target) ?? (new (target as ClassType)() as Resolver);
    instances.set(target, resolver);
    field.resolve = callerOf(resolver, methodName, reads);
  }
  nameTypesAtOnce(schema);
}

/** type-graphql makes a promise of every name of a type, for which a compiled query does not wait. */
function nameTypesAtOnce(schema: GraphQLSchema): void {
  const { interfaceTypes, unions } = getMetadataStorage();
  for (const { name, resolveType } of [...interfaceTypes, ...unions]) {
    const type = schema.getType(name);
    if (isAbstractType(type) && resolveType) type.resolveType = resolveType as GraphQLTypeResolver<unknown, unknown>;
  }
}

/** One or two parameters are what nearly all have: for those no list is made. */
function callerOf(resolver: Resolver, method: string, reads: Read[]): Resolve {
  const [first, second] = reads;
  if (reads.length === 1) return (...asked) => resolver[method](first(...asked));
  if (reads.length === 2) return (...asked) => resolver[method](first(...asked), second(...asked));
  return (...asked) => resolver[method](...reads.map((read) => read(...asked)));
}

/** Undefined: not from what a resolver is handed as it is. */
function readOf(param: Param): Read | undefined {
  if (param.kind === 'info') return (_parent, _args, _context, info) => info;
  if (param.kind === 'context' && !param.propertyName) return (_parent, _args, context) => context;
  return param.kind === 'custom' && param.resolver === parentOf ? (parent) => parent : undefined;
}
