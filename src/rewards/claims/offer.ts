// What a customer picks: its current price, and the terms that the claim gets.
import type { SubscriptionDefinition } from '../../../contract/program/definition.ts'
import type { ClaimTerms } from '../../../contract/reward.ts'
import type { Transaction } from '../../db/database.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import { endOfDay } from '../../kernel/local-date.ts'
import type { Award } from '../../programs/cards/cards.ts'
import type { BusinessPrograms } from '../../programs/store.ts'
import { lastInForce } from '../../programs/terms.ts'
import { loadRewardForClaim, type Reward } from '../catalogue/find-rewards.ts'
import type { ClaimKind } from './claim.ts'

/** A catalogue reward, or a program; for cashback with the amount in minor units. */
export type Pick = { rewardId: Uuid } | { programId: Uuid; amount: number | null }

export interface Offer {
  kind: 'offer'
  claim: ClaimKind
  programId: Uuid
  reward: Reward | null
  name: string
  nameAr: string
  terms: ClaimTerms
  units: number
  /** When the reward ends; absent if it does not. */
  until?: EpochMs
  /** The minimum balance for a claim. */
  minimum?: number
}

/** In order of precedence. `amount_*` and `needs_reward`: the pick does not fit the program. */
export interface OfferRefusal {
  kind:
    | 'reward_not_found'
    | 'program_not_found'
    | 'reward_archived'
    | 'reward_over'
    | 'not_in_force'
    | 'needs_reward'
    | 'amount_missing'
    | 'amount_not_asked'
}

/** The card is chosen once the account is locked: see `cardOffer`. */
export interface CardPick {
  kind: 'card'
  programId: Uuid
}

export async function offerOf(
  tx: Transaction,
  programs: BusinessPrograms,
  pick: Pick,
  now: EpochMs,
): Promise<Offer | CardPick | OfferRefusal> {
  if ('rewardId' in pick) return rewardOffer(tx, programs, pick.rewardId, now)
  const { programId, amount } = pick
  const program = programs.programs.get(programId)
  if (!program) return { kind: 'program_not_found' }
  const version = lastInForce(programs.terms, programId, now)
  if (!version) return { kind: 'not_in_force' }
  const { definition, name, nameAr } = version
  if (definition.type === 'points') return { kind: 'needs_reward' }
  if (definition.type !== 'cashback' && amount !== null) return { kind: 'amount_not_asked' }
  const base = { kind: 'offer', programId, reward: null, name, nameAr } as const
  switch (definition.type) {
    case 'stamps':
      return { kind: 'card', programId }
    case 'cashback': {
      if (amount === null) return { kind: 'amount_missing' }
      const { on_return, maximum_share_basis_points: share, minimum_to_redeem: minimum } = definition
      const terms: ClaimTerms = {
        kind: 'fixed_order',
        discount_amount: amount,
        ...(on_return && { on_return }),
        ...(share !== undefined && { share_basis_points: share }),
      }
      return { ...base, claim: 'cashback', terms, units: amount, ...(minimum !== undefined && { minimum }) }
    }
    case 'subscription':
      // The plan is chosen once the account is locked: see `choosePlan`.
      return { ...base, claim: 'use', terms: useTerms(definition), units: 1 }
  }
}

async function rewardOffer(
  tx: Transaction,
  { businessId, business }: BusinessPrograms,
  rewardId: Uuid,
  now: EpochMs,
): Promise<Offer | OfferRefusal> {
  const reward = await loadRewardForClaim(tx, businessId, rewardId)
  if (!reward) return { kind: 'reward_not_found' }
  if (reward.status === 'archived') return { kind: 'reward_archived' }
  const { programId, name, nameAr, terms, price } = reward
  const until = terms.dates?.to === undefined ? undefined : endOfDay(terms.dates.to, business.timezone)
  if (until !== undefined && until <= now) return { kind: 'reward_over' }
  const offer = { kind: 'offer', claim: 'reward', programId, reward, name, nameAr, terms, units: price } as const
  return until === undefined ? offer : { ...offer, until }
}

/**
 * The reward of a completed card, in the version that the card was started under; null if that
 * version has no discount.
 */
export function cardOffer(programs: BusinessPrograms, programId: Uuid, { version }: Award): Offer | null {
  const definition = programs.version(programId, version)?.definition
  if (definition?.type !== 'stamps' || !definition.reward.discount) return null
  const { name, discount } = definition.reward
  const base = { kind: 'offer', claim: 'card', programId, reward: null } as const
  return { ...base, name: name.en, nameAr: name.ar, terms: discount, units: 0 }
}

/** One use: one of the plan's products for free, within its limits. */
export function useTerms({ plan }: SubscriptionDefinition): ClaimTerms {
  const products = plan.products?.include
  const categories = plan.categories?.include
  return {
    kind: 'percent_products',
    percent: 100,
    quantity: 1,
    includes_modifiers: false,
    ...(products && { products }),
    ...(categories && { categories }),
    ...(plan.branches && { branches: plan.branches }),
    ...(plan.hours && { hours: plan.hours }),
    ...(plan.per_day_limit !== undefined && { per_day_limit: plan.per_day_limit }),
    ...(plan.minutes_between_uses !== undefined && { minutes_between_uses: plan.minutes_between_uses }),
  }
}
