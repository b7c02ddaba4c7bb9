import { SqlParams, visibleOrganisations } from '../../access/rows';
import type { Context } from '../../context';
import { batched, inOrderOf } from '../../platform/batch';
import type { ClientOrganisation } from './client-organisation.entity';

/** Client organisations that the viewer may see, by id. */
export const loadOrganisation = batched<Context, string, ClientOrganisation | null>(async ({ db, access }, ids) => {
  const params = new SqlParams();
  const wanted = params.add(ids);
  const rows = await db.rows<ClientOrganisation>(
    `select o.*, o.id as client_organisation_id from client_organisation o
     where o.id = any(${wanted}::text[]) and ${visibleOrganisations(access, params)}`,
    params.values,
  );
  return inOrderOf(ids, rows, (organisation) => organisation.id);
});
