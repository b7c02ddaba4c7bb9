const { TestEnvironment } = require('jest-environment-node');

/** jest's sandbox has no `import()`; PGlite needs it, so the tests borrow the host's. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.__hostImport = (name) => import(name);
  }
};
