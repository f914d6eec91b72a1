// Fills in the defaults of a reward, so that a later change of a default does not change stored
// rewards.
import type { Discount, RewardTerms, RewardTermsInput } from '../reward.ts'
import { isOfProducts } from './kind.ts'

/** Given values stay unchanged. Idempotent. */
export function normaliseTerms(input: RewardTermsInput): RewardTerms {
  return { ...defaultsOf(input), combinable: true, on_return: 'full_return', ...input }
}

/** The same for a discount. */
export function normaliseDiscount(input: Discount): Discount {
  return { ...defaultsOf(input), ...input }
}

/** Only product discounts have items and modifiers. */
function defaultsOf(discount: Discount): Partial<Discount> {
  return isOfProducts(discount) ? { quantity: 1, includes_modifiers: false } : {}
}
