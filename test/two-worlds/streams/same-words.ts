import { unsealed } from '../asking/cursors';
import { ID } from '../asking/pools';

/**
 * What one world said, without what is chance: an id that the server made is called by the place at which it is first
 * heard of, and of what is sealed only the length is left.
 */
export class SameWords {
  private readonly names = new Map<string, string>();

  constructor(private readonly known: ReadonlySet<string>) {}

  of(said: string): string {
    return said.replace(TOKEN, (text) => `"${this.opened(text.slice(1, -1))}"`).replace(ID, (id) => this.nameOf(id));
  }

  private opened(text: string): string {
    if (isSealed(text)) return `sealed, ${text.length}`;
    return text.startsWith('Wy') ? JSON.stringify(unsealed(text)).replaceAll('"', "'") : text;
  }

  private nameOf(id: string): string {
    if (this.known.has(id)) return id;
    const name = this.names.get(id) ?? `${id.slice(0, 3)} ${this.names.size + 1}`;
    this.names.set(id, name);
    return name;
  }
}

const TOKEN = /"[\w-]{38,}"/g;

/** Whatever can be read as a text is not sealed, however it is written. */
function isSealed(text: string): boolean {
  return [...Buffer.from(text, 'base64url')].some((byte) => byte > 126 || (byte < 32 && byte > 13));
}
