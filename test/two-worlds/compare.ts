import type { Coverage } from './asking/coverage';
import { Random } from './asking/random';
import { ADMIN, type Answers, type Asked, isChange, Pair, wrongWith } from './pair';
import type { Persona } from './personas';
import type { Question, RunningWorld } from './running-world';
import { shrunk } from './shrink';

export interface Comparison {
  a: RunningWorld;
  b: RunningWorld;
  persona: Persona;
  coverage: Coverage;
  seed: number;
  queries: number;
  /** In percent of the queries. */
  mutations: number;
  /** After so many leaks it is enough. */
  enough: number;
}

/** A query that tells the two worlds apart, shows what is hidden, or makes the server fail. */
export interface Leak {
  persona: string;
  seed: number;
  /** The how manieth query it was. */
  number: number;
  why: string;
  question: Question;
  small: Question;
  answers: Answers;
}

export interface Findings {
  leaks: Leak[];
  asked: number;
  accepted: number;
  told: number;
}

/** Asks both worlds the same, again and again. */
export async function compare(comparison: Comparison): Promise<Findings> {
  const { seed, persona, queries, enough } = comparison;
  const random = new Random(seed);
  const pair = await Pair.of({ ...comparison, random });
  const findings: Findings = { leaks: [], asked: 0, accepted: 0, told: 0 };
  while (findings.asked < queries && findings.leaks.length < enough) {
    const question = pair.writer.next();
    const asked = { ...question, beside: !isChange(question) && random.percent(20) ? ADMIN : null };
    const answers = await pair.ask(asked);
    findings.asked++;
    if (answers.isAccepted) findings.accepted++;
    if (answers.isTold) findings.told++;
    const why = wrongWith(asked, answers);
    if (!why || (why === DIFFERENT && !(await isStable(pair, asked, answers)))) continue;
    const small = await smallest(pair, asked, why);
    findings.leaks.push({ persona: persona.name, seed, number: findings.asked, why, question, ...small });
  }
  return findings;
}

const DIFFERENT = 'the worlds answer differently';

/** Of several errors at once any may come first: where one world can answer as the other did, nothing is told. */
async function isStable(pair: Pair, question: Asked, first: Answers): Promise<boolean> {
  const inA = new Set([first.inA]);
  const inB = new Set([first.inB]);
  for (let i = 0; i < 3; i++) {
    const again = await pair.ask(question);
    inA.add(again.inA);
    inB.add(again.inB);
  }
  return [...inA].every((answer) => !inB.has(answer));
}

async function smallest(pair: Pair, asked: Asked, why: string): Promise<{ small: Question; answers: Answers }> {
  let answers = await pair.ask(asked);
  const small = await shrunk(asked, async (candidate) => {
    const tried = await pair.ask({ ...candidate, beside: asked.beside });
    if (wrongWith(candidate, tried) !== why) return false;
    answers = tried;
    return true;
  });
  return { small, answers };
}

/** For people: who, what, and where the two answers part. */
export function inWords({ persona, seed, number, why, small, question, answers }: Leak): string {
  const { inA, inB, failures } = answers;
  let at = 0;
  while (at < inA.length && inA[at] === inB[at]) at++;
  const part = (text: string) => text.slice(Math.max(0, at - 150), at + 250);
  return [
    `${persona}, seed ${seed}, query ${number}: ${why}.`,
    small.query,
    `variables ${JSON.stringify(small.variables)}`,
    `A … ${part(inA)}`,
    `B … ${part(inB)}`,
    ...failures.map((failure) => (failure instanceof Error ? failure.stack : JSON.stringify(failure))),
    `(found with ${question.query.replaceAll('\n', ' ')} ${JSON.stringify(question.variables)})`,
  ].join('\n');
}
