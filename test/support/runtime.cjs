const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join, sep } = require('node:path');
const { default: Runtime } = require('jest-runtime');

/** What is tested, and what it is made of. */
const SHARED = [join(__dirname, '../../src/'), join(__dirname, '../../migrations/'), `${sep}node_modules${sep}`];

/**
 * Loads the server and its libraries once in a process and not once for each test file; the tests and their support
 * are loaded anew. A file that mocks a module asks for modules of its own: `@jest-environment ./test/support/sandbox.cjs`.
 */
module.exports = class SharingRuntime extends Runtime {
  constructor(config, environment, resolver, transformer, ...rest) {
    super(config, environment, resolver, transformer, ...rest);
    this.shares = environment.sharesModules === true;
    current = { transformer, sourceMaps: this.getSourceMaps() };
    for (const [file, map] of sourceMaps) current.sourceMaps.set(file, map);
  }

  requireModule(from, name, options, isActual) {
    const shared = this.shares && !options?.isInternalModule && !isActual ? sharedModule(from, name) : undefined;
    return shared === undefined ? super.requireModule(from, name, options, isActual) : require(shared);
  }
};

let current;
const sourceMaps = new Map();

/** As jest would compile it: from its cache, and so that an error tells lines of ours. */
require.extensions['.ts'] = (module, file) => {
  const { code, sourceMapPath } = current.transformer.transform(file, {}, readFileSync(file, 'utf8'));
  sourceMaps.set(file, sourceMapPath);
  current.sourceMaps.set(file, sourceMapPath);
  module._compile(code, file);
};

const resolvers = new Map();

/** The file that is meant, if it is one that all share. */
function sharedModule(from, name) {
  const file = name === undefined ? from : resolve(from, name);
  return file !== undefined && SHARED.some((part) => file.includes(part)) ? file : undefined;
}

function resolve(from, name) {
  if (!resolvers.has(from)) resolvers.set(from, createRequire(from).resolve);
  try {
    return resolvers.get(from)(name);
  } catch {
    return undefined;
  }
}
