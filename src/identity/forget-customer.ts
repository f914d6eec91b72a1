// Deletes what proofs and attempts keep of a customer who is erased.
import type { Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import { deleteCounts, subjectOf } from './attempt-counts.ts'
import { deletePassword } from './passwords.ts'

export async function forgetProofs(
  tx: Transaction,
  { businessId, customerId, phones }: { businessId: Uuid; customerId: Uuid; phones: readonly string[] },
): Promise<void> {
  await Promise.all([
    deletePassword(tx, businessId, customerId),
    deleteCounts(
      tx,
      // A hash of a phone number can be found by trying every number.
      phones.map((phone) => ({ businessId, subject: subjectOf(businessId, 'customer', phone) })),
    ),
  ])
}
