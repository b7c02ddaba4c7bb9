import { Random } from './asking/random';
import { isKey, type Said } from './asking/told';
import { ADMIN, type Answers, type Asked, DIFFERENT, isChange, Pair, type PairOptions, SHOWN, wrongWith } from './pair';
import type { Question } from './running-worlds';
import { alone, shrunk } from './shrink';

export interface Comparison extends Omit<PairOptions, 'random'> {
  seed: number;
  queries: number;
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
  const random = new Random(comparison.seed);
  const pair = await Pair.of({ ...comparison, random });
  const findings: Findings = { leaks: [], asked: 0, accepted: 0, told: 0 };
  while (findings.asked < comparison.queries && findings.leaks.length < comparison.enough) {
    const { asked, answers, why } = await askOnce(pair, random);
    findings.asked++;
    if (answers.isAccepted) findings.accepted++;
    if (answers.isTold) findings.told++;
    if (!why) continue;
    const small = await smallest(pair, asked, why);
    const { persona, seed } = comparison;
    findings.leaks.push({ persona: persona.name, seed, number: findings.asked, why, question: asked, ...small });
  }
  return findings;
}

/** The number of the query that first tells the worlds apart; null when none of so many does. */
export async function firstLeak(pair: Pair, random: Random, most: number): Promise<number | null> {
  for (let number = 1; number <= most; number++) {
    const { why } = await askOnce(pair, random);
    if (why === DIFFERENT || why === SHOWN) return number;
  }
  return null;
}

async function askOnce(pair: Pair, random: Random) {
  const question = pair.writer.next();
  const asked: Asked = { ...question, beside: !isChange(question) && random.percent(20) ? ADMIN : null };
  const answers = await pair.ask(asked);
  const why = wrongWith(asked, answers);
  const isNothing = why === DIFFERENT && (await isChance(pair, asked, answers));
  return { asked, answers, why: isNothing ? null : why };
}

/**
 * Where several fields fail at once, the first may take the others with it, and which is the first is chance. Nothing
 * is told if all else is the same and each of these fields, asked for alone, fails alike in both worlds.
 */
async function isChance(pair: Pair, asked: Asked, { inA, inB }: Answers): Promise<boolean> {
  const [a, b] = [inA, inB].map((said) => JSON.parse(said.slice(said.indexOf('{'))) as Said);
  if (withoutErrors(inA, a) !== withoutErrors(inB, b)) return false;
  const paths = [a, b].flatMap(({ errors = [] }) => errors.map(({ path = [] }) => path.filter(isKey)));
  for (const path of paths) {
    const answers = path.length > 0 && (await pair.askAgain({ ...alone(asked, path), beside: null }));
    if (!answers || answers.inA !== answers.inB) return false;
  }
  return true;
}

const withoutErrors = (answer: string, said: Said): string =>
  answer.slice(0, answer.indexOf('{')) + JSON.stringify({ ...said, errors: [] });

async function smallest(pair: Pair, asked: Asked, why: string): Promise<{ small: Question; answers: Answers }> {
  let answers = await pair.askAgain(asked);
  const small = await shrunk(asked, async (candidate) => {
    const tried = await pair.askAgain({ ...candidate, beside: asked.beside });
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
