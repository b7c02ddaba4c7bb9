/**
 * Portico as it ships, without its access layer: no rule stands in front of a field, and who calls is read once and
 * kept. Each caller's rows and sums stay the same, so the answers do too; what is gone is what access costs a request.
 */
const path = require('node:path');

const dist = (file) => require(path.join(__dirname, '../../../dist/src', file));

replace('api/schema', 'servedSchema', ({ bareSchema }) => bareSchema);
replace('domains/auth/sessions.repository', 'touchSession', () => async () => undefined);
const { KeptAccess } = dist('access/kept-access');
const { of } = KeptAccess.prototype;
const known = new Map();
KeptAccess.prototype.of = function (token) {
  if (!known.has(token)) known.set(token, of.call(this, token));
  return known.get(token);
};
require('../../../dist/src/main.js');

/** What Portico calls by this name from now on. */
function replace(file, name, by) {
  const module = dist(file);
  if (typeof module[name] !== 'function')
    throw new Error(`${file} has no ${name} any more: bench/queries/servers/bare.cjs`);
  module[name] = by({ ...module });
}
