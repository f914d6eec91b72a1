// A minute's work for one business: its customers first, then the catalogue, then what is left of
// the minute for past orders.

import type { Uuid } from '../kernel/ids.ts'
import { runBackfill } from './backfill.ts'
import { relayCustomers, type Tally } from './customers.ts'
import type { InstallationDeps } from './deps.ts'
import { openSession } from './session.ts'
import { syncCatalogue } from './sync.ts'

interface WorkingAccount {
  posName: string
  reference: string
  name: string | null
  adapter: string
  currency: string
}

/**
 * Counts customers told, pages read and orders handed in; as failed, customers that could not be
 * told.
 */
export async function workAccounts(deps: InstallationDeps, businessId: Uuid): Promise<Tally> {
  const tally = { done: 0, failed: 0 }
  for (const { posName, adapter, currency, ...facts } of await deps.db.query<WorkingAccount>(CONNECTED, [businessId])) {
    const pos = deps.posClients.of(adapter)
    if (pos === null || deps.signal?.aborted) continue
    const session = openSession(deps, { businessId, posName, facts }, pos)
    const told = await relayCustomers(deps, session)
    tally.done +=
      told.done + (await syncCatalogue(deps, session, currency)) + (await runBackfill(deps, session, adapter))
    tally.failed += told.failed
  }
  return tally
}

const CONNECTED = `
select a.pos_name as "posName", a.reference, a.name, p.adapter, b.currency
from installations a join pos_systems p on p.name = a.pos_name join businesses b on b.id = a.business_id
where a.business_id = $1 and a.status = 'connected' order by a.pos_name`
