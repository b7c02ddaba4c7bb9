import { tokenHash } from '../../../src/platform/ids';
import {
  CLIENT_WORKSPACE,
  type ClientKey,
  MEMBER_KEYS,
  type MemberKey,
  memberOf,
  type Persona,
  tokenOf,
  userOf,
  type WorkspaceKey,
} from '../personas';
import { type Book, NOW } from './book';
import { seesPerson, shownOn, sightOf } from './sight';
import { PROJECTS } from './specs';

export const STAMPS = { created_at: NOW, updated_at: NOW };

/** Of a password nobody knows: signing in fails alike for everybody. */
const NOBODYS_HASH = '$argon2id$v=19$m=8,t=1,p=1$vnvYyZY/LHwWoAoF/jguqg$f/arcz+VThzyoMsmaUqGrMZnwD9bGLyd2xCSumS/R7o';

export function writePeople(book: Book): void {
  writeWorkspaces(book);
  for (const key of CLIENT_KEYS) writeOrganisation(book, key);
  const keys = MEMBER_KEYS.filter((key) => !memberOf(key).only || memberOf(key).only === book.side);
  for (const user of new Set(keys.map(userOf))) writeUser(book, user);
  for (const key of keys) writeMember(book, key);
}

const CLIENT_KEYS = Object.keys(CLIENT_WORKSPACE) as ClientKey[];
const CLIENT_NAMES: Record<ClientKey, string> = {
  acme: 'Acme',
  borealis: 'Borealis',
  cirrus: 'Cirrus',
  dorado: 'Dorado',
  quay: 'Quay',
  pier: 'Pier',
};
const WORKSPACES: Record<WorkspaceKey, string> = { fjord: 'Fjord Studio', harbor: 'Harbor Works' };

const belongsTo = (persona: Persona, workspace: WorkspaceKey): boolean =>
  persona.members.some((key) => memberOf(key).workspace === workspace && !memberOf(key).status);

function writeWorkspaces(book: Book): void {
  const { persona } = book;
  for (const key of Object.keys(WORKSPACES) as WorkspaceKey[]) {
    const seen = belongsTo(persona, key);
    const isInternal = persona.members.some((member) => memberOf(member).type !== 'CLIENT');
    book.add('workspace', {
      id: book.id('Workspace', key),
      name: book.text(seen || (persona.invited === true && key === 'fjord'), WORKSPACES[key]),
      slug: seen ? `${key}-works` : `${key}-${book.chance(key, 9999)}`,
      logo_url: book.textOrNull(seen, `https://logo.test/${key}.png`),
      brand_colour: seen ? '#1f6f8b' : `#${(book.chance(key, 0xefffff) + 0x100000).toString(16)}`,
      timezone: book.one(seen, 'Europe/Oslo', ['Asia/Tokyo', 'America/Lima'], key),
      default_currency: book.one(seen, 'EUR', ['USD', 'NOK'], key),
      invite_policy: book.one(isInternal, 'ADMINS', ['ADMINS', 'PROJECT_TEAM'], key),
      members_see_bill_rates: !isInternal && book.side === 'B',
      client_profile_edit: true,
      default_preset: book.one(false, 'AGENCY', ['AGENCY', 'FREELANCE', 'CONSTRUCTION'], key),
      default_visibility: book.side === 'A' ? {} : { hours: 'HIDE' },
      ...STAMPS,
    });
  }
}

/** Whose clients they know: their own, those of their projects, and a manager all of the workspace. */
function knowsOrganisation(persona: Persona, key: ClientKey): boolean {
  return (
    persona.members.some((member) => memberOf(member).client === key && !memberOf(member).status) ||
    keepsBookOf(persona, key) ||
    sightsOf(persona, key).some((sight) => sight.team)
  );
}

/** Who has the role MANAGER, and begins projects for any client, in its currency. */
const keepsBookOf = (persona: Persona, key: ClientKey): boolean =>
  persona.name === 'max' && CLIENT_WORKSPACE[key] === 'fjord';

const sightsOf = (persona: Persona, key: ClientKey) =>
  PROJECTS.filter((spec) => spec.client === key)
    .map((spec) => sightOf(persona, spec))
    .filter((sight) => sight.project);

function writeOrganisation(book: Book, key: ClientKey): void {
  const { persona, side } = book;
  if (key === 'dorado' && side === 'A' && persona.name !== 'max') return;
  const sights = sightsOf(persona, key);
  const known = knowsOrganisation(persona, key);
  const manages = sights.some((sight) => sight.manages);
  const billing = manages || sights.some((sight) => !sight.team && sight.invoices !== 'HIDE');
  book.add('client_organisation', {
    id: book.id('ClientOrganisation', key),
    workspace_id: book.id('Workspace', CLIENT_WORKSPACE[key]),
    name: book.text(known, CLIENT_NAMES[key]),
    logo_url: book.textOrNull(known, `https://logo.test/${key}.svg`),
    currency: book.one(keepsBookOf(persona, key) || sights.some((sight) => sight.view), 'EUR', ['USD', 'SEK'], key),
    billing_address: book.textOrNull(billing, `${CLIENT_NAMES[key]} street 1`),
    tax_id: book.textOrNull(billing, `NO ${CLIENT_NAMES[key]} MVA`),
    internal_notes: book.textOrNull(manages, `Notes on ${key}`),
    version: book.number(persona.name === 'max', 1, `version of ${key}`),
    max_contacts: book.number(persona.name === 'max', 20, `contacts of ${key}`),
    last_invoice_number: book.number(persona.name === 'max', 3, `invoices of ${key}`) + 10,
    ...STAMPS,
  });
}

/** E-mail and phone: of oneself, of one's team, of those one manages, of colleagues who publish theirs. */
function seesDetails(persona: Persona, key: MemberKey): boolean {
  if (persona.members.includes(key)) return true;
  const { type, client, published } = memberOf(key);
  return PROJECTS.some((spec) => {
    const sight = sightOf(persona, spec);
    if (sight.manages && seesPerson(persona, key)) return true;
    if (!sight.view || !spec.grants[key] || !shownOn(sight, key)) return false;
    if (sight.team) return sight.manages || type !== 'CLIENT';
    return published === true && client === memberOf(sight.me!).client;
  });
}

function writeUser(book: Book, user: string): void {
  const keys = MEMBER_KEYS.filter((key) => userOf(key) === user);
  const seen = keys.some((key) => seesPerson(book.persona, key));
  const details = keys.some((key) => seesDetails(book.persona, key));
  const self = keys.some((key) => book.persona.members.includes(key));
  const isInviter = user === 'ada' && book.persona.invited === true;
  const id = book.id('User', user);
  book.add('app_user', {
    id,
    email: emailOf(book, user, details),
    display_name: book.text(seen || isInviter, memberOf(keys[0]).name),
    phone: book.textOrNull(details, `+47 900 ${keys[0].length}`, `phone of ${user}`),
    locale: book.one(self, 'en', ['nb', 'de-AT'], user),
    timezone: book.one(self, 'Europe/Oslo', ['Asia/Tokyo', 'UTC'], user),
    password_hash: book.isLess(user) ? null : NOBODYS_HASH,
    ...STAMPS,
  });
  book.add('session', {
    id: book.id('Session', user),
    user_id: id,
    token_hash: tokenHash(tokenOf(user)),
    created_at: NOW,
    last_used_at: NOW,
    expires_at: '2026-04-10T10:00:00Z',
    user_agent: 'Firefox on a laptop',
  });
}

const emailOf = (book: Book, user: string, seen: boolean): string =>
  (seen ? `${user}@demo.test` : `${book.chance(user, 9999)}.${user}@cnry.test`).toLowerCase();

function writeMember(book: Book, key: MemberKey): void {
  const { persona } = book;
  const member = memberOf(key);
  const seen = seesPerson(persona, key);
  const self = persona.members.includes(key);
  const shared = PROJECTS.filter((spec) => spec.grants[key]).map((spec) => sightOf(persona, spec));
  const shares = shared.some((sight) => sight.project);
  const manages = self || shared.some((sight) => sight.manages) || (key === 'ada' && persona.name === 'max');
  const isClient = member.type === 'CLIENT';
  const mayChange = !self && !isClient && !member.role;
  book.add('membership', {
    id: book.id('Person', key),
    workspace_id: book.id('Workspace', member.workspace),
    user_id: book.id('User', userOf(key)),
    person_type: book.one(!mayChange, member.type, ['EMPLOYEE', 'CONTRACTOR'], key),
    role: book.one(!mayChange, member.role ?? 'MEMBER', ['MEMBER', 'MANAGER'], key),
    business_roles: book.one<readonly string[]>(!mayChange, [], [[], ['BILLING']], key),
    status: member.status ?? 'ACTIVE',
    title: book.text(seen, `Title of ${member.name}`),
    avatar_url: book.textOrNull(seen, `https://face.test/${key}.png`),
    weekly_capacity_seconds: isClient ? null : book.number(manages, 135_000, `capacity of ${key}`),
    client_facing: shares ? (member.clientFacing ?? false) : book.side === 'A',
    version: book.number(false, 1, `version of ${key}`),
    ...STAMPS,
  });
  if (member.client) writeContact(book, key, member.client);
}

function writeContact(book: Book, key: MemberKey, client: ClientKey): void {
  const { persona } = book;
  const self = persona.members.includes(key);
  const sights = sightsOf(persona, client).filter((sight) => sight.view);
  const seen = self || sights.length > 0 || (persona.name === 'max' && memberOf(key).workspace === 'fjord');
  const details = seesDetails(persona, key) || persona.name === 'max';
  const duties = self || persona.name === 'max' || sights.some((sight) => sight.team);
  book.add('contact', {
    id: book.id('Contact', key),
    workspace_id: book.id('Workspace', memberOf(key).workspace),
    client_organisation_id: book.id('ClientOrganisation', client),
    membership_id: book.id('Person', key),
    display_name: book.text(seen, memberOf(key).name, `contact ${key}`),
    email: emailOf(book, key, details),
    job_role: book.textOrNull(seen, `Job of ${memberOf(key).name}`),
    is_primary: ['clara', 'eve', 'carlAtQuay'].includes(key),
    can_decide: !duties && book.side === 'B',
    can_pay: !duties && book.isLess(key),
    published: memberOf(key).published ?? false,
    version: book.number(persona.name === 'max', 1, `version of ${key}`),
    ...STAMPS,
  });
}
