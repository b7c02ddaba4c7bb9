import { createParameterDecorator, type ResolverData } from 'type-graphql';

export const parentOf = ({ root }: ResolverData): unknown => root;

/** The thing that a field is asked of. type-graphql's own `Root` would copy it into a new object for every field. */
export const Parent = (): ParameterDecorator => createParameterDecorator(parentOf) as ParameterDecorator;
