import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type Limits, parseWithin } from './limits';

/** In characters of their sources, all together. */
const MOST_KEPT = 5_000_000;

/** Documents as they were read: front ends send the same ones again and again. */
export class Documents {
  private readonly known = new LRUCache<string, DocumentNode>({
    maxSize: MOST_KEPT,
    sizeCalculation: (_, source) => source.length + 1,
  });

  constructor(private readonly limits: Limits) {}

  /** @throws what `parseWithin` throws; nothing of that is kept. */
  read(source: string): DocumentNode {
    const known = this.known.get(source);
    if (known) return known;
    const document = parseWithin(source, this.limits);
    this.known.set(source, document);
    return document;
  }
}
