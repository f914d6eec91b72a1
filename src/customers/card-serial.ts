// The serial of a customer's card: the column `customers.card_serial`.
import type { Statement, Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

/** The serial of the valid card; null if there is no such customer. */
export async function findCardSerial(tx: Transaction, businessId: Uuid, customerId: Uuid): Promise<number | null> {
  const [row] = await tx.query<{ serial: number }>(FIND, [businessId, customerId])
  return row?.serial ?? null
}

/** Invalidates all earlier cards. Returns the new serial, or null if there is no such customer. */
export async function renewCard(tx: Transaction, businessId: Uuid, customerId: Uuid): Promise<number | null> {
  const [row] = await tx.query<{ serial: number }>(RENEW, [businessId, customerId])
  return row?.serial ?? null
}

const FIND: Statement = {
  name: 'card_serial',
  text: 'select card_serial as serial from customers where business_id = $1 and id = $2',
}

const RENEW: Statement = {
  name: 'card_renew',
  text: `
update customers set card_serial = card_serial + 1 where business_id = $1 and id = $2 returning card_serial as serial`,
}
