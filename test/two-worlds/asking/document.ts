import type { Question } from '../running-worlds';
import type { Random } from './random';
import { asVariable, printed, type Value } from './values';

/** The names of one selection set, under which nothing may stand twice. */
export type Names = Set<string>;

/** What belongs to a document as a whole: variables, fragments, other names and directives. */
export class DocumentParts {
  private readonly declared: string[] = [];
  private readonly variables: Record<string, unknown> = {};
  private readonly fragments: string[] = [];
  private aliases = 0;
  private directives = 0;

  constructor(private readonly random: Random) {}

  finish(kind: 'query' | 'mutation', fields: readonly string[]): Question {
    const head = this.declared.length > 0 ? `(${this.declared.join(', ')})` : '';
    const query = [`${kind} ${head} { ${fields.join(' ')} }`, ...this.fragments].join('\n');
    return { query, variables: this.variables };
  }

  /** In its place, or beside the document. */
  value(type: string, value: Value): string {
    return this.random.percent(30) ? this.variable(type, asVariable(value)) : printed(value);
  }

  private variable(type: string, value: unknown): string {
    const name = `v${this.declared.length}`;
    this.declared.push(`$${name}: ${type}`);
    this.variables[name] = value;
    return `$${name}`;
  }

  /** Under its own name where that is free, else under another; sometimes under another all the same. */
  named(field: string, names: Names): string {
    const isFree = !names.has(field);
    const mayBeOther = this.aliases < MOST_ALIASES;
    const name = isFree && !(mayBeOther && this.random.percent(10)) ? field : `a${this.aliases++}`;
    names.add(name);
    return name === field ? field : `${name}: ${field}`;
  }

  /** The fields as they are, or in a fragment. */
  wrapped(type: string, fields: string): string {
    const chance = this.random.below(100);
    if (chance < 6) return `... on ${type}${this.directive()} { ${fields} }`;
    if (chance >= 12) return fields;
    const name = `F${this.fragments.length}`;
    this.fragments.push(`fragment ${name} on ${type} { ${fields} }`);
    return `...${name}`;
  }

  directive(): string {
    const { random } = this;
    if (this.directives >= MOST_DIRECTIVES || !random.percent(3)) return '';
    this.directives++;
    const [name, condition] = random.pick([
      ['include', true],
      ['skip', false],
      ['include', false],
    ] as const);
    return ` @${name}(if: ${random.percent(50) ? condition : this.variable('Boolean!', condition)})`;
  }
}

/** Within what one query may have (src/api/limits.ts). */
const MOST_ALIASES = 24;
const MOST_DIRECTIVES = 6;
