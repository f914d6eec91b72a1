// Writes the defaults of a reward out, so that what is stored stays its own whatever the defaults
// become.
import type { Discount, RewardTerms, RewardTermsInput } from '../reward.ts'
import { isOfProducts } from './kind.ts'

/** Changes nothing that is given; doing it twice is doing it once. */
export function normaliseTerms(input: RewardTermsInput): RewardTerms {
  return { ...defaultsOf(input), combinable: true, on_return: 'full_return', ...input }
}

/** As normaliseTerms, for what is taken off alone. */
export function normaliseDiscount(input: Discount): Discount {
  return { ...defaultsOf(input), ...input }
}

/** Only what is good for products has pieces and modifiers. */
function defaultsOf(discount: Discount): Partial<Discount> {
  return isOfProducts(discount) ? { quantity: 1, includes_modifiers: false } : {}
}
