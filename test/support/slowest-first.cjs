const { default: Sequencer } = require('@jest/test-sequencer');

/** On a clean checkout nothing is known of how long a test takes: these would begin late and be waited for alone. */
const SLOW = [
  /two-worlds/,
  /who-sees-what/,
  /slow-readers/,
  /start-and-stop/,
  /throttle-invitations/,
  /leak-channels\.test/,
];

module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (SLOW.some((slow) => slow.test(path)) ? 0 : 1);
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
