import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CastName } from '../../src/demo/cast';
import { type LoadedCast, loadCast } from '../../src/demo/load-cast';
import type { Project } from '../../src/domains/projects/project.entity';
import { aProject } from './builders';
import { TestClock } from './clock';
import { openTestDatabase, type TestDatabase } from './database';
import { Overwritten } from './overwritten';
import { freePort, ServerProcess } from './process';
import { Reader } from './reader';
import { SECRET_KEY, signInDirectly, type TestServer, tokenOf } from './server';

const CREATE = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }';
const UPDATE = 'mutation ($input: UpdateTaskInput!) { updateTask(input: $input) { task { id } } }';
const LOG = 'mutation ($input: LogTimeInput!) { logTime(input: $input) { timeEntry { id } } }';

/** Something that somebody wanted written, and whether they were told that it is. */
interface Wish {
  text: string;
  isAcknowledged: boolean;
}

interface Row {
  seq: string | null;
  kind: string;
  subjectId: string;
  changed: string[];
  occurredAt: Date;
}

/** What was promised and did not hold, in words; empty when all did. */
export interface Verdict {
  /** Acknowledged and not there, or there and not told. */
  lost: string[];
  /** Told and never written, told twice, or half there. */
  invented: string[];
  /** Told to who may not hear it. */
  leaked: string[];
  writes: number;
  events: number;
}

interface Others {
  redisUrl: string;
  port: string;
}

/** Where crashing-server.cjs can die. */
export const PLACES = [
  'before the commit',
  'after the commit',
  'numbered, not committed',
  'numbered, nobody rung for',
  'before the answer',
];

/** A server in a process of its own that is killed while people work and others listen, on a database that stays. */
export class CrashWorld {
  readonly readers: Reader[];
  private server: ServerProcess | undefined;
  private beside: ServerProcess | undefined;
  private readonly wishes: Wish[] = [];
  private readonly updates = new Overwritten();
  private acknowledged = 0;
  private tasks: string[] = [];
  private isWorking = false;
  private working: Promise<void>[] = [];

  private constructor(
    private readonly opened: TestDatabase,
    private readonly cast: LoadedCast,
    private readonly project: Project,
    private readonly folder: string,
    private readonly port: string,
    private readonly others?: Others,
  ) {
    const url = others ? `http://127.0.0.1:${others.port}` : this.url;
    this.readers = (['max', 'clara', 'eve'] as const).map((name) => new Reader(url, name));
  }

  /** With a Redis there is a second process beside the one where people work: on that one the others listen. */
  static async open(redisUrl?: string): Promise<CrashWorld> {
    const opened = await openTestDatabase();
    const { database } = opened;
    const clock = new TestClock(new Date());
    const cast = await database.transaction((tx) =>
      loadCast(tx, { seed: 'crash', now: clock.now(), passwordHash: null }),
    );
    for (const [name, userId] of Object.entries(cast.users)) {
      await signInDirectly(database, clock, { id: cast.id('Session', name), name, userId });
    }
    const project = await aProject({ database, clock, cast } as unknown as TestServer, { preset: 'FREELANCE' });
    const folder = await mkdtemp(join(tmpdir(), 'portico-crash-'));
    const others = redisUrl ? { redisUrl, port: String(await freePort()) } : undefined;
    return new CrashWorld(opened, cast, project, folder, String(await freePort()), others);
  }

  /** Starts the server; with a place to die in, when one is named. */
  async start(crashAt?: string): Promise<void> {
    const env = { ...this.env(this.port), ...(crashAt ? { CRASH_AT: crashAt } : {}) };
    this.server = await ServerProcess.start(this.folder, env, crashAt ? 'test/support/crashing-server.cjs' : undefined);
    await this.server.ready();
    if (this.others && !this.beside) await this.startBeside(this.others);
  }

  /** The process on which the others listen is killed, and started again. */
  async restartBeside(): Promise<void> {
    await this.beside!.kill('SIGKILL');
    await this.startBeside(this.others!);
  }

  private async startBeside({ port }: Others): Promise<void> {
    this.beside = await ServerProcess.start(this.folder, this.env(port));
    await this.beside.ready();
  }

  private env(port: string): Record<string, string> {
    const redis: Record<string, string> = this.others ? { REDIS_URL: this.others.redisUrl } : {};
    const own = { DATABASE_URL: this.opened.databaseUrl!, SECRET_KEY, PORT: port, DATABASE_POOL_SIZE: '4' };
    return { ...own, ...redis, LOG_LEVEL: 'error' };
  }

  /** Until it says so itself. */
  async ready(within = 60_000): Promise<void> {
    const end = performance.now() + within;
    const isReady = () =>
      fetch(`${this.url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    while (!(await isReady())) {
      if (performance.now() > end) throw new Error(`The server does not come back. It said:\n${this.server?.output}`);
      await sleep(50);
    }
  }

  async kill(): Promise<void> {
    await this.server!.kill('SIGKILL');
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** As whoever restarts a service does; answers with what code it exited. */
  stop(): Promise<number | null> {
    return this.server!.kill('SIGTERM');
  }

  /** Has it die at its place as soon as somebody comes by there. */
  async dieThere(): Promise<void> {
    this.server!.signal('SIGUSR2');
    const late = sleep(60_000, undefined, { ref: false }).then(() =>
      Promise.reject(new Error('The server passed the place and lives.')),
    );
    await Promise.race([this.server!.ended, late]);
    late.catch(() => undefined);
  }

  /** People begin to work and to listen, and go on through everything. */
  async begin(): Promise<void> {
    for (const reader of this.readers) await reader.begin();
    this.isWorking = true;
    this.working = (['max', 'wim', 'max', 'wim'] as const).map((who, i) => this.work(who, i));
  }

  /** Until so many more writes were acknowledged. */
  async written(more: number): Promise<void> {
    const wanted = this.acknowledged + more;
    for (let i = 0; i < 3000 && this.acknowledged < wanted; i++) await sleep(20);
    if (this.acknowledged < wanted) throw new Error(`The server does not write. It said:\n${this.server?.output}`);
  }

  /** Lets everything that was begun come to its end; then says what held. */
  async end(): Promise<Verdict> {
    this.isWorking = false;
    await Promise.all(this.working);
    const last = await this.wish('max', CREATE, { projectId: this.project.id, title: 'The end' });
    if (!last) throw new Error('The server does not answer at the end.');
    const row = await this.opened.database.row<Row>('select occurred_at from event where subject_id = $1', [last]);
    for (const reader of this.readers) if (reader.name !== 'eve') await reader.until(row!.occurredAt.toISOString());
    await sleep(200);
    await Promise.all(this.readers.map((reader) => reader.end()));
    return this.judge();
  }

  async close(): Promise<void> {
    this.isWorking = false;
    await Promise.all([...this.working, ...this.readers.map((reader) => reader.end())]);
    await Promise.all([this.server?.kill('SIGKILL'), this.beside?.kill('SIGKILL')]);
    await this.opened.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async work(who: CastName, worker: number): Promise<void> {
    const projectId = this.project.id;
    for (let i = 0; this.isWorking; i++) {
      const text = `${who} ${worker} ${i}`;
      const taskId = this.tasks[i % Math.max(1, this.tasks.length)];
      if (who === 'wim') {
        const day = new Date().toISOString().slice(0, 10);
        await this.wish(who, LOG, { projectId, taskId, date: day, seconds: 60 + i, description: text }, text);
      } else if (i % 3 === 0 || !taskId) {
        const id = await this.wish(who, CREATE, { projectId, title: text }, text);
        if (id) this.tasks = [...this.tasks, id].slice(-5);
      } else {
        const field = i % 3 === 1 ? 'internalNotes' : 'title';
        const acknowledged = this.updates.begin(taskId, field, text);
        if (await this.wish(who, UPDATE, { taskId, [field]: text })) acknowledged();
      }
      await sleep(5);
    }
  }

  /** Asks once. The id of what was written; undefined when nobody said so, which does not say that nothing was. */
  private async wish(who: CastName, query: string, input: object, text?: string): Promise<string | undefined> {
    const wish = text === undefined ? undefined : { text, isAcknowledged: false };
    if (wish) this.wishes.push(wish);
    try {
      const response = await fetch(`${this.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(who)}` },
        body: JSON.stringify({ query, variables: { input } }),
      });
      const { data } = (await response.json()) as { data?: Record<string, Record<string, { id: string }>> };
      const id = Object.values(Object.values(data ?? {})[0] ?? {})[0]?.id;
      if (id && wish) wish.isAcknowledged = true;
      if (id) this.acknowledged++;
      if (!id) await sleep(50);
      return id;
    } catch {
      await sleep(50);
      return undefined;
    }
  }

  /** What was acknowledged is there, nothing is there that nobody did, and nobody was told what is not theirs. */
  private async judge(): Promise<Verdict> {
    const { database } = this.opened;
    const things = await database.rows<{ id: string; text: string; internalNotes: string | null; version: number }>(
      `select id, title as text, internal_notes, version from task where project_id = $1
       union all select id, description, null, version from time_entry where project_id = $1`,
      [this.project.id],
    );
    const rows = await database.rows<Row>(
      'select seq::text, kind, subject_id, changed, occurred_at from event where workspace_id = $1 order by event.seq',
      [this.cast.workspaceId],
    );
    const verdict: Verdict = { lost: [], invented: [], leaked: [], writes: this.wishes.length, events: rows.length };
    const made = new Map<string, number>();
    for (const { text } of things) made.set(text, (made.get(text) ?? 0) + 1);
    const told = new Map<string, number>();
    for (const { subjectId } of rows) told.set(subjectId, (told.get(subjectId) ?? 0) + 1);

    verdict.lost.push(...this.updates.lost(things.map(({ text, ...thing }) => ({ ...thing, title: text }))));
    // A task may have been renamed since; how often it was changed says its version.
    const logged = this.wishes.filter(({ text }) => text.startsWith('wim'));
    for (const { text, isAcknowledged } of logged) {
      const count = made.get(text) ?? 0;
      if (isAcknowledged && count === 0) verdict.lost.push(`The entry "${text}" was acknowledged.`);
      if (count > 1) verdict.invented.push(`The entry "${text}" is there ${count} times.`);
    }
    const acknowledged = this.wishes.filter((wish) => wish.text.startsWith('max') && wish.isAcknowledged).length;
    const tasks = things.filter(({ id }) => id.startsWith('tsk')).length;
    if (tasks < acknowledged) verdict.lost.push(`${acknowledged} tasks were acknowledged, ${tasks} are there.`);
    for (const { id, text, version } of things) {
      const count = told.get(id) ?? 0;
      if (count < version) verdict.lost.push(`"${text}" changed ${version} times and was told ${count} times.`);
      if (count > version) verdict.invented.push(`"${text}" changed ${version} times and was told ${count} times.`);
    }
    const ids = new Set(things.map(({ id }) => id));
    for (const { subjectId } of rows) if (!ids.has(subjectId)) verdict.invented.push(`Nothing is ${subjectId}.`);
    rows.forEach(({ seq }, i) => {
      if (seq !== String(i + 1)) verdict.lost.push(`Place ${i + 1} of the stream has the number ${seq}.`);
    });
    for (const reader of this.readers) this.judgeReader(reader, rows, verdict);
    return verdict;
  }

  private judgeReader({ name, heard }: Reader, rows: Row[], verdict: Verdict): void {
    const entitled = rows.filter((row) => mayHear(name, row)).map((row) => row.occurredAt.toISOString());
    if (name === 'eve' && heard.length > 0) verdict.leaked.push(`Eve heard ${heard.length} events.`);
    const hidden = new Set(rows.filter((row) => !mayHear(name, row)).map((row) => row.occurredAt.toISOString()));
    for (const at of heard)
      if (hidden.has(at) && !entitled.includes(at)) verdict.leaked.push(`${name} heard of ${at}.`);
    if (heard.length === entitled.length && heard.every((at, i) => at === entitled[i])) return;
    const first = entitled.findIndex((at, i) => heard[i] !== at);
    const difference = `${name} heard ${heard.length} of ${entitled.length}, otherwise from place ${first} on.`;
    verdict[heard.length > entitled.length ? 'invented' : 'lost'].push(difference);
  }
}

/** By hand, not by the policy: Max all of it, Clara all but what the team writes to itself, Eve nothing. */
function mayHear(name: CastName, { changed }: Row): boolean {
  if (name === 'eve') return false;
  return name === 'max' || changed.some((field) => field !== 'Task.internalNotes');
}
