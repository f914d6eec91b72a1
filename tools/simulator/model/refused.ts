// The refusals that the terms of rewards and plans require, for checks at tills and for claims of
// customers.
import { rewardOf } from '../world/rewards.ts'
import type { Ms } from '../world/types.ts'
import type { Pick, Visit } from '../world/visits.ts'
import { isTimely } from './holds.ts'

/** The refusal of the code at this moment, at the branch of the visit; null when it is valid. */
export function refusalAt({ pick, shop, branch, home }: Visit, at: Ms): 'reward_not_here' | 'reward_not_now' | null {
  const reward = rewardOf(pick.reward)
  if (reward?.isLocal && branch.id !== home.id) return 'reward_not_here'
  return reward && !isTimely(reward.terms, { paidAt: at, shop }) ? 'reward_not_now' : null
}

/** The refusal of another use of the same plan right after one; null when there is no limit. */
export function limitOfUses({ pick, shop }: Visit): 'use_limit_reached' | 'too_soon' | null {
  const definition = shop.schemes.find(({ key }) => key === pick.scheme)?.versions.at(-1)?.definition
  if (definition?.type !== 'subscription') return null
  if (definition.plan.per_day_limit === 1) return 'use_limit_reached'
  return definition.plan.minutes_between_uses === undefined ? null : 'too_soon'
}

/** Whether two rewards can be combined in one order. */
export function goTogether(...picks: readonly Pick[]): boolean {
  return picks.every(({ reward }) => rewardOf(reward)?.terms.combinable !== false)
}

/** Whether the reward has a limit per customer. */
export function isLimited({ pick }: Visit): boolean {
  return rewardOf(pick.reward)?.terms.limits?.per_customer !== undefined
}

/**
 * Whether the customer's limit of the reward is reached; `taken` counts redemptions that were not
 * restored.
 */
export function isUsedUp({ pick }: Visit, taken: number): boolean {
  const limit = rewardOf(pick.reward)?.terms.limits?.per_customer
  return limit !== undefined && taken >= limit
}
