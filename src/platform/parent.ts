import { createParameterDecorator } from 'type-graphql';

/** The thing that a field is asked of. type-graphql's own `Root` would copy it into a new object for every field. */
export const Parent = (): ParameterDecorator => createParameterDecorator(({ root }) => root) as ParameterDecorator;
