const { spawnSync } = require('node:child_process');

const onPostgres = Boolean(process.env.TEST_DATABASE_URL);
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const leftOut = [];

// graphql-js checks in development what it trusts in production, and that takes longer than all the rest of a query.
process.env.NODE_ENV = 'production';

// The embedded database has one connection and one process: nothing can race there, and nobody stands beside it.
if (!onPostgres) {
  leftOut.push('<rootDir>/test/races/', '<rootDir>/test/events/crashes.test', '<rootDir>/test/events/redis.test');
  leftOut.push('<rootDir>/test/api/database-away');
  say(
    'The races (test/races), the crashes, what Redis does between processes (test/events) what a long history costs and a database that goes away (test/api), and servers side by side (test/stories) need PostgreSQL: set TEST_DATABASE_URL',
  );
  // It is the settings of a server's session that are proven.
  leftOut.push('<rootDir>/test/api/flat-costs');
  // They prove that the comparison of the two worlds finds leaks, which is the same on either database; once is enough.
  leftOut.push('<rootDir>/test/two-worlds/.*planted', '<rootDir>/test/two-worlds/same-questions');
  leftOut.push('<rootDir>/test/stories/side-by-side');
  // Questions are compared on both; what is told on streams comes from the same answers, and takes minutes here.
  leftOut.push('<rootDir>/test/two-worlds/streams', '<rootDir>/test/two-worlds/shared-answers');
  say(
    'Streams of the two worlds and the leaks planted in them (test/two-worlds) are tried on PostgreSQL: set TEST_DATABASE_URL',
  );
} else {
  // It starts servers on the embedded database whatever is set.
  leftOut.push('<rootDir>/test/stories/start-and-stop');
}
if (onPostgres && !hasRedis) {
  leftOut.push('<rootDir>/test/events/redis.test');
  leftOut.push('<rootDir>/test/api/database-away');
  say('The tests with Redis (test/events/redis.test.ts) need the program redis-server: install it');
}

function say(what) {
  process.stderr.write(`${what} to run them too.\n`);
}

/** The whole suite runs on the embedded database, or on PostgreSQL when TEST_DATABASE_URL is set. */
module.exports = {
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  runtime: '<rootDir>/test/support/runtime.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: leftOut,
  transform: { '^.+\\.ts$': '@swc/jest' },
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/support/global-setup.cjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.cjs',
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/support/slowest-first.cjs',
  maxWorkers: 2,
};
