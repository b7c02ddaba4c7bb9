import { registerEnumType } from 'type-graphql';

export enum InvitationStatus {
  PENDING = 'PENDING',
  EXPIRED = 'EXPIRED',
  ACCEPTED = 'ACCEPTED',
  REVOKED = 'REVOKED',
}

registerEnumType(InvitationStatus, {
  name: 'InvitationStatus',
  description: 'How far an invitation has come: PENDING → ACCEPTED, REVOKED or EXPIRED; EXPIRED → PENDING by resend.',
  valuesConfig: {
    PENDING: { description: 'The link waits to be used.' },
    EXPIRED: { description: '168 hours have passed since it was last sent (F-027).' },
    ACCEPTED: { description: 'The person is in the workspace.' },
    REVOKED: { description: 'Withdrawn; its link is dead.' },
  },
});

export enum InviteOutcome {
  INVITED = 'INVITED',
  MERGED_INTO_PENDING = 'MERGED_INTO_PENDING',
  ASSIGNED_EXISTING_MEMBER = 'ASSIGNED_EXISTING_MEMBER',
}

registerEnumType(InviteOutcome, {
  name: 'InviteOutcome',
  description: 'What inviting came to.',
  valuesConfig: {
    INVITED: { description: 'A mail with a link is on its way.' },
    MERGED_INTO_PENDING: {
      description: 'An invitation was pending: it was extended by the new assignment, and not sent again (F-033).',
    },
    ASSIGNED_EXISTING_MEMBER: {
      description: 'The person is in the workspace already and was assigned at once; no mail was sent (F-032).',
    },
  },
});

export enum SkipReason {
  PROJECT_ARCHIVED = 'PROJECT_ARCHIVED',
  EXPIRED = 'EXPIRED',
  NOT_FOR_CLIENTS = 'NOT_FOR_CLIENTS',
}

registerEnumType(SkipReason, {
  name: 'SkippedGrantReason',
  description: 'Why an assignment of an accepted invitation came to nothing.',
  valuesConfig: {
    PROJECT_ARCHIVED: { description: 'The project was archived in the meantime.' },
    EXPIRED: { description: 'The assignment had its own end, which has passed.' },
    NOT_FOR_CLIENTS: { description: 'The person is a client in this workspace, and clients cannot hold it.' },
  },
});
