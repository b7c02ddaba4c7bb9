import { parse } from 'graphql';
import { loadAccess } from '../../src/access/load-access';
import { AccessOfClass, classOn } from '../../src/access/permission-class';
import { contextWith } from '../../src/api/contexts';
import { servedSchema } from '../../src/api/schema';
import { type Api, createApi } from '../../src/api/server';
import type { Operation } from '../../src/api/shared-operation';
import { StreamDocuments } from '../../src/api/stream-documents';
import { asHeardBy } from '../../src/events/as-seen';
import type { SharedAnswer } from '../../src/events/cohort';
import type { NumberedEvent } from '../../src/events/event.entity';
import { createLogger } from '../../src/platform/logger';
import { TestClock } from '../support/clock';
import { openTestDatabase, type TestDatabase } from '../support/database';
import { Random } from './asking/random';
import { MEMBER_KEYS, memberOf, personaNamed, tokenOf, userOf } from './personas';
import { Happenings } from './streams/happenings';
import { StreamWriter } from './streams/stream-writer';
import { type Book, NOW } from './world/book';
import { become, worldFor } from './world/build';

/** Another seed asks for other things: `SEED=8 npx jest test/two-worlds/shared-answers`. */
const SEED = Number(process.env.SEED ?? 7);
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 150);

/** A leak is found as soon as somebody asks for it. */
const MOST_WHERE_PLANTED = 1000;

const USERS = [...new Set(MEMBER_KEYS.filter((key) => !memberOf(key).status && !memberOf(key).only).map(userOf))];

let opened: TestDatabase;
let api: Api;
let book: Book;
const clock = new TestClock(new Date(NOW));
beforeAll(async () => {
  opened = await openTestDatabase();
  book = worldFor(personaNamed('clara'), 'A');
  await become(opened.database, book);
  const settings = { publicUrl: 'http://portal.test', invitationsPerDay: 500 };
  const logger = createLogger('silent');
  const { database } = opened;
  api = createApi({
    database,
    clock,
    logger,
    settings,
    introspection: true,
    secretKey: 'whatever',
    schema: servedSchema(),
  });
}, 120_000);
afterAll(() => opened.close());

const CURSOR = 'here goes the cursor';

/** What somebody is told when they ask for themselves; null for nothing. */
async function toldAlone(operation: Operation, user: string, event: NumberedEvent): Promise<string | null> {
  const access = await loadAccess(api.parts.database, clock, tokenOf(user));
  const context = contextWith(api.parts, { request: { id: 'test', ip: '' }, cost: 0 }, access);
  const heard = await asHeardBy(context, event);
  return heard && JSON.stringify(await operation.answerTo(context, { ...heard, event, cursor: CURSOR }));
}

const inFull = (answer: SharedAnswer | null) => answer?.pieces.map(String).join(CURSOR) ?? null;

interface Compared {
  difference: { query: string; event: NumberedEvent; user: string; shared: string | null; alone: string | null } | null;
  shared: number;
  nothing: number;
  alone: number;
}

/** Each document and event for everybody, until somebody is told otherwise with the others than alone. */
async function compare(most: number, plant: (permissionClass: string) => string = (same) => same): Promise<Compared> {
  const random = new Random(SEED);
  const writer = new StreamWriter(api.schema, random);
  const happenings = new Happenings(book, random);
  const documents = new StreamDocuments(api);
  const compared: Compared = { difference: null, shared: 0, nothing: 0, alone: 0 };
  for (let nth = 0; nth < most && !compared.difference; nth++) {
    const query = writer.next();
    const document = parse(query);
    expect(documents.errorsOf(document)).toEqual([]);
    const operation = documents.operation(document, undefined, {});
    const event = happenings.next();
    const of = { workspaceId: event.workspaceId, projectId: event.projectId, exceptPersonId: event.personId };
    const answers = new Map<string, SharedAnswer | null | undefined>();
    for (const user of USERS) {
      const access = await loadAccess(api.parts.database, clock, tokenOf(user));
      const permissionClass = classOn(access, of);
      if (permissionClass === undefined || (event.personId !== null && access.isPerson(event.personId))) continue;
      if (!answers.has(permissionClass)) {
        const held = new AccessOfClass(plant(permissionClass), of, clock.now());
        answers.set(permissionClass, await operation.answer(held, event));
      }
      const answer = answers.get(permissionClass);
      compared[answer ? 'shared' : answer === null ? 'nothing' : 'alone']++;
      if (answer === undefined) continue;
      const [shared, alone] = [inFull(answer), await toldAlone(operation, user, event)];
      if (shared !== alone) compared.difference = { query, event, user, shared, alone };
    }
  }
  return compared;
}

it(`what is told to all who hold the same is what each of them would be told, to the byte: ${DOCUMENTS} documents`, async () => {
  const { difference, shared, nothing, alone } = await compare(DOCUMENTS);
  expect(difference).toBeNull();
  expect(shared).toBeGreaterThan(DOCUMENTS);
  expect(nothing).toBeGreaterThan(DOCUMENTS);
  expect(alone).toBeGreaterThan(DOCUMENTS);
}, 300_000);

/** What a class might forget of those who share it, or take from the one who was first. */
const PLANTED: [what: string, plant: (permissionClass: string) => string][] = [
  ['that costs are not shown to everybody', (held) => held.replace('"internalCosts":false', '"internalCosts":true')],
  ['that clients are asked the settings', (held) => held.replace(/"settings":\{.*?\}/, '"settings":null')],
  ['how hours are shown', (held) => held.replace(/"hours":"\w+"/, '"hours":"FULL"')],
  ['how tasks are shown', (held) => held.replace(/"tasks":"\w+"/, '"tasks":"SHOW"')],
  ['how amounts are shown', (held) => held.replace(/"financials":"\w+"/, '"financials":"FULL"')],
  ['when hours are released', (held) => held.replace(/"timeRelease":"\w+"/, '"timeRelease":"ALL"')],
  ['who has client view', (held) => held.replace('"clientView":false', '"clientView":true')],
  ['who manages', (held) => held.replace('"managesProject":false', '"managesProject":true')],
  ['who is no admin', (held) => held.replace('"source":"GRANT"', '"source":"ROLE"').replaceAll('"MEMBER"', '"ADMIN"')],
];

it.each(PLANTED)(
  'and a class that forgets %s is found out',
  async (_what, plant) => {
    const { difference } = await compare(MOST_WHERE_PLANTED, plant);
    expect(difference).not.toBeNull();
  },
  300_000,
);
