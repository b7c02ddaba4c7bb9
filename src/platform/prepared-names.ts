/** What is asked so often is worth a plan that is kept; PostgreSQL keeps them for each connection, so not too many. */
const OFTEN = 3;
const MOST = 300;
const MOST_COUNTED = 5000;

/** The names under which PostgreSQL keeps what it has read and planned: statements that come again are not planned again. */
export class PreparedNames {
  private readonly names = new Map<string, string>();
  private readonly asked = new Map<string, number>();

  /** Undefined for what is not asked often enough. */
  nameOf(text: string): string | undefined {
    const name = this.names.get(text);
    if (name || this.names.size >= MOST) return name;
    const times = (this.asked.get(text) ?? 0) + 1;
    if (times >= OFTEN) {
      this.names.set(text, `p${this.names.size}`);
      this.asked.delete(text);
    } else if (this.asked.size < MOST_COUNTED) this.asked.set(text, times);
    else this.asked.clear();
    return this.names.get(text);
  }
}
