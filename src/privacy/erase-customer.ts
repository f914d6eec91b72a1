// Erases a customer: who they were goes at once, what they had ends, and the archive is searched by
// a job.
import { eraseIdentity, identityOf, noteTexts } from '../customers/erase.ts'
import { mergedInto } from '../customers/merged.ts'
import type { BusinessLock } from '../db/business-lock.ts'
import type { Transaction, WriteTransaction } from '../db/database.ts'
import { escapeLike } from '../db/like-pattern.ts'
import { ERASE_ANSWERS } from '../http/idempotency-keys.ts'
import { forgetProofs } from '../identity/forget-customer.ts'
import { forgetPosCustomer } from '../installations/forget-customer.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { formatId, type Ids, type Uuid } from '../kernel/ids.ts'
import { dropNotes } from '../ledger/close.ts'
import { markErased } from '../orders/erase-orders.ts'
import { closeHoldings } from '../programs/close-holdings.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import { closeClaims } from '../rewards/claims/close-claims.ts'
import { type Erasure, findErasureOf, insertErasure } from './erasure-store.ts'

/**
 * One transaction, under the business lock: after it nobody is found by the number, later orders
 * enrol a new customer, and orders of the erased one that are sent again stay without a customer
 * and move nothing. The erasure that exists already is returned as it is; null when there is no
 * such customer.
 */
export async function eraseCustomer(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  customerId: Uuid,
  { now, ids }: { now: EpochMs; ids: Ids },
): Promise<Erasure | null> {
  const { businessId } = programs
  const before = await findErasureOf(tx, businessId, customerId)
  if (before) return before
  const identity = await identityOf(tx, businessId, customerId)
  if (!identity) return null
  const id = ids.next()
  const deps = { now, ids }
  const merged = await mergedInto(tx, businessId, customerId)
  const everyId = [customerId, ...merged]
  // Codes first: what they hold is in the balance then, which ends next.
  const claims = await closeClaims(tx, lock, programs, customerId, deps)
  const holdings = await closeHoldings(tx, lock, programs, { customerId, sourceId: id }, deps)
  const orders = await markErased(tx, lock, { businessId, customerId, ids: everyId })
  const written = [
    ...(await dropNotes(tx, lock, businessId, everyId)),
    ...(await noteTexts(tx, businessId, customerId)),
  ]
  const posIds = await forgetPosCustomer(tx, lock, { businessId, customerId })
  await forgetProofs(tx, { businessId, customerId, phones: identity.phones })
  const { phones, names, emails } = identity
  await forgetAnswers(tx, businessId, { ids: everyId, texts: [...phones, ...names, ...emails, ...written] })
  await eraseIdentity(tx, lock, { businessId, customerId }, now)
  const erasure: Erasure = {
    businessId,
    id,
    customerId,
    merged,
    erasedAt: now,
    erasedBy: tx.actor,
    ended: { orders, claims, ...holdings },
    completedAt: null,
  }
  await insertErasure(tx, erasure, { ...identity, posIds })
  return erasure
}

/** Responses that are stored for an Idempotency-Key and contain one of the ids or texts. */
export async function forgetAnswers(
  tx: Transaction,
  businessId: Uuid,
  { ids, texts }: { ids: readonly Uuid[]; texts: readonly string[] },
): Promise<void> {
  const wanted = [
    ...ids.map((id) => formatId('customer', id)),
    // As JSON writes them. A shorter text occurs in others by chance.
    ...texts.filter((text) => text.length >= SHORTEST_TEXT).map((text) => JSON.stringify(text).slice(1, -1)),
  ]
  await tx.query(ERASE_ANSWERS, [businessId, wanted.map((text) => `%${escapeLike(text)}%`)])
}

const SHORTEST_TEXT = 4
