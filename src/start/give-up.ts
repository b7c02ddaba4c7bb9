import { ConfigError } from '../config';
import { FolderLockError } from '../platform/folder-lock';
import { DatabaseUnavailable } from '../platform/open-database';
import { AddressUnavailable } from './listen';

/** What a person can act on is said in words; anything else is a fault of ours and keeps its stack. */
export function giveUp(error: unknown): never {
  console.error(FOR_PEOPLE.some((kind) => error instanceof kind) ? (error as Error).message : error);
  process.exit(1);
}

const FOR_PEOPLE = [ConfigError, FolderLockError, DatabaseUnavailable, AddressUnavailable];
