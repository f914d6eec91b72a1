// What erasing a customer would end, counted without changing anything.
import { mergedInto } from '../customers/merged.ts'
import { formerPhones } from '../customers/phones.ts'
import type { Transaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { readBalances } from '../ledger/read.ts'
import { countOrders } from '../orders/move-orders.ts'
import { runningSubscriptions, unusedAwards } from '../programs/plans/holdings.ts'
import { listClaims } from '../rewards/claims/claim-store.ts'
import type { Ended } from './erasure-store.ts'

/** More are not counted. */
const MOST_COUNTED = 100_000
const MOST_CLAIMS = 1_000

/** `merged`, `phones`: how many customers and numbers go with them. */
export async function previewErasure(
  tx: Transaction,
  businessId: Uuid,
  customerId: Uuid,
  now: EpochMs,
): Promise<Ended & { merged: number; phones: number }> {
  const [orders, held, running, cards, balances, merged, former] = await Promise.all([
    countOrders(tx, businessId, customerId, MOST_COUNTED),
    listClaims(tx, { businessId, customerId }, { status: 'held', before: null, limit: MOST_CLAIMS }),
    runningSubscriptions(tx, businessId, customerId, now),
    unusedAwards(tx, businessId, customerId, now),
    readBalances(tx, businessId, [customerId]),
    mergedInto(tx, businessId, customerId),
    formerPhones(tx, businessId, customerId),
  ])
  const units = balances.map((one) => [one.programId, one.available + one.pending + one.held] as const)
  return {
    orders,
    claims: held.length,
    subscriptions: running.length,
    cards: cards.length,
    units: Object.fromEntries(units.filter(([, sum]) => sum !== 0)),
    merged: merged.length,
    phones: former.length + 1,
  }
}
