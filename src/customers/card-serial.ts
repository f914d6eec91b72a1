// A customer's own card: its serial, and a new one when it was lost.
import type { Actor } from '../../contract/actor.ts'
import type { Statement, Transaction, WriteTransaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

/** The serial of the valid card, and who renewed it last. */
export interface CardSerial {
  serial: number
  renewedBy: Actor | null
}

/** The serial of the card that is worth something; null when there is no such customer. */
export async function findCardSerial(tx: Transaction, businessId: Uuid, customerId: Uuid): Promise<CardSerial | null> {
  const [row] = await tx.query<CardSerial>(FIND, [businessId, customerId])
  return row ?? null
}

/**
 * Makes every card that was given out before worth nothing. The new card's serial, or null when
 * there is no such customer.
 */
export async function renewCard(tx: WriteTransaction, businessId: Uuid, customerId: Uuid): Promise<CardSerial | null> {
  const [row] = await tx.query<CardSerial>(RENEW, [businessId, customerId, tx.actor])
  return row ?? null
}

const FIND: Statement = {
  name: 'card_serial',
  text: 'select card_serial as serial, card_renewed_by as "renewedBy" from customers where business_id = $1 and id = $2',
}

const RENEW: Statement = {
  name: 'card_renew',
  text: `
update customers set card_serial = card_serial + 1, card_renewed_by = $3
where business_id = $1 and id = $2
returning card_serial as serial, card_renewed_by as "renewedBy"`,
}
