import { rereadAccess } from '../../access/reread-access';
import { changedOverrides } from '../../access/visibility.types';
import type { Context } from '../../context';
import { changedFields, type FieldNames } from '../../events/changed-fields';
import { emit } from '../../events/outbox';
import type { Sql } from '../../platform/database';
import { notFound, PorticoError } from '../../platform/errors';
import { cleanText } from '../../platform/text';
import { expectVersion } from '../../platform/versioned';
import { cleanWebAddress } from '../../platform/web-address';
import { lookAgain } from '../people/look-again';
import { insertWorkspace, uniqueSlugOf } from './new-workspace';
import { knownTimeZone } from './time-zone';
import { Workspace } from './workspace.entity';
import type { CreateWorkspaceInput, UpdateWorkspaceInput } from './workspace.inputs';
import { loadWorkspace } from './workspace.loaders';
import { cleanColour } from './workspace.logic';
import { countOwned, findTimeZoneOf, lockWorkspace } from './workspaces.repository';

/** One person needs few; without a bound a script could fill the server. */
const MOST_OWNED = 20;

/** Whoever is signed in may open a workspace of their own, clients too; they stay a client where they are one (F-014). */
export async function createWorkspace(context: Context, input: CreateWorkspaceInput): Promise<Workspace> {
  const { db, clock, access } = context;
  const { userId } = access;
  const name = cleanText(input.name, { field: 'name', max: 120 });
  const given = input.timezone == null ? null : await knownTimeZone(db, input.timezone);
  const id = await db.transaction(async (tx) => {
    if ((await countOwned(tx, userId)) >= MOST_OWNED) throw tooManyOwned();
    const timezone = given ?? (await findTimeZoneOf(tx, userId));
    const defaultCurrency = input.defaultCurrency ?? 'EUR';
    const facts = { name, slug: uniqueSlugOf(name), timezone, defaultCurrency, userId };
    const workspaceId = await insertWorkspace(tx, facts, clock);
    await emit(tx, context, 'workspace.updated', { workspaceId });
    await lookAgain(tx, 'workspace.joined', { userId, now: clock.now() });
    return workspaceId;
  });
  return rereadWorkspace(context, id);
}

/** What owners and admins decide for the whole workspace. Defaults count for what is made from now on. */
export async function updateWorkspace(context: Context, input: UpdateWorkspaceInput): Promise<Workspace> {
  const { db, clock } = context;
  const { workspaceId: id } = input;
  const values = await cleanValues(db, input);
  await db.transaction(async (tx) => {
    const present = await lockWorkspace(tx, id);
    if (!present) throw notFound('workspaceId');
    expectVersion(present.version, input.expectedVersion);
    const defaultVisibility = changedOverrides(present.defaultVisibility, input.defaultVisibility ?? {});
    const version = present.version + 1;
    const changes = { ...values, defaultVisibility };
    await tx.update(Workspace, { id }, { ...changes, version, updatedAt: clock.now() });
    const changed = changedFields('Workspace', present, changes, FIELDS);
    await emit(tx, context, 'workspace.updated', { workspaceId: id, changed });
  });
  return rereadWorkspace(context, id);
}

const FIELDS: FieldNames<Workspace> = {
  logoUrl: 'branding',
  brandColour: 'branding',
  invitePolicy: 'settings',
  // With it members see other rates.
  membersSeeBillRates: ['settings', 'rates'],
  clientProfileEdit: 'settings',
  notificationDefault: 'settings',
  defaultPreset: 'settings',
  defaultVisibility: 'settings',
};

async function cleanValues(db: Sql, input: UpdateWorkspaceInput): Promise<Partial<Workspace>> {
  const { name, timezone, branding } = input;
  return {
    name: name == null ? undefined : cleanText(name, { field: 'name', max: 120 }),
    timezone: timezone == null ? undefined : await knownTimeZone(db, timezone),
    logoUrl: cleanWebAddress(branding?.logoUrl, 'branding.logoUrl'),
    brandColour: cleanColour(branding?.colour, 'branding.colour'),
    defaultCurrency: input.defaultCurrency ?? undefined,
    invitePolicy: input.invitePolicy ?? undefined,
    membersSeeBillRates: input.membersSeeBillRates ?? undefined,
    clientProfileEdit: input.clientProfileEdit ?? undefined,
    notificationDefault: input.notificationDefault ?? undefined,
    defaultPreset: input.defaultPreset ?? undefined,
  };
}

/** Settings of a workspace and who belongs to it are part of what the caller holds, so that is read again with it. */
async function rereadWorkspace(context: Context, id: string): Promise<Workspace> {
  await rereadAccess(context);
  const workspace = await loadWorkspace(context, id);
  if (!workspace) throw notFound();
  return workspace;
}

const tooManyOwned = (): PorticoError =>
  new PorticoError('LIMIT_EXCEEDED', `You own ${MOST_OWNED} workspaces already.`, { limit: MOST_OWNED });
