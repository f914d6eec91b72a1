// Gives the claims of a customer to another one: their codes are good as before, and count for the
// other's limits.
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Statement, Transaction } from '../../db/database.ts'
import type { Uuid } from '../../kernel/ids.ts'

/** How many claims a customer has made, up to `most`. */
export async function countClaims(tx: Transaction, businessId: Uuid, customerId: Uuid, most: number): Promise<number> {
  const [row] = await tx.query<{ n: number }>(COUNT, [businessId, customerId, most])
  return row?.n ?? 0
}

/** `cards`: the awards that got another id. */
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
