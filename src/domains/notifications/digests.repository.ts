import type { Tx } from '../../platform/database';
import type { NotificationFrequency } from '../workspaces/notification-frequency';

/** Somebody whose digest is due, or who has begun or ceased to want any. */
export interface DigestReader {
  personId: string;
  workspaceId: string;
  email: string;
  timezone: string;
  frequency: NotificationFrequency;
  nextDigestAt: Date | null;
  /** For which frequency and time zone that was reckoned. */
  digestOf: string | null;
  digestSince: Date | null;
}

export const digestOf = ({ frequency, timezone }: Pick<DigestReader, 'frequency' | 'timezone'>): string =>
  `${frequency}/${timezone}`;

const FREQUENCY = 'coalesce(m.notification_frequency, w.notification_default)';

export function takeDigestReaders(tx: Tx, now: Date, most: number): Promise<DigestReader[]> {
  return tx.rows<DigestReader>(
    `select m.id as person_id, m.workspace_id, u.email, u.timezone, ${FREQUENCY} as frequency, m.next_digest_at,
       m.digest_of, m.digest_since
     from membership m join workspace w on w.id = m.workspace_id join app_user u on u.id = m.user_id
     where m.status = 'ACTIVE' and u.status = 'ACTIVE'
       and case when ${FREQUENCY} in ('DAILY', 'WEEKLY')
         then m.next_digest_at is null or m.next_digest_at <= $1 or m.digest_of <> ${FREQUENCY} || '/' || u.timezone
         else m.next_digest_at is not null end
     order by m.id limit $2 for no key update of m skip locked`,
    [now, most],
  );
}

interface DigestPlan {
  nextDigestAt: Date | null;
  digestOf: string | null;
  /** What happened before nobody wanted in a digest. */
  digestSince: Date | null;
}

export async function planDigest(tx: Tx, personId: string, plan: DigestPlan): Promise<void> {
  const { nextDigestAt, digestOf, digestSince } = plan;
  await tx.rows('update membership set next_digest_at = $2, digest_of = $3, digest_since = $4 where id = $1', [
    personId,
    nextDigestAt,
    digestOf,
    digestSince,
  ]);
}

/** Takes what is unread and was in no mail yet; gives the ids, the newest first. */
export async function takeUnmailed(
  tx: Tx,
  personId: string,
  { since, criticalOnly }: { since: Date; criticalOnly: boolean },
): Promise<string[]> {
  const rows = await tx.rows<{ id: string; createdAt: Date }>(
    `update notification set is_mailed = true
     where person_id = $1 and created_at >= $2 and read_at is null and not is_mailed and (critical or not $3)
     returning id, created_at`,
    [personId, since, criticalOnly],
  );
  return rows.sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime()).map(({ id }) => id);
}
