const { TestEnvironment } = require('jest-environment-node');

/** What libraries keep of our classes on the global object. */
const KEPT_BY_LIBRARIES = ['TypeGraphQLMetadataStorage', 'typeormMetadataArgsStorage'];

/**
 * A sandbox, for files that mock a module. jest hands it whatever stands on the global object of the process, where other
 * files have put their libraries' memory: with that, the classes of the sandbox would be known to the files that follow,
 * and answer them.
 */
module.exports = class Sandbox extends TestEnvironment {
  constructor(...given) {
    super(...given);
    for (const name of KEPT_BY_LIBRARIES) delete this.global[name];
  }
};
