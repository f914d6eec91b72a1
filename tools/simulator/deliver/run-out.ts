// Codes that expire: claimed before everything else, and checked after they expired.
import type { Claim } from '../../../contract/api/claims.ts'
import type { Played } from '../model/spent.ts'
import type { Ms } from '../world/types.ts'
import { realise, type Visit } from '../world/visits.ts'
import type { State } from './deliver.ts'
import { demand, happen } from './till.ts'
import { BEHIND_MS, claimOf, giveUp, keyOf, type PlayOptions, type Spending, type World } from './visits.ts'

/** A visit whose code expires. */
export interface Hurried {
  visit: Visit
  claim: Claim
  story: Played['story']
  spending: Spending
  customer: string
}

/** Claims the codes, at most one per customer. */
export async function claimHurried(
  visits: readonly Visit[],
  targets: Omit<World, 'ends'>,
  state: State,
): Promise<Hurried[]> {
  const claimed: Hurried[] = []
  for (const visit of visits) {
    const spending = targets.shops.find(({ shop }) => shop === visit.shop.key)
    const customer = targets.customers.get(keyOf(visit))
    if (!spending || customer === undefined) throw new Error(`${keyOf(visit)} is not known, and has something`)
    const claim = await claimOf(visit, { spending, customer }, state)
    if (!claim) continue
    const story = realise(visit, Date.parse(claim.created_at) - BEHIND_MS, claim.code)
    claimed.push({ visit, claim, story, spending, customer })
  }
  return claimed
}

/** When the sales of these visits ended, by `keyOf` of their customers. */
export function endsOf(hurried: readonly Hurried[]): Map<string, number> {
  return new Map(
    hurried.map(({ visit, story }) => [keyOf(visit), Math.max(0, ...story.orders.flat().map((one) => one.updatedAt))]),
  )
}

/** The time at which the last of their codes expires. */
export function lastOf(hurried: readonly Hurried[]): Ms {
  return Math.max(...hurried.map(({ claim }) => Date.parse(claim.expires_at)))
}

/** Plays what happens after all of these codes expired. */
export async function playHurried(hurried: readonly Hurried[], options: PlayOptions, state: State): Promise<Played[]> {
  for (const [index, one] of hurried.entries()) {
    options.signal.throwIfAborted()
    await afterwards(one, options, state)
    options.onProgress(index + 1)
  }
  return hurried.map(({ visit, story, claim }) => ({ visit, story, claimId: claim.id }))
}

/**
 * The till gets the answer that the code expired, whether or not a job has released its units. An
 * order that used it in time still counts, and takes the units from the current balance.
 */
async function afterwards(one: Hurried, options: PlayOptions, state: State): Promise<void> {
  const { visit, claim, story, spending } = one
  const happening = { visit, story, code: claim.code }
  const ranOut = [409, 'reward_expired'] as const
  await demand('reward', {}, ranOut, happening, options, state)
  await demand('redeem', { order_id: `${claim.id}-late` }, ranOut, happening, options, state)
  for (let i = 0; i < visit.events.length; i += 2) {
    await Promise.all(visit.events.slice(i, i + 2).map((event) => happen(event, happening, options, state)))
  }
  // The next claim uses the units of the expired one, and is cancelled as well.
  const next = visit.route === 'run_out' ? await claimOf({ ...visit, route: 'given_up' }, one, state) : null
  if (next) await giveUp(spending.api, next.id)
  await giveUp(spending.api, claim.id)
}
