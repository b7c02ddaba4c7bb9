import type { Context } from '../../context';
import { badInput } from '../../platform/errors';
import type { Connection } from '../../platform/paging';
import { cleanOptionalText } from '../../platform/text';
import { cleanWebAddress } from '../../platform/web-address';
import { changePerson } from './change-person';
import type { ChangePersonTypeInput, ChangeRoleInput, UpdatePersonInput } from './people.inputs';
import { loadPeopleOfWorkspace } from './people.loaders';
import type { PeopleList } from './people.types';
import { refuseUnreadFilter } from './people-filter.logic';
import { MembershipStatus, type Person } from './person.entity';
import { decideDetails, decidePersonType, decideRole, decideStatus } from './person.logic';

/** The people of a workspace whom the viewer may see, by name; `FORBIDDEN` for a filter on what they may not read. */
export function peopleOf(context: Context, workspaceId: string, list: PeopleList): Promise<Connection<Person>> {
  if (list.filter) refuseUnreadFilter(context.access, workspaceId, list.filter);
  return loadPeopleOfWorkspace(context, workspaceId, list);
}

export function updatePerson(context: Context, input: UpdatePersonInput): Promise<Person> {
  const change = {
    title: cleanOptionalText(input.title, { field: 'title', max: 120 }),
    avatarUrl: cleanWebAddress(input.avatarUrl, 'avatarUrl'),
    weeklyCapacitySeconds: capacity(input.weeklyCapacitySeconds),
    clientFacing: input.clientFacing ?? undefined,
  };
  return changePerson(context, input, (decision) => decideDetails(decision, change));
}

export const changeRole = (context: Context, input: ChangeRoleInput): Promise<Person> =>
  changePerson(context, input, (decision) => decideRole(decision, input));

export const changePersonType = (context: Context, input: ChangePersonTypeInput): Promise<Person> =>
  changePerson(context, input, (decision) => decidePersonType(decision, input.personType));

/** From their next request on the person sees nothing of this workspace; their sessions and other workspaces live on. */
export const deactivatePerson = (context: Context, personId: string): Promise<Person> =>
  changePerson(context, { personId }, (decision) => decideStatus(decision, MembershipStatus.DEACTIVATED));

/** The person sees again what they still hold. */
export const reactivatePerson = (context: Context, personId: string): Promise<Person> =>
  changePerson(context, { personId }, (decision) => decideStatus(decision, MembershipStatus.ACTIVE));

const WEEK_SECONDS = 7 * 24 * 3600;

function capacity(seconds: number | null | undefined): number | null | undefined {
  if (seconds == null || (seconds >= 0 && seconds <= WEEK_SECONDS)) return seconds;
  throw badInput('weeklyCapacitySeconds', 'A week has 0 to 604800 seconds.', { max: WEEK_SECONDS, actual: seconds });
}
