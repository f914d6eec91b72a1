// Loads a customer, or throws the problem of an id that does not exist or was merged.
import { findMerged } from '../../../customers/merged.ts'
import { type Customer, findCustomer, holdCustomer } from '../../../customers/store.ts'
import type { Transaction } from '../../../db/database.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import { findErasureOf } from '../../../privacy/erasure-store.ts'
import { Problem } from '../../problem.ts'
import { customerErased } from '../../tenant.ts'
import { formatInstant, notFound } from '../format.ts'

/**
 * Throws 404 `not_found`, 410 `customer_merged` with the id of the other customer, or 410
 * `customer_erased`.
 */
export async function customerOr404(tx: Transaction, businessId: Uuid, id: Uuid): Promise<Customer> {
  return (await findCustomer(tx, businessId, id)) ?? (await refuse(tx, businessId, id))
}

/** As customerOr404, for a write: until it commits, the customer cannot be merged. */
export async function heldCustomerOr404(tx: Transaction, businessId: Uuid, id: Uuid): Promise<Customer> {
  return (await holdCustomer(tx, businessId, id)) ?? (await refuse(tx, businessId, id))
}

async function refuse(tx: Transaction, businessId: Uuid, id: Uuid): Promise<never> {
  const [merged, erasure] = await Promise.all([findMerged(tx, businessId, id), findErasureOf(tx, businessId, id)])
  if (erasure) throw customerErased(erasure.erasedAt)
  if (!merged) throw notFound('customer')
  const into = formatId('customer', merged.into)
  throw new Problem('customer_merged', {
    detail: {
      en: `This customer was merged into ${into}. Use that ID.`,
      ar: `دُمج هذا العميل في العميل ${into}. استخدم ذلك المعرّف.`,
    },
    extra: { merged_into: into, merged_at: formatInstant(merged.mergedAt), reason: merged.reason },
  })
}
