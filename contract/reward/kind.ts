// What the kind of a discount means. Separate from the schemas, so that using it does not load
// them.
import type { ClaimTerms } from '../reward.ts'

export function isOfProducts({ kind }: Pick<ClaimTerms, 'kind'>): boolean {
  return kind === 'fixed_products' || kind === 'percent_products'
}

export function isPercent({ kind }: Pick<ClaimTerms, 'kind'>): boolean {
  return kind === 'percent_order' || kind === 'percent_products'
}
