import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmptyDatabase } from '../support/database';
import { buildServer, ServerProcess } from '../support/process';
import { SECRET_KEY } from '../support/server';

const SIGN_IN = 'mutation { signIn(input: { email: "clara@demo.test", password: "portal-demo" }) { token } }';
const PROJECTS = '{ projects { totalCount nodes { id name } } }';

it('prints one link that makes the first owner, and the other processes leave it alive', async () => {
  buildServer();
  const folder = await mkdtemp(join(tmpdir(), 'portico-side-'));
  const { databaseUrl, drop } = await createEmptyDatabase();
  const env = { SECRET_KEY, DATABASE_URL: databaseUrl, DATA_DIR: join(folder, 'data') };
  const servers = await Promise.all([1, 2].map(() => ServerProcess.start(folder, env)));
  for (const server of servers) await server.ready();
  const links = servers.flatMap(({ output }) => /setup\?token=(\S+)/.exec(output)?.[1] ?? []);
  expect(links).toHaveLength(1);
  const facts = `email: "nina@example.com", displayName: "Nina", password: "a long enough one", workspaceName: "Nina"`;
  const setUp = `mutation { setUp(input: { token: "${links[0]}", ${facts} }) { token } }`;
  expect(await servers[0].ask(setUp)).toHaveProperty('data.setUp.token');
  await Promise.all(servers.map((server) => server.kill('SIGTERM')));
  await drop();
  await rm(folder, { recursive: true, force: true });
}, 120_000);

it('starts several processes side by side on one empty PostgreSQL', async () => {
  buildServer();
  const folder = await mkdtemp(join(tmpdir(), 'portico-side-'));
  const { databaseUrl, drop } = await createEmptyDatabase();
  const env = { SECRET_KEY, DATABASE_URL: databaseUrl, DEMO: 'on', DATA_DIR: join(folder, 'data') };
  const servers = await Promise.all([1, 2, 3].map(() => ServerProcess.start(folder, env)));
  for (const server of servers) await server.ready();
  const { token } = (await servers[0].ask<{ data: { signIn: { token: string } } }>(SIGN_IN)).data.signIn;
  const answers = await Promise.all(servers.map((server) => server.ask(PROJECTS, token)));
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  await Promise.all(servers.map((server) => server.kill('SIGTERM')));
  await drop();
  await rm(folder, { recursive: true, force: true });
}, 120_000);
