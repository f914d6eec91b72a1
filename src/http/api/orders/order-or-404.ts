// Loads an order, or throws the problem of an id that does not exist.
import type { Transaction } from '../../../db/database.ts'
import type { Uuid } from '../../../kernel/ids.ts'
import { findOrder } from '../../../orders/read.ts'
import type { Caller } from '../../server.ts'
import { notFound } from '../format.ts'

/**
 * Throws 404 `not_found`, also for an order of a branch that the caller, who is limited to branches,
 * must not see.
 */
export async function orderOr404(tx: Transaction, { businessId, branches }: Caller, id: Uuid) {
  const found = await findOrder(tx, businessId, id)
  if (!found) throw notFound('order')
  const { branch_id: branchId } = found.head
  if (branches && (branchId === null || !branches.includes(branchId))) throw notFound('order')
  return found
}
