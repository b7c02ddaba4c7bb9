import { Random } from '../asking/random';
import { memberOf, type Persona } from '../personas';
import type { RunningWorlds } from '../running-worlds';
import { BESIDE, inputOf, LivingWorld, type Wiring } from './living-world';
import { MONEY_DEEDS } from './money-deeds';
import { PEOPLE_DEEDS } from './people-deeds';
import { alike } from './prelude';
import { beginning, isLost, PROJECT_DEEDS, takenAway, untilThen } from './project-deeds';
import { inOrder, READ } from './questions';
import { BOTH, type Deed, Scene } from './scene';
import { type Maker, WORK_DEEDS } from './work-deeds';

export interface StoryOptions extends Wiring {
  worlds: RunningWorlds;
  persona: Persona;
  seed: number;
  deeds: number;
}

/** What tells the two worlds apart. */
export interface Difference {
  when: string;
  inA: string;
  inB: string;
}

export interface Told {
  differences: Difference[];
  /** What was done in one of the worlds alone, and not refused there. */
  aside: number;
  both: number;
  refused: number;
  /** Answers that the persona was sent. */
  heard: number;
  /** Those of them that were made for many at once. */
  shared: number;
}

const MINUTE = 60_000;

/** A series of things happening in both worlds, up to the first difference that one pair of eyes can see. */
export async function tell(options: StoryOptions): Promise<Told> {
  const story = await Story.begin(options);
  try {
    await story.run();
    return story.told;
  } finally {
    await story.end();
  }
}

class Story {
  readonly told: Told = { differences: [], aside: 0, both: 0, refused: 0, heard: 0, shared: 0 };
  private cursors: { when: string; of: (string | null)[] }[] = [];

  private constructor(
    private readonly options: StoryOptions,
    private readonly scene: Scene,
    private readonly both: readonly LivingWorld[],
  ) {}

  static async begin(options: StoryOptions): Promise<Story> {
    const { worlds, persona, seed } = options;
    const books = await worlds.become(persona);
    for (const side of BOTH) await alike(worlds.on(side).parts.database);
    const both = BOTH.map((side) => new LivingWorld({ worlds, side, persona, books, wiring: options }));
    return new Story(options, new Scene(persona, new Random(seed), books), both);
  }

  async end(): Promise<void> {
    await Promise.all(this.both.map((world) => world.stop()));
  }

  async run(): Promise<void> {
    const { scene, options } = this;
    const [, B] = this.both;
    await B.open({}, BESIDE);
    await this.keepCursors('from the beginning');
    await this.each((world, i) => world.listen(this.cursors[0].of[i]));
    if (this.isSomebody) await this.doAll(beginning(scene));
    const third = Math.floor(options.deeds / 3);
    for (let number = 1; number <= options.deeds && !this.isFound; number++) {
      if (number === third) await this.turn('brief');
      if (number === 2 * third) await this.turn('lent');
      await this.doOne(`deed ${number}`, this.next());
      if (number % 8 === 0) await this.read(`after deed ${number}`);
    }
    for (const cursor of this.cursors) await this.replay(cursor);
    this.told.shared = this.both[0].shared;
  }

  /** Who may be put on a project. */
  private get isSomebody(): boolean {
    const [member] = this.options.persona.members;
    return member !== undefined && !memberOf(member).status;
  }

  private get isFound(): boolean {
    return this.told.differences.length > 0;
  }

  /** A third of the way on one of the two fresh projects runs out, at two thirds the other is taken away. */
  private async turn(which: 'brief' | 'lent'): Promise<void> {
    const { scene, options } = this;
    if (!this.isSomebody) return;
    await this.keepCursors(`from before the ${which} one was lost`);
    const { clock } = options.worlds;
    const soon = new Date(clock.now().getTime() + 10 * MINUTE).toISOString();
    await this.doAll([which === 'brief' ? untilThen(scene, soon) : takenAway(scene)]);
    clock.advance(20 * MINUTE);
    await this.doOne(`the ${which} one is lost`, null);
    isLost(scene, which);
  }

  private next(): Deed | null {
    const { random } = this.scene;
    const kinds: readonly (readonly Maker[])[] = [WORK_DEEDS, WORK_DEEDS, MONEY_DEEDS, PEOPLE_DEEDS, PROJECT_DEEDS];
    for (let tries = 0; tries < 20; tries++) {
      const deed = random.pick(random.pick(kinds))(this.scene);
      if (deed && deed.sides.length > 0) return deed;
    }
    return null;
  }

  private async doAll(deeds: readonly Deed[]): Promise<void> {
    for (const deed of deeds) await this.doOne(deed.mutation, deed);
  }

  private async doOne(when: string, deed: Deed | null): Promise<void> {
    if (this.isFound) return;
    const { told, options } = this;
    const outcomes = await this.each((world) =>
      deed?.sides.includes(world.side) ? world.do(deed, this.scene) : undefined,
    );
    if (deed) this.count(deed, outcomes);
    await this.each((world) => world.settle());
    const [inA, inB] = this.both.map((world) => world.news());
    told.heard += inA.length;
    this.compare(deed ? `${when}: ${inWords(deed)}: ${outcomes.join(' / ')}` : when, inA, inB);
    await this.each((world, i) =>
      world.portal.ended && this.canListen ? world.listen(world.portal.cursor ?? this.cursors[0].of[i]) : undefined,
    );
    options.worlds.clock.advance(MINUTE);
  }

  private get canListen(): boolean {
    return this.cursors[0].of.every((cursor) => cursor !== null);
  }

  private count({ sides }: Deed, outcomes: (string | undefined)[]): void {
    const done = outcomes.filter((outcome) => outcome === 'done').length;
    if (done === 0) this.told.refused++;
    else if (done === sides.length && done === 2) this.told.both++;
    else this.told.aside++;
  }

  private async read(when: string): Promise<void> {
    const first = await this.each((world) => world.ask(READ));
    this.compareTexts(`what is read ${when}`, first);
    const ends = first.map(({ data }) => data?.viewer?.activity?.pageInfo?.endCursor);
    if (ends.every(Boolean)) {
      this.compareTexts(`the next page ${when}`, await this.each((world, i) => world.ask(READ, { after: ends[i] })));
    }
  }

  private async keepCursors(when: string): Promise<void> {
    const read = await this.each((world) => world.ask('{ viewer { eventsCursor } }'));
    this.cursors.push({ when, of: read.map(({ data }) => data?.viewer?.eventsCursor ?? null) });
  }

  private async replay({ when, of }: { when: string; of: (string | null)[] }): Promise<void> {
    if (this.isFound) return;
    const [inA, inB] = await this.each((world, i) => world.replay(of[i]));
    this.compare(`told again ${when}`, inA, inB);
  }

  private compareTexts(when: string, answers: readonly unknown[]): void {
    const [inA, inB] = answers.map((answer, i) => [
      JSON.stringify(inOrder(JSON.parse(this.both[i].words.of(JSON.stringify(answer))))),
    ]);
    this.compare(when, inA, inB);
  }

  private compare(when: string, inA: readonly string[], inB: readonly string[]): void {
    if (this.isFound || inA.join('\n') === inB.join('\n')) return;
    this.told.differences.push({ when, inA: inA.join('\n'), inB: inB.join('\n') });
  }

  private each<T>(work: (world: LivingWorld, i: number) => Promise<T> | undefined): Promise<T[]> {
    return Promise.all(this.both.map((world, i) => work(world, i))) as Promise<T[]>;
  }
}

const inWords = (deed: Deed): string =>
  `${deed.by} in ${deed.sides.join(' and ')}: ${deed.mutation} ${JSON.stringify(inputOf(deed, deed.sides[0]))}`;

/** For people: when, and where the two part. */
export function differenceInWords({ when, inA, inB }: Difference): string {
  let at = 0;
  while (at < inA.length && inA[at] === inB[at]) at++;
  const part = (text: string) => text.slice(Math.max(0, at - 300), at + 500);
  return [when, `A … ${part(inA)}`, `B … ${part(inB)}`].join('\n');
}
