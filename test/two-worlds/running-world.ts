import { HeaderMap } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { type Api, createApi } from '../../src/api/server';
import type { Database } from '../../src/platform/database';
import { createLogger, type Logger } from '../../src/platform/logger';
import { TestClock } from '../support/clock';
import { openTestDatabase, type TestDatabase } from '../support/database';
import { type Persona, tokenOf, userOf } from './personas';
import { type Book, NOW, type Side } from './world/book';
import { become, worldFor } from './world/build';

/** What is asked, as a client would send it. */
export interface Question {
  query: string;
  variables: Record<string, unknown>;
}

export interface Answer {
  status: number;
  /** As it goes over the wire. */
  body: string;
}

/** One of the two worlds: a database, and the server's whole pipeline before it. */
export class RunningWorld {
  private api: Api;
  readonly failures: unknown[] = [];
  private book: Book | null = null;

  private constructor(
    readonly side: Side,
    private readonly opened: TestDatabase,
  ) {}

  static async open(side: Side, schema: GraphQLSchema): Promise<RunningWorld> {
    const world = new RunningWorld(side, await openTestDatabase());
    await world.serve(schema);
    return world;
  }

  get database(): Database {
    return this.opened.database;
  }

  /** Answers by this schema from now on: the one that is served, or one with a leak. */
  async serve(schema: GraphQLSchema): Promise<void> {
    await this.api?.apollo.stop();
    this.api = createApi({
      database: this.database,
      clock: new TestClock(new Date(NOW)),
      logger: this.logger(),
      settings: { publicUrl: 'http://portal.test', invitationsPerDay: 500 },
      introspection: true,
      schema,
    });
    await this.api.apollo.start();
  }

  /** Of failures the answer says nothing, and the test everything. */
  private logger(): Logger {
    const error = (facts: { err?: unknown }) => this.failures.push(facts.err);
    return Object.assign(createLogger('silent'), { error });
  }

  async becomeFor(persona: Persona): Promise<Book> {
    if (this.book?.persona !== persona) this.book = worldFor(persona, this.side);
    await become(this.database, this.book);
    return this.book;
  }

  /** Asks as a user, or as nobody. */
  async ask(user: string | null, { query, variables }: Question): Promise<Answer> {
    const headers = new HeaderMap([
      ['content-type', 'application/json'],
      ['accept', 'application/graphql-response+json'],
    ]);
    const facts = { id: 'same', ip: '192.0.2.7', token: user ? tokenOf(user) : undefined };
    const { status, body } = await this.api.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body: { query, variables } },
      context: () => this.api.contextFor(facts, { source: query, variables }),
    });
    return { status: status ?? 200, body: body.kind === 'complete' ? body.string : '' };
  }

  async close(): Promise<void> {
    await this.api.apollo.stop();
    await this.opened.close();
  }
}

export const askerOf = (persona: Persona): string | null => (persona.members[0] ? userOf(persona.members[0]) : null);
