import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { AUDIENCES, type Audience, type PermissionFlags, type Permit } from '../../access/permissions';
import { SETTING_KEYS, SETTINGS, type SettingKey } from '../../access/visibility';
import { DateTimeScalar } from '../../platform/scalars';
import type { Project } from './project.entity';

@ObjectType({ simpleResolvers: true, description: 'The four permissions of a person on a project.' })
export class Permissions implements PermissionFlags {
  @Field({ description: 'Logs time on the project while it is ACTIVE (F-043).' })
  trackTime: boolean;

  @Field({ description: 'Sees project-wide activity and client-facing totals (F-045).' })
  clientView: boolean;

  @Field({ description: 'Sees internal cost totals and cost budgets (F-046). Implies clientView.' })
  internalCosts: boolean;

  @Field({ description: 'Manages the project (F-048). Implies clientView; never for clients.' })
  managesProject: boolean;
}

enum AccessSource {
  GRANT = 'GRANT',
  ROLE = 'ROLE',
}

registerEnumType(AccessSource, {
  name: 'AccessSource',
  description: 'Where the access to a project comes from.',
  valuesConfig: {
    GRANT: { description: 'Somebody granted it, person by person.' },
    ROLE: { description: 'The role OWNER or ADMIN, which needs no grant.' },
  },
});

enum ProjectAction {
  LOG_TIME = 'LOG_TIME',
  LOG_TIME_FOR_OTHERS = 'LOG_TIME_FOR_OTHERS',
  EDIT_PROJECT = 'EDIT_PROJECT',
  EDIT_TASKS = 'EDIT_TASKS',
  INVITE = 'INVITE',
  MANAGE_MEMBERS = 'MANAGE_MEMBERS',
  MANAGE_INVOICES = 'MANAGE_INVOICES',
  SET_RATES = 'SET_RATES',
}

registerEnumType(ProjectAction, {
  name: 'ProjectAction',
  description: 'What the caller may do on a project, so that a front end offers nothing that would be refused.',
  valuesConfig: {
    LOG_TIME: { description: 'Log one’s own time.' },
    LOG_TIME_FOR_OTHERS: { description: 'Log time for whoever may track time here.' },
    EDIT_PROJECT: { description: 'Edit the project, its settings and status.' },
    EDIT_TASKS: { description: 'Create and edit tasks.' },
    INVITE: { description: 'Invite people to the project, as the workspace’s `invitePolicy` says.' },
    MANAGE_MEMBERS: { description: 'Change what others on the project hold, by the rules for grants.' },
    MANAGE_INVOICES: { description: 'Draft, send and void invoices; record payments.' },
    SET_RATES: { description: 'Set bill and cost rates.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'How far one part of a project is open to the caller.' })
class Section {
  @Field({ description: 'The visibility setting that governs it: `hours`, `invoices` …' })
  key: string;

  @Field({
    description: 'Its value for the caller: as set for clients, the widest for the team, HIDE without client view.',
  })
  value: string;
}

@ObjectType({ simpleResolvers: true, description: 'What the caller may see and do on one project.' })
export class MyAccess {
  @Field(() => Permissions, { description: 'What is granted, or comes with the role.' })
  permissions: PermissionFlags;

  @Field(() => AccessSource, { description: 'Where it comes from.' })
  source: AccessSource;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the grant ends; null for an open one.' })
  expiresAt: Date | null;

  @Field(() => [Section], { description: 'What there is to ask for.' })
  sections: Section[];

  @Field(() => [ProjectAction], { description: 'What there is to do.' })
  actions: ProjectAction[];
}

export function myAccessOn(project: Project, permit: Permit): MyAccess {
  return {
    permissions: permit,
    source: AccessSource[permit.source],
    expiresAt: permit.expiresAt,
    sections: SETTING_KEYS.filter((key) => key !== 'timeRelease').map((key) => ({ key, value: openness(permit, key) })),
    actions: ACTIONS.filter(([, may]) => may(permit, project)).map(([action]) => action),
  };
}

/** Tasks are listed for clients without client view too: those they are assigned to, or may log time on. */
function openness(permit: Permit, key: SettingKey): string {
  if (!permit.clientView && key !== 'tasks') return 'HIDE';
  return permit.settings === null ? SETTINGS[key][0] : permit.settings[key];
}

const says =
  (audience: Audience) =>
  (permit: Permit): boolean =>
    audience(permit, {}).length === 0;
const isActive = (project: Project): boolean => project.status === 'ACTIVE';
const isArchived = (project: Project): boolean => project.status === 'ARCHIVED';

const ACTIONS: [ProjectAction, (permit: Permit, project: Project) => boolean][] = [
  [ProjectAction.LOG_TIME, (permit, project) => isActive(project) && (permit.trackTime || permit.managesProject)],
  [ProjectAction.LOG_TIME_FOR_OTHERS, (permit, project) => isActive(project) && permit.managesProject],
  [ProjectAction.EDIT_PROJECT, says(AUDIENCES.manager)],
  [ProjectAction.EDIT_TASKS, says(AUDIENCES.manager)],
  [ProjectAction.INVITE, (permit, project) => !isArchived(project) && says(AUDIENCES.inviter)(permit)],
  [ProjectAction.MANAGE_MEMBERS, says(AUDIENCES.granter)],
  [ProjectAction.MANAGE_INVOICES, says(AUDIENCES.billing)],
  [ProjectAction.SET_RATES, says(AUDIENCES.admin)],
];
