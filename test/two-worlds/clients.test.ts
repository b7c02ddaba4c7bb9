import { giveTheSameAnswersTo } from './same-answers';

// With strangers.test.ts: more than 2,000 questions of people from outside.
describe('two worlds that differ only in what a client may not see', () => {
  giveTheSameAnswersTo({ clara: 200, carl: 200, tess: 200, vera: 200, bo: 200, max: 100 });
});
