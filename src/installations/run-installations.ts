// The work of one minute for one business: customers first, then the catalogue, then past orders in
// the time that is left.

import type { Uuid } from '../kernel/ids.ts'
import { runBackfill } from './backfill.ts'
import type { InstallationDeps } from './deps.ts'
import { relayCustomers, type Tally } from './relay-customers.ts'
import { openSession } from './session.ts'
import { syncCatalogue } from './sync-catalogue.ts'

interface ConnectedInstallation {
  posName: string
  reference: string
  name: string | null
  adapter: string
  currency: string
}

/**
 * `done` counts customers sent, pages read and orders submitted; `failed` counts customers that
 * could not be sent.
 */
export async function runInstallations(deps: InstallationDeps, businessId: Uuid): Promise<Tally> {
  const tally = { done: 0, failed: 0 }
  for (const { posName, adapter, currency, ...facts } of await deps.db.query<ConnectedInstallation>(CONNECTED, [
    businessId,
  ])) {
    const pos = deps.posClients.of(adapter)
    if (pos === null || deps.signal?.aborted) continue
    const session = openSession(deps, { businessId, posName, facts }, pos)
    const customers = await relayCustomers(deps, session)
    tally.done +=
      customers.done + (await syncCatalogue(deps, session, currency)) + (await runBackfill(deps, session, adapter))
    tally.failed += customers.failed
  }
  return tally
}

const CONNECTED = `
select a.pos_name as "posName", a.reference, a.name, p.adapter, b.currency
from installations a join pos_systems p on p.name = a.pos_name join businesses b on b.id = a.business_id
where a.business_id = $1 and a.status = 'connected' order by a.pos_name`
