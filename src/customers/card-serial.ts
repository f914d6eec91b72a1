// A customer's own card: its serial, and a new one when it was lost.
import type { Statement, Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

/** The serial of the card that is worth something; null when there is no such customer. */
export async function cardSerialOf(tx: Transaction, businessId: Uuid, customerId: Uuid): Promise<number | null> {
  const [row] = await tx.query<{ serial: number }>(SERIAL, [businessId, customerId])
  return row?.serial ?? null
}

/**
 * Makes every card that was given out before worth nothing. The new card's serial, or null when
 * there is no such customer.
 */
export async function renewCard(tx: Transaction, businessId: Uuid, customerId: Uuid): Promise<number | null> {
  const [row] = await tx.query<{ serial: number }>(RENEW, [businessId, customerId])
  return row?.serial ?? null
}

const SERIAL: Statement = {
  name: 'card_serial',
  text: 'select card_serial as serial from customers where business_id = $1 and id = $2',
}

const RENEW: Statement = {
  name: 'card_renew',
  text: `
update customers set card_serial = card_serial + 1 where business_id = $1 and id = $2 returning card_serial as serial`,
}
