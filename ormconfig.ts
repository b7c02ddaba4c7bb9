import 'reflect-metadata';
import type { DataSourceOptions } from 'typeorm';
import { migrations } from './migrations';
import { entities } from './src/entities';
import { SnakeCaseNames } from './src/platform/database';

/** What every DataSource of this product shares; `open-database.ts` adds where the database is. Never synchronize. */
export const dataSourceOptions = {
  type: 'postgres',
  entities,
  migrations,
  migrationsTransactionMode: 'all',
  namingStrategy: new SnakeCaseNames(),
  installExtensions: false,
  synchronize: false,
  logging: false,
} satisfies DataSourceOptions;
