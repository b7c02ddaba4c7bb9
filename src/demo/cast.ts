import type { PermissionFlags, PersonType, Role } from '../access/permissions';

/** The people of the demo, of the tests and of the docs. */
export const PASSWORD = 'portal-demo';
export const WORKSPACE = {
  key: 'fjord',
  name: 'Fjord Studio',
  slug: 'fjord-studio',
  timezone: 'Europe/Oslo',
  currency: 'EUR',
};

export type ClientName = 'acme' | 'borealis';
export const CLIENTS: Record<ClientName, { name: string; currency: string }> = {
  acme: { name: 'Acme', currency: 'EUR' },
  borealis: { name: 'Borealis', currency: 'EUR' },
};

interface CastMember {
  displayName: string;
  title: string;
  personType: PersonType;
  role: Role;
  /** Of whom they are a contact. */
  client?: ClientName;
  clientFacing?: true;
  /** Held on every project of Acme's (team) or of their own organisation (clients); nothing without. */
  permissions?: PermissionFlags;
  /** Kept with the grant: why a client sees costs. */
  reason?: string;
}

const flags = (words: string): PermissionFlags => ({
  trackTime: words.includes('trackTime'),
  clientView: words.includes('clientView'),
  internalCosts: words.includes('internalCosts'),
  managesProject: words.includes('managesProject'),
});

const CAST = {
  olga: { displayName: 'Olga Owner', title: 'Founder', personType: 'EMPLOYEE', role: 'OWNER' },
  ada: { displayName: 'Ada Admin', title: 'Operations', personType: 'EMPLOYEE', role: 'ADMIN' },
  max: {
    displayName: 'Max Manager',
    title: 'Project lead',
    personType: 'EMPLOYEE',
    role: 'MANAGER',
    clientFacing: true,
    permissions: flags('trackTime clientView managesProject'),
  },
  wim: {
    displayName: 'Wim Worker',
    title: 'Developer',
    personType: 'EMPLOYEE',
    role: 'MEMBER',
    permissions: flags('trackTime clientView'),
  },
  cora: {
    displayName: 'Cora Contractor',
    title: 'Designer',
    personType: 'CONTRACTOR',
    role: 'MEMBER',
    clientFacing: true,
    permissions: flags('trackTime clientView'),
  },
  clara: {
    displayName: 'Clara Client',
    title: 'Head of Product',
    personType: 'CLIENT',
    role: 'MEMBER',
    client: 'acme',
    permissions: flags('clientView'),
  },
  carl: {
    displayName: 'Carl Costs',
    title: 'Controller',
    personType: 'CLIENT',
    role: 'MEMBER',
    client: 'acme',
    permissions: flags('clientView internalCosts'),
    reason: 'Open-book agreement of the framework contract',
  },
  tess: {
    displayName: 'Tess Tracker',
    title: 'Engineer',
    personType: 'CLIENT',
    role: 'MEMBER',
    client: 'acme',
    permissions: flags('trackTime'),
  },
  bo: {
    displayName: 'Bo Bystander',
    title: 'Assistant',
    personType: 'CLIENT',
    role: 'MEMBER',
    client: 'acme',
    permissions: flags(''),
  },
  eve: {
    displayName: 'Eve Elsewhere',
    title: 'Director',
    personType: 'CLIENT',
    role: 'MEMBER',
    client: 'borealis',
    permissions: flags('clientView'),
  },
} as const satisfies Record<string, CastMember>;

export type CastName = keyof typeof CAST;
export const CAST_NAMES = Object.keys(CAST) as CastName[];

export const castMember = (name: CastName): CastMember => CAST[name];
export const emailOf = (name: CastName | 'ivan'): string => `${name}@demo.test`;

/** Who holds what on a project for this client: the team on Acme's, the client's own people on theirs. */
export function castPermissions(client: ClientName): Partial<Record<CastName, PermissionFlags>> {
  const concerned = CAST_NAMES.filter((name) => (castMember(name).client ?? 'acme') === client);
  return Object.fromEntries(
    concerned.flatMap((name) => (castMember(name).permissions ? [[name, castMember(name).permissions]] : [])),
  );
}
