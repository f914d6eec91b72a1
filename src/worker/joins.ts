// Returns redemptions on joined orders when no order with their goods has arrived in time.

import { lockBusinesses } from '../db/business-lock.ts'
import { instant } from '../db/values.ts'
import { assert, must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { loadPrograms } from '../programs/store.ts'
import { findWaitingClaims } from '../rewards/claims/joined-claims.ts'
import { JOIN_WAIT_MS } from '../rewards/joins/join-graph.ts'
import { reconcileStoredOrders } from '../rewards/reconcile/reconcile-stored-orders.ts'
import { eachBusiness } from './businesses.ts'
import type { JobDeps, Tally } from './deps.ts'
import { drain, LIST } from './drain.ts'

/**
 * Counts claims. A repetition at the same time does nothing. The redemption moves to an order that
 * arrives later.
 */
export function returnJoined(deps: JobDeps): Promise<Tally> {
  const { db } = deps
  return eachBusiness(deps, CLAIMS_WAIT, [instant(deps.clock.now() - JOIN_WAIT_MS)], (businessId) =>
    drain(deps, {
      due: async (now) => {
        const claims = await findWaitingClaims(db, { businessId, limit: LIST }, now - JOIN_WAIT_MS)
        return claims.map(({ id }) => ({ id }))
      },
      batch: (claims, now) =>
        returnOf(
          deps,
          businessId,
          claims.map(({ id }) => id),
          now,
        ),
    }),
  )
}

async function returnOf(
  { db, ids, programs }: JobDeps,
  businessId: Uuid,
  claimIds: Uuid[],
  now: EpochMs,
): Promise<void> {
  await db.write('job:return_joined', async (tx) => {
    const lock = await lockBusinesses(tx, [businessId])
    const business = must((await loadPrograms(tx, lock.businesses, programs)).get(businessId), `business ${businessId}`)
    const waiting = () =>
      findWaitingClaims(tx, { businessId, ids: claimIds, limit: claimIds.length }, now - JOIN_WAIT_MS)
    const orders = (await waiting()).flatMap(({ redemption }) => redemption?.orderId ?? [])
    await reconcileStoredOrders(tx, lock, business, [...new Set(orders)], { now, ids, actor: tx.actor })
    assert((await waiting()).length === 0, 'a redemption on a joined order could not be returned')
  })
}

const CLAIMS_WAIT =
  "exists (select from claims c where c.business_id = b.id and c.status = 'redeemed' and c.waits_since <= $1::timestamptz)"
