import { PorticoError } from '../../platform/errors';

/** One answer for links that were used, have expired, or never existed. */
export const deadLink = (): PorticoError =>
  new PorticoError('NOT_FOUND', 'This link does not work: it was used, has expired, or never existed.', {
    field: 'token',
  });
