import type { AccessChanges, Epoch } from '../access/load-access';
import type { Standing } from '../access/standing';

/**
 * Whose permissions have changed in one workspace since this process listens there. The database counts every change
 * (migration 0012), so that one look for what is new stands for reading everybody's permissions again.
 */
export class AccessWatch {
  /** Up to where it has looked. */
  epoch: number;
  /** When something last changed that everybody's permissions rest on. */
  private everybody: number;
  private readonly people = new Map<string, number>();

  /** Of what was read before `from` it knows nothing. */
  constructor(
    private readonly from: Epoch,
    private readonly changesSince: (since: Epoch) => Promise<AccessChanges>,
  ) {
    this.epoch = from.epoch;
    this.everybody = from.epoch;
  }

  async look(): Promise<void> {
    const { epoch, changes } = await this.changesSince({ ...this.from, epoch: this.epoch });
    for (const change of changes) {
      if (change.personId === '') this.everybody = Math.max(this.everybody, change.epoch);
      else this.people.set(change.personId, Math.max(this.people.get(change.personId) ?? 0, change.epoch));
    }
    this.epoch = Math.max(this.epoch, epoch);
  }

  /** Whether reading it again would have said the same, up to where this has looked and to `now`. */
  confirms(standing: Standing, now: Date): boolean {
    const own = standing.in(this.from.workspaceId);
    if (!own || !standing.isCurrent(now)) return false;
    return own.epoch >= this.everybody && own.epoch >= (this.people.get(own.personId) ?? 0);
  }
}
