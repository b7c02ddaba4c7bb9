import type { PermissionFlags, PersonType, Role } from '../../src/access/permissions';

/** A person in a workspace of the two worlds. The names are the cast's, and a few more for cases the cast has not. */
export interface Member {
  workspace: WorkspaceKey;
  name: string;
  type: PersonType;
  role?: Role;
  client?: ClientKey;
  clientFacing?: true;
  /** Their colleagues at the client see e-mail and phone. */
  published?: true;
  status?: 'DEACTIVATED';
  /** Belongs to one of the worlds alone. */
  only?: 'B';
  /** Who signs in, where one user is several people. */
  user?: string;
}

export type WorkspaceKey = 'fjord' | 'harbor';
export type ClientKey = 'acme' | 'borealis' | 'cirrus' | 'dorado' | 'quay' | 'pier';

export const CLIENT_WORKSPACE: Record<ClientKey, WorkspaceKey> = {
  acme: 'fjord',
  borealis: 'fjord',
  cirrus: 'fjord',
  dorado: 'fjord',
  quay: 'harbor',
  pier: 'harbor',
};

const staff = (name: string, more: Partial<Member> = {}): Member => ({
  workspace: 'fjord',
  name,
  type: 'EMPLOYEE',
  ...more,
});
const client = (of: ClientKey, name: string, more: Partial<Member> = {}): Member => ({
  workspace: CLIENT_WORKSPACE[of],
  name,
  type: 'CLIENT',
  client: of,
  ...more,
});

export const MEMBERS = {
  olga: staff('Olga Owner', { role: 'OWNER' }),
  ada: staff('Ada Admin', { role: 'ADMIN' }),
  max: staff('Max Manager', { role: 'MANAGER', clientFacing: true }),
  wim: staff('Wim Worker'),
  cora: staff('Cora Contractor', { type: 'CONTRACTOR', clientFacing: true }),
  nils: staff('Nils Nearby'),
  nora: staff('Nora Next'),
  hanna: staff('Hanna Hidden'),
  hugo: staff('Hugo Hired', { only: 'B' }),
  clara: client('acme', 'Clara Client'),
  carl: client('acme', 'Carl Costs', { published: true }),
  tess: client('acme', 'Tess Tracker'),
  vera: client('acme', 'Vera Viewer'),
  bo: client('acme', 'Bo Bystander'),
  rolf: client('acme', 'Rolf Removed'),
  xena: client('acme', 'Xena Expired'),
  dana: client('acme', 'Dana Deactivated', { status: 'DEACTIVATED' }),
  eve: client('borealis', 'Eve Elsewhere'),
  cleo: client('cirrus', 'Cleo Cirrus'),
  otto: staff('Otto Otherwise', { workspace: 'harbor', role: 'OWNER' }),
  hilda: staff('Hilda Harbor', { workspace: 'harbor', clientFacing: true }),
  carlAtQuay: client('quay', 'Carl Costs', { user: 'carl' }),
  paul: client('pier', 'Paul Pier'),
} as const satisfies Record<string, Member>;

export type MemberKey = keyof typeof MEMBERS;
export const MEMBER_KEYS = Object.keys(MEMBERS) as MemberKey[];
export const memberOf = (key: MemberKey): Member => MEMBERS[key];
export const userOf = (key: MemberKey): string => memberOf(key).user ?? key;

/** Whose eyes the two worlds are compared with. */
export interface Persona {
  name: string;
  /** Who they are, one for each workspace; nobody is signed in without. */
  members: readonly MemberKey[];
  /** Holds the link of an invitation. */
  invited?: true;
}

export const EXTERNAL: readonly Persona[] = [
  { name: 'clara', members: ['clara'] },
  { name: 'carl', members: ['carl', 'carlAtQuay'] },
  { name: 'tess', members: ['tess'] },
  { name: 'vera', members: ['vera'] },
  { name: 'bo', members: ['bo'] },
  { name: 'eve', members: ['eve'] },
  { name: 'rolf', members: ['rolf'] },
  { name: 'xena', members: ['xena'] },
  { name: 'dana', members: ['dana'] },
  { name: 'nobody', members: [] },
  { name: 'ivan', members: [], invited: true },
];

export const INTERNAL: readonly Persona[] = [
  { name: 'wim', members: ['wim'] },
  { name: 'max', members: ['max'] },
];

export const personaNamed = (name: string): Persona =>
  [...EXTERNAL, ...INTERNAL].find((persona) => persona.name === name)!;

export const tokenOf = (user: string): string => `token-of-${user}`;
export const INVITATION_TOKEN = 'link-of-ivan';

export const flags = (words: string): PermissionFlags => ({
  trackTime: words.includes('trackTime'),
  clientView: words.includes('clientView'),
  internalCosts: words.includes('internalCosts'),
  managesProject: words.includes('managesProject'),
});

export type Grants = Partial<Record<MemberKey, PermissionFlags>>;

const ACME_CLIENTS: Grants = {
  clara: flags('clientView'),
  carl: flags('clientView internalCosts'),
  tess: flags('trackTime'),
  vera: flags('trackTime clientView'),
  bo: flags(''),
};
const TEAM: Grants = {
  max: flags('trackTime clientView managesProject'),
  wim: flags('trackTime clientView'),
  cora: flags('trackTime clientView'),
};

/** Where the client is shown all people, nobody stands whom the client may not know. */
export const OPEN_TEAM: Grants = { ...TEAM, ...ACME_CLIENTS };
export const MASKED_TEAM: Grants = {
  ...OPEN_TEAM,
  nils: flags('trackTime clientView'),
  nora: flags('trackTime clientView'),
};
