import { lockFolder } from '../../src/platform/folder-lock';

/** A process of its own that takes the lock of the folder given, says how that went, and stays until it is ended. */
async function main(): Promise<void> {
  try {
    await lockFolder(process.argv[2]);
    console.log('held');
    setInterval(() => undefined, 1000);
  } catch (error) {
    console.log((error as Error).message);
  }
}

void main();
