import { setTimeout as sleep } from 'node:timers/promises';
import { workspacesWithNews } from '../../../src/events/events.repository';
import { type LiveEvents, liveEvents } from '../../../src/events/live-events';
import { emit, systemAt } from '../../../src/events/outbox';
import { jobsOf } from '../../../src/start/jobs';
import { memberOf, type Persona, userOf } from '../personas';
import type { RunningWorlds } from '../running-worlds';
import { type Book, knownId, type Side } from '../world/book';
import { type Mark, Portal, type PortalOptions } from './portal';
import { SameWords } from './same-words';
import { type Deed, NotHere, type Scene } from './scene';

export interface Wiring extends Pick<PortalOptions, 'wired' | 'query'> {}

interface Living {
  worlds: RunningWorlds;
  side: Side;
  persona: Persona;
  books: readonly Book[];
  wiring: Wiring;
}

/** An admin who listens in world B alone: nothing of hers may come to anybody else. */
export const BESIDE = 'ada';

/** One of the two worlds while things happen in it, as one persona with the portal open lives it. */
export class LivingWorld {
  readonly words: SameWords;
  portal!: Portal;
  private readonly events: LiveEvents;
  private marks = 0;
  private heard = 0;
  private readonly opened: Portal[] = [];

  readonly side: Side;
  private readonly worlds: RunningWorlds;
  private readonly persona: Persona;
  private readonly wiring: Wiring;

  constructor({ worlds, side, persona, books, wiring }: Living) {
    Object.assign(this, { worlds, side, persona, wiring });
    this.words = new SameWords(new Set(books.flatMap((book) => [...book.ids])));
    const { database, clock } = this.api.parts;
    this.events = liveEvents({ database, clock, logger: worlds.logger });
    this.events.start();
  }

  private get api() {
    return this.worlds.on(this.side);
  }

  get user(): string | null {
    const [member] = this.persona.members;
    return member ? userOf(member) : null;
  }

  /** From here on what happens is heard, with nothing missed since `after`. */
  async listen(after: string | null): Promise<void> {
    this.portal = await this.open({ after });
    this.heard = 0;
  }

  async open(variables: Record<string, unknown>, user = this.user): Promise<Portal> {
    const { api, worlds } = this;
    const { wired, query } = this.wiring;
    const portal = await Portal.open({
      api,
      hub: this.events.hub,
      logger: worlds.logger,
      user,
      variables,
      wired,
      query,
    });
    this.opened.push(portal);
    return portal;
  }

  /** Says whether it was done, in the words of the answer. */
  async do(deed: Deed, scene: Scene): Promise<string> {
    const type = `${deed.mutation[0].toUpperCase()}${deed.mutation.slice(1)}Input`;
    const fields = deed.makes ? `${deed.makes.at} { id }` : '__typename';
    const query = `mutation ($input: ${type}!) { ${deed.mutation}(input: $input) { ${fields} } }`;
    const variables = { input: inputOf(deed, this.side) };
    if (!variables.input) return 'not here';
    const { body } = await this.worlds.ask(this.side, userOf(deed.by), { query, variables });
    const { data, errors } = JSON.parse(body);
    if (errors) return `${errors[0].extensions.code} ${errors[0].message}`;
    if (deed.makes) scene.remember(this.side, deed.makes.key, data[deed.mutation][deed.makes.at].id);
    return 'done';
  }

  /** All that follows has followed, and whoever listens has heard what they hear of it. */
  async settle(): Promise<void> {
    const { api, worlds, events } = this;
    await this.numbered();
    for (const job of jobsOf({ parts: api.parts, bus: events.bus, logger: worlds.logger })) {
      await job.run(NEVER);
      await this.numbered();
    }
    await this.portal.past(await this.mark());
  }

  private async numbered(): Promise<void> {
    while ((await workspacesWithNews(this.api.parts.database)).length > 0) await sleep(1);
  }

  /** Something that the persona hears in any case, and that stands in no list: what was to be heard comes before it. */
  private async mark(): Promise<Mark> {
    const { database, clock } = this.api.parts;
    const at = new Date(clock.now().getTime() + ++this.marks);
    const members = this.persona.members.filter((key) => !memberOf(key).status);
    const workspaceIds = members.map((key) => knownId('Workspace', memberOf(key).workspace)!);
    await database.transaction(async (tx) => {
      for (const [i, workspaceId] of workspaceIds.entries()) {
        const personId = knownId('Person', members[i])!;
        await emit(tx, systemAt(at), 'notification.read', { workspaceId, personId, changed: [] });
      }
    });
    return { at: at.toISOString(), workspaceIds };
  }

  /** What was told since this was asked last. */
  news(): string[] {
    const { said, ended } = this.portal;
    const told = said.slice(this.heard).map((line) => this.words.of(line));
    this.heard = said.length;
    return ended === null ? told : [...told, `ended: ${ended}`];
  }

  /** All that is told to somebody who comes with this cursor, as it is told by now. */
  async replay(after: string | null): Promise<string[]> {
    const portal = await this.open({ after });
    await portal.past(await this.mark());
    await portal.close();
    return [...portal.said.map((line) => this.words.of(line)), `ended: ${portal.ended}`];
  }

  async ask(query: string, variables: Record<string, unknown> = {}): Promise<any> {
    const { status, body } = await this.worlds.ask(this.side, this.user, { query, variables });
    return { status, ...JSON.parse(body) };
  }

  /** How much was told that was answered for many at once. */
  get shared(): number {
    return this.opened.reduce((sum, { shared }) => sum + shared, 0);
  }

  async stop(): Promise<void> {
    for (const portal of this.opened) await portal.close();
    await this.events.stop();
  }
}

const NEVER = new AbortController().signal;

/** Null for what is about something that is not there: it was refused in this world, where nobody sees it. */
export function inputOf({ input }: Deed, side: Side): Record<string, unknown> | null {
  try {
    return input(side);
  } catch (error) {
    if (error instanceof NotHere) return null;
    throw error;
  }
}
