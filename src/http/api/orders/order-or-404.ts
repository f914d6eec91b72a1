// Loads an order, or throws the problem of an id that does not exist.
import type { Transaction } from '../../../db/database.ts'
import type { Uuid } from '../../../kernel/ids.ts'
import { findOrder } from '../../../orders/read.ts'
import { notFound } from '../format.ts'

/** Throws 404 `not_found`. */
export async function orderOr404(tx: Transaction, businessId: Uuid, id: Uuid) {
  const found = await findOrder(tx, businessId, id)
  if (!found) throw notFound('order')
  return found
}
