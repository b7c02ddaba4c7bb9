import { dirname, join } from 'node:path';
import { static as files, Router } from 'express';
import { CAST_NAMES, CLIENTS, castMember, emailOf, PASSWORD } from '../demo/cast';
import { STORY } from '../demo/world';

/** Explore and compare: for who tries the product out. Everything they load comes from this server. */
export function toolPages(): Router {
  const router = Router();
  router.get('/', (_request, response) => response.sendFile(join(PAGES, 'explore.html')));
  router.get('/compare', (_request, response) => response.sendFile(join(PAGES, 'compare.html')));
  router.get('/pages/cast.json', (_request, response) => {
    response.json({ password: PASSWORD, people: CAST_NAMES.map(describePerson), project: STORY.code });
  });
  for (const [name, file] of Object.entries(LIBRARIES)) {
    router.get(`/pages/libraries/${name}`, (_request, response) => response.sendFile(file));
  }
  return router;
}

/**
 * Where the links lead that the server prints and mails. Opening one uses nothing up: mail programs look at links
 * before their readers do.
 */
export function linkPages(): Router {
  const router = Router();
  router.get(['/setup', '/reset-password', '/accept-invitation'], (_request, response) =>
    response.sendFile(join(PAGES, 'link.html')),
  );
  router.use('/pages', files(PAGES, { index: false }));
  return router;
}

const PAGES = join(__dirname, 'pages');

const ofPackage = (name: string, file: string): string =>
  join(dirname(require.resolve(`${name}/package.json`)), ...file.split('/'));

const LIBRARIES = {
  'react.js': ofPackage('react', 'umd/react.production.min.js'),
  'react-dom.js': ofPackage('react-dom', 'umd/react-dom.production.min.js'),
  'graphiql.js': ofPackage('graphiql', 'graphiql.min.js'),
  'graphql-ws.js': ofPackage('graphql-ws', 'umd/graphql-ws.min.js'),
  'graphiql.css': ofPackage('graphiql', 'graphiql.min.css'),
};

interface PersonOnPage {
  name: string;
  displayName: string;
  email: string;
  /** Who that is: `client of Acme`. */
  who: string;
  /** And what they may, in the demo as it was loaded. */
  about: string;
}

function describePerson(name: (typeof CAST_NAMES)[number]): PersonOnPage {
  const { displayName, personType, role, client, permissions } = castMember(name);
  const held = Object.entries(permissions ?? {}).flatMap(([key, on]) => (on ? [WORDS[key]] : []));
  const rights =
    role === 'OWNER' || role === 'ADMIN' ? ['sees everything'] : held.length > 0 ? held : ['no permissions'];
  const who = client ? `client of ${CLIENTS[client].name}` : (role === 'MEMBER' ? personType : role).toLowerCase();
  return { name, displayName, email: emailOf(name), who, about: `${who}: ${rights.join(', ')}` };
}

const WORDS: Record<string, string> = {
  trackTime: 'track time',
  clientView: 'client view',
  internalCosts: 'internal costs',
  managesProject: 'manages the project',
};
