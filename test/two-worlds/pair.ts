import type { GraphQLSchema } from 'graphql';
import { Coverage } from './asking/coverage';
import { Cursors } from './asking/cursors';
import { ID, Pools } from './asking/pools';
import { QueryWriter } from './asking/query-writer';
import { Random } from './asking/random';
import { type Said, Told } from './asking/told';
import { type Persona, userOf } from './personas';
import type { Question, RunningWorlds } from './running-worlds';
import { CANARY } from './world/book';

/** Two worlds, and the one pair of eyes for which they are the same. */
export interface PairOptions {
  worlds: RunningWorlds;
  persona: Persona;
  coverage: Coverage;
  random: Random;
  /** In percent of the queries. */
  mutations: number;
  cursors: Cursors;
}

export interface Asked extends Question {
  /** Somebody who is asked for the same in world B just before: nothing of theirs may stay. */
  beside: string | null;
}

/** What both worlds say, status and body, as over the wire. */
export interface Answers {
  inA: string;
  inB: string;
  /** The body of A, with all that is chance in it. */
  said: string;
  /** A mutation was not refused; both worlds have been put back since. */
  isAccepted: boolean;
  /** There is something in it. */
  isTold: boolean;
  /** What the servers failed of, whoever asked. */
  failures: unknown[];
}

export const ADMIN = 'ada';

/** The place in the stream of events is sealed by chance; the cursor of a list can be read, as the list it is. */
const SEALED = /"([\w-]{38,})"/g;
const isRead = (cursor: string): boolean => /^\[".*\]$/.test(Buffer.from(cursor, 'base64url').toString());
const CURSOR = /"(Wy[\w-]+)"/g;

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
    this.asker = persona.members[0] ? userOf(persona.members[0]) : null;
    this.told = new Told(coverage.schema);
    this.writer = new QueryWriter({ random, pools, coverage, told: this.told, mutations });
  }

  static async of(options: PairOptions): Promise<Pair> {
    const pair = new Pair(options, new Pools(await options.worlds.become(options.persona), options.cursors.copy()));
    await pair.findVisible();
    return pair;
  }

  /** The same worlds, asked anew: by other chance, perhaps under another schema. */
  again(other: Partial<PairOptions>): Pair {
    return new Pair({ ...this.options, ...other }, this.pools.copy());
  }

  /** Asks, and learns from the answer what to ask next. */
  async ask(question: Asked): Promise<Answers> {
    const answers = await this.askAgain(question);
    if (isChange(question)) return answers;
    this.pools.learn(answers.said);
    this.told.learn(question, JSON.parse(answers.said) as Said);
    return answers;
  }

  /** Asks once more what was asked, or a part of it: whether one has to is chance, and nothing is learnt from it. */
  async askAgain(question: Asked): Promise<Answers> {
    const { worlds, persona } = this.options;
    const besideInB = async () => {
      if (question.beside) await worlds.ask('B', question.beside, question);
      return worlds.ask('B', this.asker, question);
    };
    const [answerA, answerB] = await Promise.all([worlds.ask('A', this.asker, question), besideInB()]);
    const isAccepted = isChange(question) && [answerA, answerB].some(({ body }) => wasDone(body));
    if (isAccepted) await worlds.become(persona);
    return {
      said: answerA.body,
      inA: this.masked(`${answerA.status} ${answerA.body}`, isAccepted),
      inB: this.masked(`${answerB.status} ${answerB.body}`, isAccepted),
      isAccepted,
      isTold: /:("|\d|true|false)/.test(answerA.body.split('"extensions"')[0]),
      failures: worlds.failures.splice(0),
    };
  }

  /** Ids and slugs that the server makes are chance, in cursors too, and all of what it seals but the length. */
  private masked(answer: string, isAccepted: boolean): string {
    const body = answer.replace(SEALED, (all, text) => (isRead(text) ? all : `"sealed, ${all.length}"`));
    if (!isAccepted) return body;
    const opened = body.replace(CURSOR, (_, cursor) => JSON.stringify(Buffer.from(cursor, 'base64url').toString()));
    const text = opened.replace(ID, (id) => (this.pools.isKnown(id) ? id : `${id.slice(0, 3)}_new`));
    return text.replace(/("[a-z0-9-]*-)[a-z0-9]{6}"/g, '$1new"');
  }

  private async findVisible(): Promise<void> {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const all = [...this.pools.knownIds];
    for (let at = 0; at < all.length; at += 100) {
      const ids = all.slice(at, at + 100);
      this.pools.learn((await this.options.worlds.ask('A', this.asker, { query, variables: { ids } })).body);
    }
  }
}

/** Cursors of an admin, who is given them for everything: of a list, the place of what is hidden in it. */
export async function cursorsOfAdmin(worlds: RunningWorlds, schema: GraphQLSchema): Promise<Cursors> {
  const cursors = new Cursors();
  const coverage = new Coverage(schema);
  const persona: Persona = { name: 'nobody', members: [] };
  const pair = await Pair.of({ worlds, persona, coverage, cursors, random: new Random(1), mutations: 0 });
  const items = [...coverage.places.keys()].filter((item) => item.endsWith('Edge.cursor'));
  for (const item of [...items, ...items, ...items]) {
    const question = pair.writer.about(item);
    if (isChange(question)) continue;
    const answers = await Promise.all([worlds.ask('A', ADMIN, question), worlds.ask('B', ADMIN, question)]);
    for (const { body } of answers) cursors.harvest(body);
  }
  return cursors;
}

export const DIFFERENT = 'the worlds answer differently';
export const SHOWN = 'a hidden text is shown';

/** Why these answers are wrong; null when they are as they should be. */
export function wrongWith(question: Question, { inA, inB, failures }: Answers): string | null {
  if (failures.length > 0) return 'the server failed';
  if (inA !== inB) return DIFFERENT;
  const isEcho = JSON.stringify(question).includes(CANARY);
  return !isEcho && inA.includes(CANARY) ? SHOWN : null;
}

/** A mutation that is refused says so at its own place; errors further in come after it was done. */
function wasDone(body: string): boolean {
  const { errors = [] } = JSON.parse(body) as Said;
  return errors.every(({ path }) => path !== undefined && path.length > 1);
}
