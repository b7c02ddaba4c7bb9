import { Session } from './domains/auth/session.entity';
import { User } from './domains/auth/user.entity';
import { ClientOrganisation } from './domains/clients/client-organisation.entity';
import { Contact } from './domains/clients/contact.entity';
import { ProjectGrant } from './domains/grants/project-grant.entity';
import { MailOutbox } from './domains/mail/mail-outbox.entity';
import { Membership } from './domains/people/person.entity';
import { Project } from './domains/projects/project.entity';
import { Workspace } from './domains/workspaces/workspace.entity';

/** Every table that TypeORM writes. */
export const entities = [
  ClientOrganisation,
  Contact,
  MailOutbox,
  Membership,
  Project,
  ProjectGrant,
  Session,
  User,
  Workspace,
];
