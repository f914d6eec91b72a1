// The outcome of a visit, from the tickets of its order and the calls and orders that named the
// code.
import { type GoodFor, isGoodFor, rewardOf } from '../world/rewards.ts'
import type { Minor, Story } from '../world/types.ts'
import type { Route, Visit } from '../world/visits.ts'
import { share } from './fraction.ts'
import { type Remaining, remainingOf, truthOf } from './remaining.ts'

/** A visit that was played; its story has the real times. */
export interface Played {
  visit: Visit
  story: Story
  /** Null for an order that named a wrong code. */
  claimId: string | null
}

export interface Spent {
  /**
   * How the claim ends. A claim whose units are back is `restored`, `cancelled` or `expired`,
   * depending on the order of events.
   */
  outcome: 'spent' | 'back' | 'held'
  spent: number
  held: number
}

export function spentOn({ visit, story }: Pick<Played, 'visit' | 'story'>): Spent {
  const { route, pick, told } = visit
  if (route === 'kept') return { outcome: 'held', spent: 0, held: pick.units }
  const units = pick.amount === null ? pick.units : told
  const spent = GIVEN_UP.has(route) ? null : partOf(units, visit, story)
  return spent === null ? { outcome: 'back', spent: 0, held: 0 } : { outcome: 'spent', spent, held: 0 }
}

const GIVEN_UP: ReadonlySet<Route> = new Set(['given_up', 'mistaken', 'too_small', 'run_out'])

/** The units that stay spent; null when the reward is restored completely. */
function partOf(units: number, visit: Visit, story: Story): number | null {
  const { sale, returns } = truthOf(story)
  const terms = termsOf(visit)
  if (sale.state === 'void') return null
  if (terms.onReturn === 'never') return units
  if (sale.state === 'returned') return null
  if (returns.length === 0) return units
  const kept = remainingOf(visit.shop, sale, returns)
  const rewarded = rewardedOf(visit, terms, kept)
  if (isGone(kept) || (rewarded.length > 0 && isGone(rewarded))) return null
  const sold = sumOf(remainingOf(visit.shop, sale, []))
  return terms.onReturn === 'pro_rata' && sold > 0 ? share(units, sumOf(kept), sold) : units
}

interface Terms {
  onReturn: 'full_return' | 'never' | 'pro_rata'
  /** Null when it applies to the whole order. */
  goods: GoodFor | null
}

/** By the current version of the program: the last one. */
function termsOf({ pick, shop }: Visit): Terms {
  const reward = rewardOf(pick.reward)
  if (reward) {
    const { products, categories, on_return: onReturn = 'full_return' } = reward.terms
    return { onReturn, goods: products || categories ? reward.terms : null }
  }
  const definition = shop.schemes.find(({ key }) => key === pick.scheme)?.versions.at(-1)?.definition
  if (definition?.type === 'cashback') return { onReturn: definition.on_return ?? 'full_return', goods: null }
  if (definition?.type !== 'subscription') return { onReturn: 'full_return', goods: null }
  const { products, categories } = definition.plan
  const goods = {
    ...(products?.include && { products: products.include }),
    ...(categories?.include && { categories: categories.include }),
  }
  return { onReturn: 'full_return', goods: products?.include || categories?.include ? goods : null }
}

/**
 * The line on which the reward was used; or those of the products that the till named; or all to
 * which the reward applies.
 */
function rewardedOf({ products }: Visit, { goods }: Terms, kept: readonly Remaining[]): readonly Remaining[] {
  const marked = kept.filter(({ isMarked }) => isMarked)
  if (marked.length > 0) return marked
  if (goods === null) return []
  const named: GoodFor = products ? { products: products.map(({ product_id }) => product_id) } : goods
  return kept.filter((line) => isGoodFor(named, line))
}

function isGone(lines: readonly Remaining[]): boolean {
  return lines.every(({ quantity }) => quantity === 0)
}

function sumOf(lines: readonly Remaining[]): Minor {
  return lines.reduce((sum, { withTax }) => sum + withTax, 0)
}
