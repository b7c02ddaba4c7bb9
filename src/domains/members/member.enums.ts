import { registerEnumType } from 'type-graphql';

export enum MemberStatus {
  PENDING = 'PENDING',
  UPCOMING = 'UPCOMING',
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  EXPIRED = 'EXPIRED',
  DEACTIVATED = 'DEACTIVATED',
}

registerEnumType(MemberStatus, {
  name: 'ProjectMemberStatus',
  description: 'How somebody stands to a project at this moment.',
  valuesConfig: {
    PENDING: { description: 'Invited, and not yet accepted (F-029).' },
    UPCOMING: { description: 'Granted from a later moment on.' },
    ACTIVE: { description: 'The grant counts.' },
    SUSPENDED: { description: 'Set aside by hand; nothing is seen until it is resumed.' },
    EXPIRED: { description: 'The grant has ended, or the invitation ran out before it was accepted.' },
    DEACTIVATED: { description: 'The person is deactivated in the workspace.' },
  },
});
