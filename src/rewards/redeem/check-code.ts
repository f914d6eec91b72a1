// Checks a code for a till: what the reward takes off, or why it cannot be used. Changes nothing
// but the count of wrong codes.
import type { Connected } from '../../businesses/connection-cache.ts'
import type { Database } from '../../db/database.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Claim } from '../claims/claim.ts'
import { allowedProducts, loadGoods } from './allowed-products.ts'
import { refuseUse, type UseRefusal } from './decide.ts'
import { type CodeNotFound, findCode } from './find-code.ts'
import { loadUseFacts } from './load-facts.ts'
import type { CodeRequest, Till } from './request.ts'

/** `products`: those that the reward allows; null if it allows any. */
export type CheckOutcome = CodeNotFound | UseRefusal | { kind: 'valid'; claim: Claim; products: string[] | null }

/** In order of precedence: too_many_attempts, reward_not_found, `UseRefusal`, valid. */
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
    const [use, catalogue] = await Promise.all([
      loadUseFacts(tx, found, now),
      loadGoods(tx, { businessId: business.businessId, posName: till.posName }, claim.terms),
    ])
    return refuseUse(use, now) ?? { kind: 'valid', claim, products: allowedProducts(claim.terms, catalogue) }
  })
}
