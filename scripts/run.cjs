const path = require('node:path');
require('../test/support/swc-hook.cjs');

/** Runs one of our TypeScript files as a program: `node scripts/run.cjs scripts/print-schema.ts`. */
require(path.resolve(process.argv[2]));
