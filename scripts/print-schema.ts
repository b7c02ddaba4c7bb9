import { lexicographicSortSchema, printSchema } from 'graphql';
import { bareSchema } from '../src/api/schema';
import { writeOrCheck } from './generated-file';

/** Prints the schema of the code to the file that clients and generators read. */
writeOrCheck('schema/schema.graphql', `${printSchema(lexicographicSortSchema(bareSchema()))}\n`, 'npm run schema');
