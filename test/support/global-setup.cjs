require('./swc-hook.cjs');
const { generate } = require('../../scripts/codegen.cjs');
const { prepareTemplate } = require('./template.ts');

/** Once per run: the types of the operations, and a migrated database that every test file clones. */
module.exports = async () => {
  generate();
  Object.assign(process.env, await prepareTemplate());
};
