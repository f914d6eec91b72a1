// Moves the claims of a merged customer to the remaining one. Their codes stay valid, and they
// count for the limits of the remaining customer.
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Statement, Transaction } from '../../db/database.ts'
import type { Uuid } from '../../kernel/ids.ts'

/** The number of claims of a customer, counted up to `limit`. */
export async function countClaims(tx: Transaction, businessId: Uuid, customerId: Uuid, limit: number): Promise<number> {
  const [row] = await tx.query<{ n: number }>(COUNT, [businessId, customerId, limit])
  return row?.n ?? 0
}

/** `cards`: the stamp cards that got another id. */
export async function reassignClaims(
  tx: Transaction,
  _lock: BusinessLock,
  { businessId, from, into }: { businessId: Uuid; from: Uuid; into: Uuid },
  cards: readonly { was: Uuid; id: Uuid }[],
): Promise<void> {
  await tx.query(MOVE, [businessId, from, into, cards.map((card) => card.was), cards.map((card) => card.id)])
}

const COUNT: Statement = {
  name: 'count_claims',
  text: 'select count(*) as n from (select from claims where business_id = $1 and customer_id = $2 limit $3) as part',
}

const MOVE: Statement = {
  name: 'move_claims',
  text: `
update claims c set customer_id = $3, card_id = coalesce(
  (select k.id from unnest($4::uuid[], $5::uuid[]) as k (was, id) where k.was = c.card_id), c.card_id)
where c.business_id = $1 and c.customer_id = $2`,
}
