import { HeaderMap } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { type Api, createApi } from '../../src/api/server';
import { createLogger, type Logger } from '../../src/platform/logger';
import { TestClock } from '../support/clock';
import { openTestDatabase, type TestDatabase } from '../support/database';
import { type Persona, tokenOf } from './personas';
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

/** The two worlds, each a database of its own, and the server's whole pipeline before them. */
export class RunningWorlds {
  /** Of failures the answer says nothing, and the test everything. */
  readonly failures: unknown[] = [];
  readonly logger: Logger = Object.assign(createLogger('silent'), {
    error: (facts: { err?: unknown }) => this.failures.push(facts.err),
  });
  /** One for both. */
  readonly clock = new TestClock(new Date(NOW));
  private books: Record<Side, Book> | null = null;
  private apis: Record<Side, Api>;

  private constructor(private readonly opened: Record<Side, TestDatabase>) {}

  static async open(schema: GraphQLSchema): Promise<RunningWorlds> {
    const [A, B] = await Promise.all([openTestDatabase(), openTestDatabase()]);
    const worlds = new RunningWorlds({ A, B });
    await worlds.serve(schema);
    return worlds;
  }

  /** Answers by this schema from now on: the one that is served, or one with a leak. */
  async serve(schema: GraphQLSchema): Promise<void> {
    await this.apis?.A.apollo.stop();
    this.apis = { A: this.apiOf('A', schema), B: this.apiOf('B', schema) };
    await this.apis.A.apollo.start();
  }

  /** Puts both worlds back to what they are for this persona. */
  async become(persona: Persona): Promise<readonly Book[]> {
    if (this.books?.A.persona !== persona) this.books = { A: worldFor(persona, 'A'), B: worldFor(persona, 'B') };
    const { A, B } = this.books;
    this.clock.set(NOW);
    await Promise.all([become(this.opened.A.database, A), become(this.opened.B.database, B)]);
    return [A, B];
  }

  /**
   * Asks as a user, or as nobody. One server answers for both worlds, each time in the context of the world: what it
   * keeps between requests, it keeps for both, and a document is read once.
   */
  async ask(side: Side, user: string | null, { query, variables }: Question): Promise<Answer> {
    const headers = new HeaderMap([
      ['content-type', 'application/json'],
      ['accept', 'application/graphql-response+json'],
    ]);
    const facts = { id: 'same', ip: '192.0.2.7', token: user ? tokenOf(user) : undefined };
    const { status, body } = await this.apis.A.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body: { query, variables } },
      context: () => this.apis[side].contextFor(facts, { source: query, variables }),
    });
    return { status: status ?? 200, body: body.kind === 'complete' ? body.string : '' };
  }

  /** The server of one world, for what does not go through `ask`. */
  on(side: Side): Api {
    return this.apis[side];
  }

  async close(): Promise<void> {
    await this.apis.A.apollo.stop();
    await Promise.all([this.opened.A.close(), this.opened.B.close()]);
  }

  private apiOf(side: Side, schema: GraphQLSchema): Api {
    return createApi({
      database: this.opened[side].database,
      clock: this.clock,
      logger: this.logger,
      settings: { publicUrl: 'http://portal.test', invitationsPerDay: 500 },
      introspection: true,
      // Compiled from the first time on: what ends with an error is asked of graphql-js as well.
      compileAt: 1,
      secretKey: 'the same in both worlds, as all else that is not chance',
      schema,
    });
  }
}
