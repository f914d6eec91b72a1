// Which fields of a reward belong to its kind of discount.
import { isOfProducts, isPercent } from '../../../contract/reward/kind.ts'
import type { RewardKind } from '../../../contract/reward.ts'

const OF_AMOUNT = ['discount_amount']
const OF_PERCENT = ['percent', 'max_discount_amount']
const OF_PRODUCTS = ['products', 'categories', 'quantity', 'includes_modifiers']

/** The fields that a reward of this kind does not have. */
export function fieldsWithout(kind: RewardKind): string[] {
  return [...(isPercent({ kind }) ? OF_AMOUNT : OF_PERCENT), ...(isOfProducts({ kind }) ? [] : OF_PRODUCTS)]
}

/** The offer as it is sent: without what belongs to another kind, which may have been filled in before. */
export function offerOf(value: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  const gone = new Set(fieldsWithout(value.kind as RewardKind))
  return Object.fromEntries(
    Object.entries(value).filter(
      ([name, one]) => names.includes(name) && !gone.has(name) && one !== undefined && one !== null,
    ),
  )
}
