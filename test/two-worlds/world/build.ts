import type { Database, Tx } from '../../../src/platform/database';
import { tokenHash } from '../../../src/platform/ids';
import { INVITATION_TOKEN, type Persona } from '../personas';
import { Book, NOW, type Row, type Side } from './book';
import { STAMPS, writePeople } from './people';
import { writeProjects } from './projects';
import { sightOf } from './sight';
import { projectSpec } from './specs';

/** One of the two worlds for one pair of eyes, as rows. */
export function worldFor(persona: Persona, side: Side): Book {
  const book = new Book(side, persona);
  writePeople(book);
  writeProjects(book);
  writeInvitations(book);
  return book;
}

/** Empties the database and makes it this world. */
export async function become(database: Database, book: Book): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.rows(`truncate ${[...TABLES, ...EMPTY_TABLES].join(', ')} cascade`);
    for (const table of TABLES) await insertAll(tx, table, book.tables.get(table) ?? []);
  });
}

/** In the order of their references. */
const TABLES = [
  'workspace',
  'app_user',
  'session',
  'client_organisation',
  'membership',
  'contact',
  'project',
  'project_grant',
  'task',
  'rate',
  'invoice',
  'invoice_line',
  'time_entry',
  'payment',
  'invitation',
  'invitation_grant',
  'mail_outbox',
];
const EMPTY_TABLES = ['rate_limit', 'password_reset', 'setup_link'];

async function insertAll(tx: Tx, table: string, rows: readonly Row[]): Promise<void> {
  const byColumns = new Map<string, Row[]>();
  for (const row of rows) {
    const columns = Object.keys(row).sort().join(', ');
    byColumns.set(columns, [...(byColumns.get(columns) ?? []), row]);
  }
  for (const [columns, some] of byColumns) {
    const json = JSON.stringify(some);
    await tx.rows(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [json],
    );
  }
}

/** Ivan's invitation, and some that nobody but those who manage the project may know of. */
function writeInvitations(book: Book): void {
  const { persona, side } = book;
  const spec = projectSpec('consultancy');
  const seen = sightOf(persona, spec).manages;
  const ivan = invite(book, 'ivan', { seen, isMine: persona.invited === true });
  grantOnAcceptance(book, { invitation: ivan, project: 'consultancy', seen });
  const others = seen ? ['iris'] : side === 'A' ? ['iris', 'isa'] : ['inga', 'isa', 'ines'];
  for (const name of others) {
    const id = invite(book, name, { seen, isMine: false });
    for (const project of ['consultancy', 'freelance']) grantOnAcceptance(book, { invitation: id, project, seen });
  }
  book.add('mail_outbox', {
    id: book.id('Mail', 'ivan'),
    workspace_id: book.id('Workspace', 'fjord'),
    kind: 'INVITATION',
    recipient: book.text(seen, 'ivan@demo.test'),
    data: { token: INVITATION_TOKEN, name: 'Ivan', workspaceName: 'W', inviterName: 'I', expiresAt: NOW },
    created_at: NOW,
  });
}

function invite(book: Book, name: string, { seen, isMine }: { seen: boolean; isMine: boolean }): string {
  const id = book.id('Invitation', name);
  book.add('invitation', {
    id,
    workspace_id: book.id('Workspace', 'fjord'),
    email: seen || isMine ? `${name}@demo.test` : `${book.chance(name, 9999)}.${name}@cnry.test`,
    name: book.text(seen || isMine, name),
    person_type: 'CLIENT',
    client_organisation_id: book.id('ClientOrganisation', 'acme'),
    token_hash: tokenHash(isMine ? INVITATION_TOKEN : `link-of-${name}-${seen ? '' : book.side}`),
    invited_by: book.id('Person', 'ada'),
    expires_at: seen || isMine ? '2026-03-20T10:00:00Z' : `2026-03-2${book.chance(name, 9)}T10:00:00Z`,
    sent_count: book.number(seen, 1, name),
    last_sent_at: NOW,
    ...STAMPS,
  });
  return id;
}

interface PendingGrant {
  invitation: string;
  project: string;
  seen: boolean;
}

function grantOnAcceptance(book: Book, { invitation, project, seen }: PendingGrant): void {
  book.add('invitation_grant', {
    id: book.id('ProjectGrant', `${invitation}/${project}`),
    invitation_id: invitation,
    workspace_id: book.id('Workspace', 'fjord'),
    project_id: book.id('Project', project),
    track_time: book.one(seen, false, [true, false], `${invitation}/${project}`),
    client_view: true,
    internal_costs: false,
    manages_project: false,
    granted_by: book.id('Person', 'ada'),
    ...STAMPS,
  });
}
