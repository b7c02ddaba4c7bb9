import { randomBytes } from 'node:crypto';
import { type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import type { AccessOfClass } from '../access/permission-class';
import type { Context } from '../context';
import { asHeardBy, type Heard } from '../events/as-seen';
import type { SharedAnswer, SharedOperation } from '../events/cohort';
import type { HeardEvent } from '../events/delivery';
import type { NumberedEvent } from '../events/event.entity';
import { completeResult } from './complete-result';
import { type ContextParts, contextWith } from './contexts';

/** A document with its values, as far as what is told depends on them. */
type Asked = Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'>;

/** One operation that is answered event by event: to one person, or once for all of a class. */
export class Operation implements SharedOperation {
  constructor(
    readonly key: string,
    private readonly asked: Asked,
    private readonly parts: ContextParts,
  ) {}

  /** As one person reads it, in a context of their own. */
  async answerTo(context: Context, heard: HeardEvent): Promise<ExecutionResult> {
    const result = await execute({ ...this.asked, rootValue: heard, contextValue: context });
    completeResult(result, context);
    return result;
  }

  /**
   * As all of a class read it. Nobody in particular asks: there is no session, no address and no socket in its context,
   * and whatever asks who it is makes it no answer for all of them.
   */
  async answer(access: AccessOfClass, event: NumberedEvent): Promise<SharedAnswer | null | undefined> {
    const context = contextWith(this.parts, { request: { id: 'stream', ip: '' }, cost: 0 }, access);
    const heard = await heardByAll(context, access, event);
    if (!heard) return heard;
    // Where the cursor goes: a word that stands nowhere else.
    const gap = randomBytes(18).toString('base64url');
    const result = await this.answerTo(context, { ...heard, event, cursor: gap });
    if (access.isPersonal) return undefined;
    if (result.errors) throw result.errors[0];
    const pieces = JSON.stringify(result)
      .split(gap)
      .map((text) => Buffer.from(text));
    return { kind: heard.kind, pieces, at: access.now, place: this.placeOf(event, access.now) };
  }

  private placeOf({ workspaceId, seq }: NumberedEvent, at: Date): SharedAnswer['place'] {
    const { cursors } = this.parts;
    const sealed = new Map<boolean, string>();
    return (isClient) => {
      const place = sealed.get(isClient) ?? cursors.place(workspaceId, { seq, at, isClient });
      sealed.set(isClient, place);
      return place;
    };
  }
}

async function heardByAll(
  context: Context,
  access: AccessOfClass,
  event: NumberedEvent,
): Promise<Heard | null | undefined> {
  try {
    const heard = await asHeardBy(context, event);
    return access.isPersonal ? undefined : heard;
  } catch (error) {
    if (access.isPersonal) return undefined;
    throw error;
  }
}
