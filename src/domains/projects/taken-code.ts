import { brokenConstraint } from '../../platform/database';
import { PorticoError } from '../../platform/errors';

/** Answers a code that is taken in words that do not tell by which project: it may be one the caller does not see. */
export async function refusingTakenCode<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (brokenConstraint(error) !== 'project_code_key') throw error;
    throw new PorticoError('CONFLICT', 'This code is taken in the workspace. Choose another.', { field: 'code' });
  }
}
