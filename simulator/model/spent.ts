// What a visit comes to: from what the shop sold and took back, and who told of the code.
import { REWARDS } from '../world/rewards.ts'
import type { Story } from '../world/types.ts'
import type { Visit } from '../world/visits.ts'
import { keptOf, truthOf } from './kept.ts'

/** A visit that was played: its story has the times at which it happened. */
export interface Played {
  visit: Visit
  story: Story
  claimId: string
}

export interface Spent {
  /** How the claim ends. What went back may have done so as `restored` or as `cancelled`: that depends on what came first. */
  outcome: 'spent' | 'back' | 'held'
  spent: number
  held: number
}

export function spentOn({ visit, story }: Pick<Played, 'visit' | 'story'>): Spent {
  const { route, pick, discount } = visit
  if (route === 'kept') return { outcome: 'held', spent: 0, held: pick.units }
  if (route === 'given_up' || route === 'mistaken' || isUndone(visit, story)) {
    return { outcome: 'back', spent: 0, held: 0 }
  }
  return { outcome: 'spent', spent: pick.amount === null ? pick.units : discount, held: 0 }
}

/** Voided, or all is back that the reward was used on. */
function isUndone({ pick, shop }: Visit, story: Story): boolean {
  const { sale, returns } = truthOf(story)
  if (sale.state !== 'paid') return true
  if (returns.length === 0) return false
  const kept = keptOf(shop, sale, returns)
  if (kept.every(({ quantity }) => quantity === 0)) return true
  const products = REWARDS.find(({ key }) => key === pick.reward)?.terms.products
  const rewarded = products ? kept.filter(({ item }) => products.includes(item.product)) : []
  return rewarded.length > 0 && rewarded.every(({ quantity }) => quantity === 0)
}
