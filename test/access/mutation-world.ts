import type { CastName } from '../../src/demo/cast';
import { emailOf } from '../../src/demo/cast';
import { hashPassword } from '../../src/domains/auth/password';
import type { Invoice } from '../../src/domains/invoices/invoice.entity';
import type { Project } from '../../src/domains/projects/project.entity';
import { after, hours } from '../../src/platform/clock';
import { newToken, tokenHash } from '../../src/platform/ids';
import { PASSWORD } from '../support/auth-builders';
import { aProject } from '../support/builders';
import { aContact, anOrganisation } from '../support/clients-builders';
import { invite, linkTo } from '../support/invitations-builders';
import { anInvoice, type InvoiceFacts } from '../support/invoice-builders';
import { aNotification } from '../support/notices';
import { aMember, aSession, type Extra, type MemberFacts } from '../support/people-builders';
import { TestServer } from '../support/server';
import { aRate, aTask, aTimeEntry, aTimer } from '../support/time-builders';
import { WIDEST } from './matrix-world';

/**
 * The columns of the specification and more: N client without a grant here · B client, all off · T client who tracks time ·
 * V client view · C client with internal costs · M internal · $ internal with BILLING · P manages the project, without
 * a role · R role MANAGER without a grant · A admin · O owner · - nobody signed in.
 */
export const COLUMNS = ['N', 'B', 'T', 'V', 'C', 'M', '$', 'P', 'R', 'A', 'O', '-'] as const;
export type Column = (typeof COLUMNS)[number];

const CAST: Record<Exclude<Column, 'R' | '-'>, CastName> = {
  N: 'eve',
  B: 'bo',
  T: 'tess',
  V: 'clara',
  C: 'carl',
  M: 'wim',
  $: 'cora',
  P: 'max',
  A: 'ada',
  O: 'olga',
};

/** One project of Acme's on which clients see everything they can, and something new of every kind when it is asked for. */
export class MutationWorld {
  private constructor(
    readonly server: TestServer,
    readonly project: Project,
    private readonly mona: Extra,
  ) {}

  static async build(): Promise<MutationWorld> {
    const server = await TestServer.start();
    const project = await aProject(server, { visibility: WIDEST });
    const mona = await aMember(server, { role: 'MANAGER', displayName: 'Mona Maker' });
    for (const sql of [
      `update membership set role = 'MEMBER' where id = '${server.cast.people.max}'`,
      `update membership set business_roles = '{BILLING}' where id = '${server.cast.people.cora}'`,
      'update client_organisation set max_contacts = 1000',
    ]) {
      await server.database.rows(sql);
    }
    await server.database.rows('update app_user set password_hash = $1', [await hashPassword(PASSWORD)]);
    return new MutationWorld(server, project, mona);
  }

  /** Whatever an allowed mutation before may have moved stands where it stood. */
  async reset(): Promise<void> {
    for (const sql of [
      `update client_organisation set status = 'ACTIVE' where id = '${this.acme}'`,
      `update project set status = 'ACTIVE', visibility = '${JSON.stringify(WIDEST)}' where id = '${this.project.id}'`,
      `update session set revoked_at = null`,
      'delete from timer',
    ]) {
      await this.server.database.rows(sql);
    }
  }

  get acme(): string {
    return this.server.cast.clients.acme;
  }

  get workspaceId(): string {
    return this.server.cast.workspaceId;
  }

  tokenOf(column: Column): { token: string } | null {
    if (column === '-') return null;
    return { token: column === 'R' ? this.mona.token : `token-of-${CAST[column]}` };
  }

  userOf(column: Column): string {
    if (column === '-' || column === 'R') return this.mona.userId;
    return this.server.cast.users[CAST[column]];
  }

  personOf(column: Column): string {
    return column === '-' || column === 'R' ? this.mona.personId : this.server.cast.people[CAST[column]];
  }

  emailOf(column: Column): string {
    return column === '-' || column === 'R' ? this.mona.email : emailOf(CAST[column]);
  }

  session(column: Column): Promise<{ id: string; token: string }> {
    return aSession(this.server, this.userOf(column));
  }

  /** Somebody of the team on the project, whom its people see. */
  async colleague(facts: MemberFacts = {}): Promise<string> {
    const on = { projectId: this.project.id, permissions: { trackTime: true, clientView: true } };
    return (await aMember(this.server, { on, ...facts })).personId;
  }

  async suspended(): Promise<string> {
    const permissions = { trackTime: true, clientView: true };
    return this.colleague({ on: { projectId: this.project.id, permissions, status: 'SUSPENDED' } });
  }

  async task(assignedTo?: Column): Promise<string> {
    const { id } = await aTask(this.server, this.project);
    if (assignedTo && assignedTo !== '-') {
      await this.server.database.rows('update task set assignee_id = $2 where id = $1', [
        id,
        this.personOf(assignedTo),
      ]);
    }
    return id;
  }

  /** An entry of this column's own, or of a colleague's. */
  async entry(of?: Column): Promise<string> {
    const { id } = await aTimeEntry(this.server, this.project);
    const personId = of === undefined ? await this.colleague() : this.personOf(of);
    await this.server.database.rows('update time_entry set person_id = $2 where id = $1', [id, personId]);
    return id;
  }

  /** Of this column's own access, or of a colleague's. */
  async notification(of?: Column): Promise<string> {
    const personId = of === undefined ? await this.colleague() : this.personOf(of);
    return aNotification(this.server, this.project, { personId });
  }

  /** A timer of this column's own, or of a colleague's, that has run for an hour. */
  async timer(of?: Column): Promise<string> {
    const personId = of === undefined ? await this.colleague() : this.personOf(of);
    const [running] = await this.server.database.rows<{ id: string }>('select id from timer where person_id = $1', [
      personId,
    ]);
    return running?.id ?? aTimer(this.server, this.project, { personId });
  }

  invoice(facts: InvoiceFacts = {}): Promise<Invoice> {
    return anInvoice(this.server, this.project, facts);
  }

  async payment(): Promise<string> {
    const { id } = await this.invoice({ paid: [1000n] });
    const [payment] = await this.server.database.rows<{ id: string }>('select id from payment where invoice_id = $1', [
      id,
    ]);
    return payment.id;
  }

  async rate(): Promise<string> {
    const validFrom = `20${10 + (++this.made % 80)}-01-01`;
    return (await aRate(this.server, { project: this.project, perHour: 9000, validFrom })).id;
  }

  /** A client organisation without projects that nobody works for any more. */
  async inactive(): Promise<string> {
    const id = await anOrganisation(this.server);
    await this.server.database.rows(`update client_organisation set status = 'INACTIVE' where id = $1`, [id]);
    return id;
  }

  contact(): Promise<string> {
    return aContact(this.server, this.acme);
  }

  /** A pending invitation of Ada's to the project, sent an hour ago. */
  async invitation(): Promise<{ id: string; token: string }> {
    const email = this.newEmail();
    const { invitation } = await invite(this.server, 'ada', { projectId: this.project.id, email });
    // As if it had been sent long ago: it may be sent again.
    await this.server.database.rows('delete from rate_limit');
    return { id: invitation.id, token: await linkTo(this.server, email) };
  }

  /** A link that gives a new password to somebody nobody else here is. */
  async resetLink(): Promise<string> {
    const { userId } = await aMember(this.server);
    const token = newToken();
    const now = this.server.clock.now();
    await this.server.database.rows(
      'insert into password_reset (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)',
      [tokenHash(token), userId, now, after(now, hours(1))],
    );
    return token;
  }

  private made = 0;

  newEmail(): string {
    this.made += 1;
    return `newcomer${this.made}@example.com`;
  }
}
