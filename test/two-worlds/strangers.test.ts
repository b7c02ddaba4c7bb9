import { giveTheSameAnswersTo } from './same-answers';

// With clients.test.ts: more than 2,000 questions of people from outside.
describe('two worlds that differ only in what somebody may not see who is not, or no longer, on the projects', () => {
  giveTheSameAnswersTo({ eve: 180, rolf: 170, xena: 170, dana: 170, nobody: 170, ivan: 170, wim: 100 });
});
