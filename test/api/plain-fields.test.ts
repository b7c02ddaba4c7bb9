import { isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { bareSchema } from '../../src/api/schema';

/** A wrapper around a field that is only read costs a promise for every cell of every answer. */
it('a field that no resolver of ours answers is read as it is: type-graphql has put nothing around it', () => {
  const schema = bareSchema();
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  const nameOf = new Map(objectTypes.map(({ target, name }) => [target, name]));
  const answered = new Set(
    fieldResolvers.map(({ getObjectType, schemaName }) => `${nameOf.get(getObjectType!())}.${schemaName}`),
  );
  const operations = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const fields = types
    .filter((type) => !type.name.startsWith('__') && !operations.includes(type))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })));
  const wrapped = fields.filter(({ field, name }) => field.resolve && !answered.has(name)).map(({ name }) => name);
  expect(fields.length).toBeGreaterThan(400);
  expect(wrapped).toEqual([]);
});
