import { GraphQLEnumType, GraphQLError } from 'graphql';

/**
 * The closed list of error codes. It stands in the schema, so that clients can type `extensions.code`.
 * A code is added here when something can answer it, never before.
 */
export enum ErrorCode {
  UNAUTHENTICATED = 'UNAUTHENTICATED',
  INVALID_CREDENTIALS = 'INVALID_CREDENTIALS',
  FORBIDDEN = 'FORBIDDEN',
  NOT_FOUND = 'NOT_FOUND',
  BAD_USER_INPUT = 'BAD_USER_INPUT',
  INVALID_CURSOR = 'INVALID_CURSOR',
  CONFLICT = 'CONFLICT',
  INVALID_TRANSITION = 'INVALID_TRANSITION',
  EXPIRED = 'EXPIRED',
  PROJECT_NOT_ACTIVE = 'PROJECT_NOT_ACTIVE',
  ENTRY_LOCKED = 'ENTRY_LOCKED',
  TIMER_ALREADY_RUNNING = 'TIMER_ALREADY_RUNNING',
  AMOUNT_EXCEEDS_BALANCE = 'AMOUNT_EXCEEDS_BALANCE',
  CURRENCY_MISMATCH = 'CURRENCY_MISMATCH',
  CLIENT_CANNOT_MANAGE_PROJECT = 'CLIENT_CANNOT_MANAGE_PROJECT',
  CLIENT_CANNOT_HOLD_ROLE = 'CLIENT_CANNOT_HOLD_ROLE',
  CLIENT_IS_FINAL = 'CLIENT_IS_FINAL',
  NOT_ELIGIBLE_FOR_CONVERSION = 'NOT_ELIGIBLE_FOR_CONVERSION',
  CONTRADICTORY_PERMISSIONS = 'CONTRADICTORY_PERMISSIONS',
  GRANT_EXCEEDS_GRANTER = 'GRANT_EXCEEDS_GRANTER',
  REASON_REQUIRED = 'REASON_REQUIRED',
  INVITATION_EXPIRED = 'INVITATION_EXPIRED',
  INVITATION_REVOKED = 'INVITATION_REVOKED',
  INVITATION_EMAIL_MISMATCH = 'INVITATION_EMAIL_MISMATCH',
  INVITATION_ALREADY_ACCEPTED = 'INVITATION_ALREADY_ACCEPTED',
  MEMBER_DEACTIVATED = 'MEMBER_DEACTIVATED',
  RETRY_LATER = 'RETRY_LATER',
  RATE_LIMITED = 'RATE_LIMITED',
  QUERY_TOO_COMPLEX = 'QUERY_TOO_COMPLEX',
  TIMEOUT = 'TIMEOUT',
  LIMIT_EXCEEDED = 'LIMIT_EXCEEDED',
  ACCESS_REVOKED = 'ACCESS_REVOKED',
  STREAM_RESET_REQUIRED = 'STREAM_RESET_REQUIRED',
  INTERNAL = 'INTERNAL',
}

const DESCRIPTIONS: Record<ErrorCode, { description: string }> = {
  UNAUTHENTICATED: { description: 'Nobody is signed in, or the session has ended. Sign in and try again.' },
  INVALID_CREDENTIALS: { description: 'E-mail and password do not belong together.' },
  FORBIDDEN: { description: 'The caller sees the thing but may not do this. `requires` names what is missing.' },
  NOT_FOUND: { description: 'No such thing, or none that the caller may see: the two are never told apart.' },
  BAD_USER_INPUT: { description: 'An input is malformed. `field` names it; `max` and `actual` are given for lengths.' },
  INVALID_CURSOR: { description: 'The cursor was not given by this connection under this sort.' },
  CONFLICT: { description: 'Somebody else changed the thing, or the name is taken. `current` is the present version.' },
  INVALID_TRANSITION: { description: 'The thing is in state `from`, which leads to `allowed` and not to `to`.' },
  EXPIRED: { description: 'Too late: it ended at `expiredAt`.' },
  PROJECT_NOT_ACTIVE: { description: 'Time is logged on projects with status ACTIVE alone.' },
  ENTRY_LOCKED: { description: 'The time entry stands on an issued invoice and cannot change.' },
  TIMER_ALREADY_RUNNING: {
    description: 'Another timer of the caller runs in the workspace: `timerId`, since `startedAt`.',
  },
  AMOUNT_EXCEEDS_BALANCE: { description: 'A payment is larger than what is still open.' },
  CURRENCY_MISMATCH: { description: 'An amount is in another currency than the project or invoice.' },
  CLIENT_CANNOT_MANAGE_PROJECT: { description: 'People of type CLIENT never manage projects.' },
  CLIENT_CANNOT_HOLD_ROLE: { description: 'People of type CLIENT are MEMBERs without business roles.' },
  CLIENT_IS_FINAL: { description: 'Once a client, always a client in this workspace.' },
  NOT_ELIGIBLE_FOR_CONVERSION: { description: 'The person cannot become a client; `reasons` say why.' },
  CONTRADICTORY_PERMISSIONS: { description: 'One permission was asked on and off at the same time.' },
  GRANT_EXCEEDS_GRANTER: {
    description: 'The permission is not the caller’s to give, or the grant is the caller’s own.',
  },
  REASON_REQUIRED: { description: 'Showing internal costs to a client needs a `reason`, which is kept.' },
  INVITATION_EXPIRED: { description: 'The invitation ran out; ask for it to be sent again.' },
  INVITATION_REVOKED: { description: 'The invitation was withdrawn.' },
  INVITATION_EMAIL_MISMATCH: { description: 'The caller is signed in with another e-mail than the one invited.' },
  INVITATION_ALREADY_ACCEPTED: { description: 'The invitation was used. Sign in instead.' },
  MEMBER_DEACTIVATED: { description: 'The person is deactivated in this workspace; reactivate them first.' },
  RETRY_LATER: { description: 'The server starts or stops, or its database is away. Try again in a moment.' },
  RATE_LIMITED: { description: 'Too many attempts. Try again after `retryAfter` seconds.' },
  QUERY_TOO_COMPLEX: { description: 'The operation asks for too much; `reason` and `limit` say of what.' },
  TIMEOUT: { description: 'The operation ran longer than it may. Ask for less.' },
  LIMIT_EXCEEDED: { description: 'A limit of the workspace or of a list is reached; `limit` is the number.' },
  ACCESS_REVOKED: { description: 'The stream has ended: nothing that it told of is open to the caller any more.' },
  STREAM_RESET_REQUIRED: {
    description:
      'Too much has happened since `after`, or too long ago; or you have joined a workspace since, or become a client. ' +
      'Read anew and subscribe without it.',
  },
  INTERNAL: { description: 'The server failed. `requestId` finds the cause in its log.' },
};

/** No field answers this type; it is in the schema for clients to generate types from. */
export const errorCodeType = new GraphQLEnumType({
  name: 'ErrorCode',
  description: 'What `errors[].extensions.code` may say. The list is closed: anything else is a bug of the server.',
  values: DESCRIPTIONS,
});

/** A refusal that a person can act on. Whatever else is thrown is masked as `INTERNAL`. */
export class PorticoError extends GraphQLError {
  constructor(code: ErrorCode | keyof typeof ErrorCode, message: string, extensions: Record<string, unknown> = {}) {
    super(message, { extensions: { ...extensions, code } });
  }
}

export const unauthenticated = (): PorticoError =>
  new PorticoError('UNAUTHENTICATED', 'Sign in first: this needs a valid session.');

/** The one answer for unknown, malformed, foreign and hidden ids alike. */
export const notFound = (field?: string): PorticoError =>
  new PorticoError('NOT_FOUND', 'There is no such thing, or none that you may see.', field ? { field } : {});

export const forbidden = (requires: readonly string[]): PorticoError =>
  new PorticoError('FORBIDDEN', `You may not do this: it needs ${requires.join(' and ')}.`, {
    requires: [...requires],
  });

export const badInput = (field: string, message: string, details: Record<string, unknown> = {}): PorticoError =>
  new PorticoError('BAD_USER_INPUT', message, { ...details, field });

export const isTimeout = (error: unknown): boolean =>
  error instanceof PorticoError && error.extensions.code === ErrorCode.TIMEOUT;
