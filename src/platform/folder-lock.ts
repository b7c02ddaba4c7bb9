import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, realpath, rm, stat, symlink, unlink } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The folder is in use, or cannot be locked. The message is a sentence for people. */
export class FolderLockError extends Error {}

interface FolderLock {
  release(): Promise<void>;
}

/**
 * Keeps a folder to one process: a second one is refused in words. The lock is a listening socket in the folder, so
 * it dies with its process (kill -9 too) and is seen across containers that share the folder, where a pid is not.
 *
 * First announce, then look. Every starter listens on a socket with a name of its own and then asks the sockets of
 * the others. Of two starters the later one to listen always finds the earlier, so both never win; a holder beats a
 * starter, and of two starters the lower name wins, so one does. A socket that refuses is a dead one and is removed;
 * because names are never used twice, that can never remove a live one that took its place.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const real = await realpath(folder);
  return process.platform === 'win32' ? lockByPipe(real) : lockBySocket(real);
}

type State = 'starting' | 'held';

const PATTERN = /^lock-[0-9a-f]{16}\.sock$/;
const ANSWER_TIMEOUT_MS = 4000;
const YIELD_TIMEOUT_MS = 10_000;

async function lockBySocket(folder: string): Promise<FolderLock> {
  const way = await shortWayTo(folder);
  const name = `lock-${randomBytes(8).toString('hex')}.sock`;
  let state: State = 'starting';
  try {
    const server = await listen(join(way.path, name), () => state);
    const release = async () => {
      await close(server);
      await way.remove();
    };
    try {
      await waitForOthers(folder, way.path, name);
      state = 'held';
      return { release };
    } catch (error) {
      await close(server);
      throw error;
    }
  } catch (error) {
    await way.remove();
    throw error;
  }
}

async function waitForOthers(folder: string, way: string, own: string): Promise<void> {
  const deadline = Date.now() + YIELD_TIMEOUT_MS;
  for (;;) {
    const others = (await readdir(folder)).filter((name) => PATTERN.test(name) && name !== own);
    const answers = await Promise.all(others.map(async (name) => ({ name, state: await ask(join(way, name)) })));
    const living = answers.filter((other) => other.state !== 'dead');
    if (living.some((other) => beats(other, own))) throw inUse(folder);
    if (living.length === 0) break;
    if (Date.now() > deadline) throw inUse(folder);
    await sleep(20);
  }
  // Somebody may have taken us for dead in the instant between our bind and our listen.
  await stat(join(folder, own)).catch(() => {
    throw inUse(folder);
  });
}

function beats(other: { name: string; state: Answer }, own: string): boolean {
  if (other.state === 'starting') return other.name < own;
  return other.state === 'held' || other.state === 'silent';
}

/** `unclear` is worth asking again: the other may just be going away. */
type Answer = State | 'silent' | 'unclear' | 'dead';

/** A process that is stopped takes the connection but says nothing: it still holds the folder. */
async function ask(path: string): Promise<Answer> {
  const answer = await new Promise<Answer | 'refused'>((resolve) => {
    let text = '';
    const socket = net.connect(path);
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => {
      resolve('silent');
      socket.destroy();
    });
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(MEANING[error.code ?? ''] ?? 'unclear'));
    socket.on('close', () => resolve(text === 'starting' || text === 'held' ? text : 'unclear'));
  });
  if (answer !== 'refused') return answer;
  await unlink(path).catch(() => undefined);
  return 'dead';
}

const MEANING: Record<string, 'refused' | 'dead'> = { ECONNREFUSED: 'refused', ENOENT: 'dead' };

/** Windows removes a pipe with its process and lets only one listen: its name is derived from the folder's. */
async function lockByPipe(folder: string): Promise<FolderLock> {
  const key = createHash('sha256').update(folder.toLowerCase()).digest('hex').slice(0, 32);
  try {
    const server = await listen(`\\\\.\\pipe\\portico-${key}`, () => 'held');
    return { release: () => close(server) };
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? inUse(folder) : error;
  }
}

function listen(path: string, state: () => State): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(state());
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      const why = `The data folder cannot be locked (${error.code}): choose a folder on a local disk with DATA_DIR.`;
      reject(error.code === 'EADDRINUSE' ? error : new FolderLockError(why));
    });
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

const close = (server: net.Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

const inUse = (folder: string): FolderLockError =>
  new FolderLockError(
    `Another Portico is running on the data folder ${folder}, and only one may. ` +
      'Stop it first, or give this one a folder of its own with DATA_DIR.',
  );

/** The address of a socket holds 104 bytes on some systems; our names take 26. */
const LONGEST_FOLDER = 75;

/**
 * Reaches a folder with a long path through a symbolic link with a short one: the socket still lives in the folder,
 * where everybody looks for it. The link stands in a directory that only we may write.
 */
async function shortWayTo(folder: string): Promise<{ path: string; remove(): Promise<void> }> {
  if (Buffer.byteLength(folder) <= LONGEST_FOLDER) return { path: folder, remove: async () => undefined };
  const around = await mkdtemp(join(tmpdir(), 'portico-'));
  const path = join(around, 'd');
  await symlink(folder, path);
  return { path, remove: () => rm(around, { recursive: true, force: true }) };
}
