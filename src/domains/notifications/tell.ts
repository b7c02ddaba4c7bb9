import { missingOnField } from '../../access/fields';
import type { Context } from '../../context';
import { today } from '../../platform/clock';
import { readBudget, readCostBudget } from '../budgets/budgets.service';
import type { Invitation } from '../invitations/invitation.entity';
import { InvitationStatus } from '../invitations/invitation.enums';
import type { Invoice } from '../invoices/invoice.entity';
import type { Project } from '../projects/project.entity';
import { ProjectStatus } from '../projects/project.enums';
import { loadProject } from '../projects/projects.loaders';
import type { Task } from '../tasks/task.entity';
import { loadWorkspace } from '../workspaces/workspace.loaders';
import type { Notification } from './notification.entity';
import type { TellingKind } from './recipients';

/** What a notification says, in one sentence, from what its reader may see at this moment. No amounts (L-14). */
export async function tell(context: Context, notification: Notification): Promise<string> {
  const { kind, ofProjectId, workspaceId } = notification;
  const project = ofProjectId === null ? null : await loadProject(context, ofProjectId);
  const workspace = (await loadWorkspace(context, workspaceId))!.name;
  return SENTENCES[kind]({ context, notification, project, workspace });
}

interface Told {
  context: Context;
  notification: Notification;
  /** Null for what belongs to none, and when it is lost. */
  project: Project | null;
  workspace: string;
}

type Sentence = (told: Told) => Promise<string> | string;

const SENTENCES: Record<TellingKind, Sentence> = {
  'invoice.sent': async (told) => `Invoice ${await invoice(told)} was issued${on(told)}.`,
  'invoice.overdue': async (told) => `Invoice ${await invoice(told)} is past its due date${on(told)}.`,
  'invoice.voided': async (told) => `Invoice ${await invoice(told)} was withdrawn${on(told)}.`,
  'invoice.paid': async (told) => `Invoice ${await invoice(told)} is paid in full${on(told)}.`,
  'payment.received': async (told) => `A payment for invoice ${await invoice(told)} was recorded${on(told)}.`,
  'budget.threshold_reached': budgetUsed,
  'time.released': (told) => `More of the hours${on(told)} can be seen.`,
  'project.updated': ({ project }) => (project ? `${quoted(project.name)} ${STATUS[project.status]}.` : GONE),
  'task.updated': async (told) => `The task ${quoted((await subject<Task>(told))?.title)} was given to you${on(told)}.`,
  'invitation.updated': async (told) => {
    const invitation = await subject<Invitation>(told);
    if (!invitation) return GONE;
    const over = invitation.status === InvitationStatus.EXPIRED ? 'has expired' : 'had expired';
    return `The invitation of ${invitation.name} ${over}.`;
  },
  'access.granted': ({ project, workspace }) => `You were put on ${named(project, workspace)}.`,
  'access.changed': ({ project, workspace, notification }) =>
    `What you may see or do ${notification.ofProjectId === null ? `in ${workspace}` : `on ${named(project, workspace)}`} has changed.`,
  'access.revoked': ({ project, workspace }) => `Your access to ${named(project, workspace)} has ended.`,
  'access.expiring': ({ context, project, workspace }) => {
    const end = project && context.access.permit({ ...project, projectId: project.id })?.expiresAt;
    const { timezone } = context.access.membership(project?.workspaceId ?? '') ?? {};
    if (!end || !timezone) return `Your access to ${named(project, workspace)} was about to end.`;
    return `Your access to ${named(project, workspace)} ends on ${today({ now: () => end }, timezone)}.`;
  },
};

/** What is not shown is not listed: said only when it went between the list and this sentence. */
const GONE = 'This cannot be seen any more.';

const STATUS: Record<ProjectStatus, string> = {
  [ProjectStatus.PLANNED]: 'is planned',
  [ProjectStatus.ACTIVE]: 'is under way',
  [ProjectStatus.ON_HOLD]: 'is on hold',
  [ProjectStatus.COMPLETED]: 'is completed',
  [ProjectStatus.ARCHIVED]: 'is archived',
};

/** The number of the invoice that it is about, as its reader sees it. */
const invoice = async (told: Told): Promise<string> => (await subject<Invoice>(told))?.number ?? '';

/** What it happened to, as its reader sees it. */
async function subject<T>({ context, notification: { subjectId } }: Told): Promise<T | null> {
  return subjectId === null ? null : ((await context.node(subjectId)) as T | null);
}

const on = ({ project }: Told): string => (project ? ` on ${quoted(project.name)}` : '');

const named = (project: Project | null, workspace: string): string =>
  project ? quoted(project.name) : `a project of ${workspace}`;

const quoted = (name: string | undefined): string => (name === undefined ? '' : `“${name}”`);

/** How far it is used by now, as its reader sees it: the budget that it is about may be another by now. */
async function budgetUsed({ context, project, notification: { changed } }: Told): Promise<string> {
  if (!project) return GONE;
  const ofCosts = !changed.includes('Project.budget');
  const percent = ofCosts ? await costPercent(context, project) : await percentOf(context, project);
  const budget = `${ofCosts ? 'cost budget' : 'budget'} of ${quoted(project.name)}`;
  if (percent === null || percent < 80) return `The ${budget} came near its end.`;
  return percent < 100 ? `More than 80 % of the ${budget} is used.` : `The ${budget} is used up.`;
}

async function percentOf(context: Context, project: Project): Promise<number | null> {
  if (missingOnField(context.access, 'Project.budget', project).length > 0) return null;
  return (await readBudget(context, project))?.usedPercent ?? null;
}

async function costPercent(context: Context, project: Project): Promise<number | null> {
  if (missingOnField(context.access, 'Project.costBudget', project).length > 0) return null;
  const budget = await readCostBudget(context, project);
  if (!budget || missingOnField(context.access, 'CostBudget.usedPercent', budget).length > 0) return null;
  return budget.usedPercent;
}
