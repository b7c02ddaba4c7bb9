import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { lockFolder } from '../../src/platform/folder-lock';

const IN_USE = /^Another Portico is running on the data folder .* DATA_DIR\.$/;

describe('the lock on the data folder', () => {
  let folder: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portico-lock-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts a process that takes the lock, and answers what it says: `held`, or why not. */
  async function starter(of = folder): Promise<{ says: string; child: ChildProcess }> {
    const hook = join(__dirname, '../support/swc-hook.cjs');
    const child = spawn(process.execPath, ['-r', hook, join(__dirname, '../support/hold-folder.ts'), of]);
    children.push(child);
    const [says] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { says, child };
  }

  it('refuses a second owner in words, and lets the next one in after the first is gone', async () => {
    const first = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(IN_USE);
    await first.release();
    const next = await lockFolder(folder);
    await next.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses a second process', async () => {
    expect((await starter()).says).toBe('held');
    expect((await starter()).says).toMatch(IN_USE);
  });

  it('is free again after kill -9, and clears what the dead process left', async () => {
    const { child } = await starter();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readdir(folder)).toHaveLength(1);
    const lock = await lockFolder(folder);
    expect(await readdir(folder)).toHaveLength(1);
    await lock.release();
  });

  it('stays with a process that is stopped and answers nobody', async () => {
    const { child } = await starter();
    child.kill('SIGSTOP');
    await expect(lockFolder(folder)).rejects.toThrow(IN_USE);
  });

  it('lets exactly one of several win that start at the same instant over a dead one', async () => {
    const dead = await starter();
    dead.child.kill('SIGKILL');
    await once(dead.child, 'exit');
    const said = (await Promise.all(Array.from({ length: 6 }, () => starter()))).map((one) => one.says);
    expect(said.filter((says) => says === 'held')).toHaveLength(1);
    expect(said.filter((says) => IN_USE.test(says))).toHaveLength(5);
  });

  it('lets exactly one of twenty win inside one process, again and again', async () => {
    for (let round = 0; round < 20; round++) {
      const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
      const winners = tries.filter((one) => one.status === 'fulfilled');
      expect(winners).toHaveLength(1);
      await winners[0].value.release();
    }
  });

  it('works in a folder whose path is longer than a socket address, and keeps others out there too', async () => {
    const deep = join(folder, 'a'.repeat(120));
    const lock = await lockFolder(deep);
    expect(await readdir(deep)).toHaveLength(1);
    await expect(lockFolder(deep)).rejects.toThrow(IN_USE);
    expect((await starter(deep)).says).toMatch(IN_USE);
    await lock.release();
    expect(await readdir(deep)).toEqual([]);
  });
});
