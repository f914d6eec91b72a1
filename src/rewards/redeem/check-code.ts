// Checks a code for a till: what the reward takes off, or why it cannot be had. Changes nothing but
// the count of wrong codes.

import type { Connected } from '../../businesses/connection-cache.ts'
import type { Database } from '../../db/database.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Claim } from '../claims/claim.ts'
import { goodsFor, productsOf } from './allowed-products.ts'
import { type FoundCode, findCode, refuseNow, type Till } from './find-code.ts'
import type { Refusal } from './refusal.ts'
import type { CodeRequest } from './request.ts'

export type CheckOutcome =
  | Exclude<FoundCode, { kind: 'found' }>
  | Refusal
  | { kind: 'valid'; claim: Claim; products: string[] | null }

/** In order of precedence: too_many_attempts, reward_not_found, what `Refusal` says, valid. */
export function checkCode(
  db: Database,
  till: Till,
  business: Connected,
  request: CodeRequest,
  now: EpochMs,
): Promise<CheckOutcome> {
  return db.transaction(async (tx) => {
    const found = await findCode(tx, till, business, request, now)
    if (found.kind !== 'found') return found
    const { claim } = found
    const [{ refusal }, goods] = await Promise.all([
      refuseNow(tx, found, now),
      goodsFor(tx, { businessId: business.businessId, posName: till.posName }, claim.terms),
    ])
    return refusal ?? { kind: 'valid', claim, products: productsOf(claim.terms, goods) }
  })
}
