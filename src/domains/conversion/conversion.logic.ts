import { PorticoError } from '../../platform/errors';
import { type Membership, PersonTypeEnum } from '../people/person.entity';

interface Candidate {
  person: Membership;
  callerId: string;
  /** Other active people with the role ADMIN. */
  otherAdmins: number;
  hasRunningTimer: boolean;
}

/** Refuses with every reason at once. */
export function refuseIneligible(candidate: Candidate): void {
  const reasons = obstacles(candidate);
  if (reasons.length === 0) return;
  const message = `This person cannot become a client: ${reasons.map((reason) => WORDS[reason]).join('; ')}.`;
  throw new PorticoError('NOT_ELIGIBLE_FOR_CONVERSION', message, { reasons });
}

function obstacles({ person, callerId, otherAdmins, hasRunningTimer }: Candidate): Reason[] {
  const reasons: Reason[] = [];
  if (person.personType === PersonTypeEnum.CLIENT) reasons.push('ALREADY_CLIENT');
  if (person.role === 'OWNER') reasons.push('OWNER');
  if (person.role === 'ADMIN' && otherAdmins === 0) reasons.push('LAST_ADMIN');
  if (person.id === callerId) reasons.push('SELF');
  if (hasRunningTimer) reasons.push('RUNNING_TIMER');
  return reasons;
}

const WORDS = {
  ALREADY_CLIENT: 'they are one',
  OWNER: 'they own the workspace',
  LAST_ADMIN: 'they are the last admin',
  SELF: 'nobody converts themselves',
  RUNNING_TIMER: 'a timer of theirs runs, which they have to stop or discard',
};

type Reason = keyof typeof WORDS;
