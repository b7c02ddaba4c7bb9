require('./swc-hook.cjs');
const { prepareTemplate } = require('./template.ts');

/** Once per run: a migrated database that every test file clones. */
module.exports = async () => {
  Object.assign(process.env, await prepareTemplate());
};
