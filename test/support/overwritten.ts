interface Writing {
  id: string;
  field: 'title' | 'internalNotes';
  text: string;
  /** When it was begun, and acknowledged: never, where nobody knows whether it was done, or when. */
  from: number;
  to: number;
}

export type Written = { id: string } & Record<Writing['field'], string | null>;

/** What was written over what, and acknowledged: of two at once either may stand at last. */
export class Overwritten {
  private readonly all: Writing[] = [];
  private time = 0;

  /** To be called when it is acknowledged. */
  begin(id: string, field: Writing['field'], text: string): () => void {
    const writing = { id, field, text, from: ++this.time, to: Number.POSITIVE_INFINITY };
    this.all.push(writing);
    return () => {
      writing.to = ++this.time;
    };
  }

  /** In words: where something older stands than what was acknowledged last. */
  lost(things: readonly Written[]): string[] {
    return things.flatMap((thing) =>
      (['title', 'internalNotes'] as const).flatMap((field) => {
        const writings = this.all.filter((one) => one.id === thing.id && one.field === field);
        const acknowledged = writings.filter(({ to }) => Number.isFinite(to));
        const last = acknowledged.reduce<Writing | null>((a, b) => (a && a.from > b.from ? a : b), null);
        const stands = writings.find(({ text }) => text === thing[field]);
        const isLost = last && (!stands || stands.to < last.from);
        return isLost ? [`The ${field} "${last.text}" was acknowledged, and "${thing[field]}" stands there.`] : [];
      }),
    );
  }
}
