import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { parse } from 'graphql';
import { gate } from '../../../src/api/limits';
import type { Question } from '../running-worlds';
import type { Coverage, Item, Place } from './coverage';
import { DocumentParts, type Names } from './document';
import { Paths, type Step } from './paths';
import type { Pools } from './pools';
import type { Random } from './random';
import { Selections } from './selections';
import type { Told } from './told';
import { Values } from './values';

/** Fields inside one another, at most. */
const DEPTH = 7;

export interface WriterOptions {
  random: Random;
  pools: Pools;
  coverage: Coverage;
  told: Told;
  /** In percent. */
  mutations: number;
}

type Kind = 'query' | 'mutation';

/**
 * Writes queries nobody would think of. Each one has a thing to ask, taken from what was asked least so far, and
 * around it whatever comes.
 */
export class QueryWriter {
  private readonly paths: Record<Kind, Paths>;
  private readonly items: Record<Kind, Item[]>;
  private readonly values: Values;

  constructor(private readonly options: WriterOptions) {
    const { random, pools, coverage, told } = options;
    this.values = new Values(random, pools, coverage, told);
    this.paths = {
      query: new Paths(coverage.schema, 'Query', told),
      mutation: new Paths(coverage.schema, 'Mutation', told),
    };
    const items = [...coverage.places.keys()];
    const query = items.filter((item) => this.placesOn('query', item).length > 0);
    const known = new Set(query);
    this.items = { query, mutation: items.filter((item) => !known.has(item)) };
  }

  next(): Question {
    const { random, mutations } = this.options;
    const isChange = this.items.mutation.length > 0 && random.percent(mutations);
    return this.about(this.leastAsked(isChange ? 'mutation' : 'query'));
  }

  /** A query that asks this thing, and more; mostly one that the server's limits let pass. */
  about(item: Item): Question {
    let question = this.tryAbout(item);
    for (let i = 0; i < 3 && isTooMuch(this.options.coverage.schema, question); i++) question = this.tryAbout(item);
    return question;
  }

  private tryAbout(item: Item): Question {
    const { random, coverage, told } = this.options;
    const kind = this.items.query.includes(item) ? 'query' : 'mutation';
    const place = random.pick(this.placesOn(kind, item));
    const document = new DocumentParts(random);
    const must = new Set(place.with);
    const selections = new Selections({ random, coverage, told, values: this.values, document, must });
    const root = coverage.schema.getType(kind === 'query' ? 'Query' : 'Mutation') as GraphQLObjectType;
    const names: Names = new Set();
    const fields = [selections.step(root, { depth: DEPTH, names, way: this.wayTo(kind, place) })];
    while (kind === 'query' && random.percent(50) && fields.length < 4) {
      const place = { depth: 5, names };
      fields.push(random.percent(40) ? selections.lookUp(root, place) : selections.anyObject(root, place)!);
    }
    return document.finish(kind, fields);
  }

  private placesOn(kind: Kind, item: Item): Place[] {
    return this.options.coverage.places.get(item)!.filter((place) => this.paths[kind].leadTo(place.type));
  }

  private leastAsked(kind: Kind): Item {
    const some = this.options.random.sample(this.items[kind], 12);
    return some.sort((a, b) => this.timesAsked(a) - this.timesAsked(b))[0];
  }

  /** What may be told and was not, was asked in vain; of what takes a text, an id or a day there is more to ask. */
  private timesAsked(item: Item): number {
    const { coverage, told } = this.options;
    const times = (told.isClosed(item) ? undefined : told.timesTold(item)) ?? coverage.asked.get(item)!;
    return times / (coverage.isOpen(item) ? 4 : 1);
  }

  private wayTo(kind: Kind, { type, field }: Place): Step[] {
    const { random } = this.options;
    const before = this.paths[kind].to(type, DEPTH - 1, random) ?? this.paths[kind].to(type, 12, random)!;
    return [...before, { type, field }];
  }
}

function isTooMuch(schema: GraphQLSchema, { query, variables }: Question): boolean {
  try {
    gate({ schema, document: parse(query), variables });
    return false;
  } catch {
    return true;
  }
}
