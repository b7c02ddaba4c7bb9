import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { ProjectAccess } from '../../../src/access/project-access';
import { contextWith } from '../../../src/api/contexts';
import type { Api } from '../../../src/api/server';
import { asGraphQL, type SocketCaller, socketOperations } from '../../../src/api/socket-operations';
import type { Outlet } from '../../../src/events/delivery';
import type { Hub } from '../../../src/events/hub';
import type { Logger } from '../../../src/platform/logger';
import { tokenOf } from '../personas';

type Live = SocketCaller['live'];

export interface PortalOptions {
  api: Api;
  hub: Hub;
  logger: Logger;
  user: string | null;
  variables: Record<string, unknown>;
  /** Everything, unless told otherwise. */
  query?: string;
  /** What a leak is planted in. */
  wired?: (live: Live) => Live;
}

/** Everything that an event can be asked for. */
const PORTAL_EVENTS = `
  subscription ($after: Cursor, $workspaceId: ID, $projectIds: [ID!], $kinds: [PortalEventKind!]) {
    portalEvents(after: $after, workspaceId: $workspaceId, projectIds: $projectIds, kinds: $kinds) {
      cursor kind occurredAt
      actor { id displayName title email }
      project { id name status lastActivityAt myAccess { permissions { clientView trackTime internalCosts } } }
      subject {
        __typename
        ... on Task {
          id title description taskStatus: status dueDate internalNotes assignee { id displayName }
          estimate { seconds } trackedTime { seconds } taskAmount: billableAmount { amount }
        }
        ... on TimeEntry {
          id date time { seconds } rawTime { seconds } billable note: description internalNote invoiced
          person { id displayName } task { id title } billRate { amount } billableAmount { amount } costAmount { amount }
        }
        ... on Invoice {
          id number invoiceStatus: status issueDate dueDate total { amount } balance { amount } notes internalNotes
          lines { description amount { amount } }
        }
        ... on Payment { id paid: amount { amount } reference }
        ... on Project {
          id name description internalDescription
          totals {
            billableTime { seconds } totalTime { seconds } nonBillableTime { seconds } billableAmount { amount }
            uninvoicedAmount { amount } internalCost { amount } margin { amount }
          }
          budget { basis usedPercent } costBudget { usedPercent } financials { invoicedTotal { amount } balance { amount } }
        }
        ... on Person { id displayName job: title role weeklyCapacity { seconds } }
        ... on ClientOrganisation { id name internalNotes }
        ... on Contact { id displayName email }
        ... on Invitation { id name }
        ... on Timer { id }
        ... on Workspace { id name settings { invitePolicy } memberCount }
        ... on Notification { id text }
      }
    }
  }`;

/** What is the same for all who hold the same, but for one’s own notifications: nothing else of it depends on who they are. */
export const SHARED_EVENTS = `
  subscription ($after: Cursor, $workspaceId: ID, $projectIds: [ID!], $kinds: [PortalEventKind!]) {
    portalEvents(after: $after, workspaceId: $workspaceId, projectIds: $projectIds, kinds: $kinds) {
      cursor kind occurredAt
      project { id name status internalDescription }
      subject {
        __typename
        ... on Task {
          id title description taskStatus: status dueDate internalNotes
          estimate { seconds } trackedTime { seconds } taskAmount: billableAmount { amount }
        }
        ... on TimeEntry { id date time { seconds } billable note: description entryAmount: billableAmount { amount } costAmount { amount } }
        ... on Invoice {
          id number invoiceStatus: status issueDate dueDate total { amount } balance { amount } notes internalNotes
          lines { description amount { amount } }
        }
        ... on Payment { id paid: amount { amount } reference }
        ... on Project {
          id name description internalDescription
          totals {
            billableTime { seconds } totalTime { seconds } nonBillableTime { seconds } billableAmount { amount }
            uninvoicedAmount { amount } internalCost { amount } margin { amount }
          }
          budget { basis usedPercent } costBudget { usedPercent } financials { invoicedTotal { amount } balance { amount } }
        }
        ... on Workspace { id name }
        ... on Notification { id text }
      }
    }
  }`;

/** A place in what is told: in each of these workspaces. */
export interface Mark {
  at: string;
  workspaceIds: readonly string[];
}

/** Where the one stream stands that is open: what was told, and how it ended. */
export class Portal {
  /** As the socket sends it, in the order of sending. */
  readonly said: string[] = [];
  ended: string | null = null;
  cursor: string | null = null;
  /** How much of it was answered for many at once. */
  shared = 0;
  private readonly passed = new Map<string, string>();
  private news = () => {};
  private stream: AsyncIterableIterator<ExecutionResult> | undefined;

  private constructor(private readonly options: PortalOptions) {}

  static async open(options: PortalOptions): Promise<Portal> {
    const portal = new Portal(options);
    await portal.begin();
    return portal;
  }

  /** Once this has been told, or the stream has ended. */
  async past({ at, workspaceIds }: Mark): Promise<void> {
    // Who belongs to no workspace is told nothing: not even that.
    if (workspaceIds.length === 0) await sleep(5);
    const end = performance.now() + PATIENCE_MS;
    while (this.ended === null && !workspaceIds.every((id) => (this.passed.get(id) ?? '') >= at)) {
      if (performance.now() > end) throw new Error(`The stream stands still before ${at}.`);
      await new Promise<void>((resolve) => {
        this.news = resolve;
        setTimeout(resolve, 500).unref();
      });
    }
  }

  async close(): Promise<void> {
    this.ended ??= 'closed';
    await this.stream?.return?.();
  }

  /** By what graphql-ws calls on a socket (src/api/sockets.ts). */
  private async begin(): Promise<void> {
    const { api, logger, user, variables, query = PORTAL_EVENTS } = this.options;
    const operations = socketOperations(api, logger);
    if (user === null) return this.end('4403');
    const caller = {
      request: { id: 'same', ip: '192.0.2.7', token: tokenOf(user) },
      live: this.live(user),
      outletOf: () => this.outlet,
      opening: 0,
    };
    if (!(await caller.live.hub.accessOf(caller.live.token)).session) return this.end('4403');
    const inWords = (errors: readonly (GraphQLError | object)[]) =>
      errors.map((error) => operations.format(error as GraphQLError, 'same'));
    try {
      const args = await operations.prepare(caller, 'same', { query, variables });
      if ('length' in args) return this.end(JSON.stringify(inWords(args)));
      const stream = await operations.run(args);
      if (!(Symbol.asyncIterator in stream)) return this.end(JSON.stringify(inWords(stream.errors ?? [])));
      this.stream = stream;
      void this.listen(stream, inWords);
    } catch (error) {
      this.end(JSON.stringify(inWords([asGraphQL(error)])));
    }
  }

  private async listen(
    stream: AsyncIterableIterator<ExecutionResult>,
    inWords: (errors: readonly object[]) => readonly object[],
  ): Promise<void> {
    for await (const { errors, ...result } of stream)
      this.hear(errors ? { ...result, errors: inWords(errors) } : result);
    this.end('complete');
  }

  private hear(result: { data?: any; errors?: unknown }): void {
    const event = result.data?.portalEvents;
    if (event?.cursor) this.cursor = event.cursor;
    if (isMark(event)) this.passed.set(event.subject.id, event.occurredAt);
    else this.said.push(JSON.stringify(result));
    this.news();
  }

  private end(how: string): void {
    this.ended ??= how;
    this.news();
  }

  private live(user: string): Live {
    const { api, hub, wired = (live) => live } = this.options;
    const request = { id: 'same', ip: '192.0.2.7', token: tokenOf(user) };
    const { cursors, clock } = api.parts;
    const contextOf = (access: ProjectAccess) => contextWith(api.parts, { request, cost: 0 }, access);
    return wired({ hub, cursors, clock, token: request.token, contextOf });
  }

  /** In the place of the socket. */
  private readonly outlet: Outlet = {
    isFree: () => true,
    pass: ({ pieces }, cursor) => {
      this.shared++;
      this.hear(JSON.parse(pieces.map(String).join(cursor)));
    },
    sessionEnded: () => this.end('4403'),
    lagged: () => this.end('4290'),
    failed: (error) => this.end(`failed: ${error}`),
  };
}

const PATIENCE_MS = 8000;

/** "All of your notifications of this workspace are read": said by the test itself, after each thing that happens. */
const isMark = (event: any): boolean =>
  event?.kind === 'NOTIFICATION_READ' && event.subject?.__typename === 'Workspace';
