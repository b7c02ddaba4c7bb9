import type { Coverage } from './asking/coverage';
import { Pools } from './asking/pools';
import { QueryWriter } from './asking/query-writer';
import type { Random } from './asking/random';
import { Told } from './asking/told';
import type { Persona } from './personas';
import { askerOf, type Question, type RunningWorld } from './running-world';
import { CANARY } from './world/book';

/** Two worlds, and the one pair of eyes for which they are the same. */
export interface PairOptions {
  a: RunningWorld;
  b: RunningWorld;
  persona: Persona;
  coverage: Coverage;
  random: Random;
  /** In percent of the queries. */
  mutations: number;
}

export interface Asked extends Question {
  /** Somebody who is asked for the same in world B just before: nothing of theirs may stay. */
  beside: string | null;
}

/** What both worlds say, status and body, as over the wire. */
export interface Answers {
  inA: string;
  inB: string;
  /** A mutation was not refused; both worlds have been put back since. */
  isAccepted: boolean;
  /** There is something in it. */
  isTold: boolean;
  /** What the servers failed of, whoever asked. */
  failures: unknown[];
}

export const ADMIN = 'ada';

export const isChange = ({ query }: Question): boolean => query.startsWith('mutation');

export class Pair {
  readonly writer: QueryWriter;
  readonly told: Told;
  private readonly pools: Pools;
  private readonly asker: string | null;

  private constructor(
    private readonly options: PairOptions,
    pools: Pools,
  ) {
    const { random, coverage, mutations, persona } = options;
    this.pools = pools;
    this.asker = askerOf(persona);
    this.told = new Told(coverage.schema);
    this.writer = new QueryWriter({ random, pools, coverage, told: this.told, mutations });
  }

  static async of(options: PairOptions): Promise<Pair> {
    const pair = new Pair(options, new Pools(await restart(options)));
    await pair.findVisible();
    await pair.harvestCursors();
    return pair;
  }

  /** The same worlds, asked anew: perhaps under another schema. */
  again(options: PairOptions): Pair {
    return new Pair(options, this.pools.copy());
  }

  async ask(question: Asked): Promise<Answers> {
    const { a, b } = this.options;
    const inB = async () => {
      if (question.beside) await b.ask(question.beside, question);
      return b.ask(this.asker, question);
    };
    const [answerA, answerB] = await Promise.all([a.ask(this.asker, question), inB()]);
    const isAccepted = isChange(question) && [answerA, answerB].some(({ body }) => wasDone(body));
    if (isAccepted) await restart(this.options);
    this.learn(answerA.body);
    if (!question.query.startsWith('mutation')) this.told.learn(question.query, dataOf(answerA.body));
    return {
      inA: this.masked(`${answerA.status} ${answerA.body}`, isAccepted),
      inB: this.masked(`${answerB.status} ${answerB.body}`, isAccepted),
      isAccepted,
      isTold: /:("|\d|true|false)/.test(answerA.body.split('"extensions"')[0]),
      failures: [...a.failures.splice(0), ...b.failures.splice(0)],
    };
  }

  /** Ids and slugs that the server makes are chance, in both worlds. */
  private masked(body: string, isAccepted: boolean): string {
    if (!isAccepted) return body;
    const text = body.replace(ID, (id) => (this.pools.isKnown(id) ? id : `${id.slice(0, 3)}_new`));
    return text.replace(/("[a-z0-9-]*-)[a-z0-9]{6}"/g, '$1new"');
  }

  private learn(body: string): void {
    for (const [id] of body.matchAll(ID)) this.pools.isVisible(id);
    this.pools.harvest(body);
  }

  private async findVisible(): Promise<void> {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const all = [...this.pools.knownIds];
    for (let at = 0; at < all.length; at += 100) {
      const ids = all.slice(at, at + 100);
      this.learn((await this.options.a.ask(this.asker, { query, variables: { ids } })).body);
    }
  }

  /** Cursors of an admin, who is given them for everything: of a list, the place of what is hidden in it. */
  private async harvestCursors(): Promise<void> {
    const { a, b, coverage } = this.options;
    const items = [...coverage.places.keys()].filter((item) => item.endsWith('Edge.cursor'));
    for (const item of [...items, ...items]) {
      const question = this.writer.about(item);
      if (isChange(question)) continue;
      const answers = await Promise.all([a.ask(ADMIN, question), b.ask(ADMIN, question)]);
      for (const { body } of answers) this.pools.harvest(body);
    }
  }
}

/** Why these answers are wrong; null when they are as they should be. */
export function wrongWith(question: Question, { inA, inB, failures }: Answers): string | null {
  if (failures.length > 0) return 'the server failed';
  if (inA !== inB) return 'the worlds answer differently';
  const isEcho = JSON.stringify(question).includes(CANARY);
  return !isEcho && inA.includes(CANARY) ? 'a hidden text is shown' : null;
}

const ID = /\b[a-z]{3}_[1-9A-HJ-NP-Za-km-z]{22}\b/g;

const dataOf = (body: string): unknown => (JSON.parse(body) as { data?: unknown }).data;

/** A mutation that is refused says so at its own place; errors further in come after it was done. */
function wasDone(body: string): boolean {
  const { errors = [] } = JSON.parse(body) as { errors?: { path?: unknown[] }[] };
  return errors.every(({ path }) => path !== undefined && path.length > 1);
}

const restart = ({ a, b, persona }: PairOptions) => Promise.all([a.becomeFor(persona), b.becomeFor(persona)]);
