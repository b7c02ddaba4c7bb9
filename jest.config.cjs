const onPostgres = Boolean(process.env.TEST_DATABASE_URL);
if (!onPostgres)
  process.stderr.write('The races (test/races) need PostgreSQL: set TEST_DATABASE_URL to run them too.\n');

/** The whole suite runs on the embedded database, or on PostgreSQL when TEST_DATABASE_URL is set. */
module.exports = {
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // The embedded database has one connection: nothing can race there.
  testPathIgnorePatterns: onPostgres ? [] : ['<rootDir>/test/races/'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/support/global-setup.cjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.cjs',
  testTimeout: 30_000,
  maxWorkers: 2,
};
