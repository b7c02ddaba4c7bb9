import { validate } from 'graphql';
import { gate } from '../../src/api/limits';
import { bareSchema } from '../../src/api/schema';
import { OPERATIONS } from '../support/operations';

const schema = bareSchema();

describe('the operations that front ends use', () => {
  it.each([...OPERATIONS])('%s is valid and within the limits', (_name, document) => {
    expect(validate(schema, document)).toEqual([]);
    expect(() => gate({ schema, document, variables: { first: 100 } })).not.toThrow();
  });
});
