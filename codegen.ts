import type { CodegenConfig } from '@graphql-codegen/cli';

/** Documents and types of our operations for test/api/typed-operations.test.ts. Front ends generate theirs the same way. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'schema/operations/*.graphql',
  generates: {
    'test/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: {
          CurrencyCode: 'string',
          Date: 'string',
          DateTime: 'string',
          Cursor: 'string',
          Decimal: 'string',
          SafeInt: 'number',
        },
        strictScalars: true,
        defaultScalarType: 'unknown',
      },
    },
  },
};

export default config;
