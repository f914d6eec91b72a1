// Plays redemption visits: customers claim, tills check and redeem, and orders arrive before, after
// and in between.
import type { Claim } from '../../../contract/api/claims.ts'
import type { Customer } from '../../../contract/api/customers.ts'
import type { Api } from '../compare/api.ts'
import type { Counterpart } from '../compare/compare.ts'
import { goTogether, isLimited, isUsedUp, limitOfUses, refusalAt } from '../model/refused.ts'
import { type Played, spentOn } from '../model/spent.ts'
import { rewardOf } from '../world/rewards.ts'
import type { Story } from '../world/types.ts'
import { businessDayOf, realise, type Visit } from '../world/visits.ts'
import { type DeliverOptions, deliverTicket, type ExpectedAnswer, outcomeOf, type State } from './deliver.ts'
import { demand, type Happening, happen, type TillChanges } from './till.ts'

/** A shop in LoyaPro, with its rewards. */
export interface Spending extends Counterpart {
  /** Reward ids by their keys. */
  rewards: ReadonlyMap<string, string>
}

export type PlayOptions = Pick<DeliverOptions, 'line' | 'tokens' | 'concurrency' | 'signal' | 'onProgress'>

/** The shops and customers of the visits. */
export interface World {
  shops: readonly Spending[]
  /** Ids by `keyOf`. */
  customers: ReadonlyMap<string, string>
  /** When the previous activity of a customer ended, by `keyOf`; visits begin after it. */
  ends: ReadonlyMap<string, number>
}

/** Visits of one customer are sequential; those of different customers are concurrent. */
export async function playVisits(
  visits: readonly Visit[],
  { shops, customers: ids, ends }: World,
  options: PlayOptions,
  state: State,
): Promise<Played[]> {
  const chains = [...Map.groupBy(visits, keyOf).values()]
  const played: Played[] = []
  let next = 0
  let done = 0
  const work = async () => {
    for (let chain = chains[next++]; chain; chain = chains[next++]) {
      let last = ends.get(keyOf(chain[0] as Visit)) ?? 0
      const taken = new Map<string | null, number>()
      for (const visit of chain) {
        options.signal.throwIfAborted()
        const spending = shops.find(({ shop }) => shop === visit.shop.key)
        const customer = ids.get(keyOf(visit))
        if (!spending || customer === undefined) throw new Error(`${keyOf(visit)} is not known, and has something`)
        const { reward } = visit.pick
        const before = taken.get(reward) ?? 0
        const [one, ...more] = await playVisit(visit, { spending, customer, last, taken: before }, options, state)
        if (one) played.push(one, ...more)
        if (one && spentOn(one).outcome !== 'back') taken.set(reward, before + 1)
        const stories = one ? [one, ...more].map(({ story }) => story) : []
        last = Math.max(last, ...stories.flatMap(({ orders }) => orders.flat()).map(({ updatedAt }) => updatedAt))
        options.onProgress(++done)
      }
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, work))
  return played
}

/** Ids of all customers by `keyOf`. */
export async function customersOf(shops: readonly Spending[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const { shop, api } of shops) {
    for await (const { id, phone } of api.all<Customer>('/customers')) ids.set(`${shop} ${phone}`, id)
  }
  return ids
}

export function keyOf({ shop, person }: Visit): string {
  return `${shop.key} ${person.phone.e164}`
}

/** The customer of a visit, and their previous visits. */
export interface Guest {
  spending: Spending
  customer: string
  /** When the customer's last visit ended. */
  last: number
  /** How often the customer redeemed this reward. */
  taken: number
}

async function playVisit(visit: Visit, guest: Guest, options: PlayOptions, state: State): Promise<Played[]> {
  const { api } = guest.spending
  if (isUsedUp(visit, guest.taken)) {
    await mustNotClaim(guest, wish(visit, guest.spending), 'limit_reached', state)
    return []
  }
  const claim = await claimOf(visit, guest, state)
  if (!claim) return []
  const now = Date.parse(claim.created_at)
  const refusal = refusalAt(visit, now)
  // When hours begin or end during the visit, the answer is not predictable.
  const isUnclear = refusalAt(visit, now + LONGEST_VISIT_MS) !== refusal
  if (isUnclear || (visit.route === 'till' && refusal !== null)) {
    const nothing: Story = { shop: visit.shop, orders: [] }
    if (!isUnclear && refusal !== null) {
      const happening = { visit, story: nothing, code: claim.code }
      await demand('redeem', { order_id: `${claim.id}-refused` }, [409, refusal], happening, options, state)
    }
    await giveUp(api, claim.id)
    return [{ visit: { ...visit, route: 'given_up' }, story: nothing, claimId: claim.id }]
  }
  const story = realise(visit, Math.max(now - BEHIND_MS, guest.last + 1000), claim.code)
  const happening = { visit, story, code: claim.code }
  const check = refusal === null ? ([200] as const) : ([409, refusal] as const)
  await demand('reward', {}, check, happening, options, state)
  if (visit.mistypes) {
    await demand('reward', { reward_code: mistyped(claim.code) }, [404, 'reward_not_found'], happening, options, state)
  }
  // Two at a time: a call and an order, or two calls, are concurrent in LoyaPro.
  for (let i = 0; i < visit.events.length; i += 2) {
    const pair = visit.events.slice(i, i + 2)
    await Promise.all(pair.map((event) => happen(event, happening, options, state)))
  }
  await part(claim, check, { happening, api }, options, state)
  const played = { visit, story, claimId: claim.id }
  if (visit.hasMore) await useAgain(played, guest, options, state)
  if (isLimited(visit)) await haveAgain(played, guest, state)
  const both = await haveBoth(played, guest, options, state)
  const stray = await nameStrayCode(played, claim.code, options, state)
  return [played, both, stray].filter((one) => one !== null)
}

/**
 * An order that names a wrong code: it earns like any other order, and is flagged.
 */
async function nameStrayCode({ visit, story }: Played, code: string, options: PlayOptions, state: State) {
  const { shop, stray } = visit
  if (stray === null) return null
  const end = Math.max(...story.orders.flat().map(({ updatedAt }) => updatedAt))
  const told = realise(stray, end + 1000, stray.flag === 'code_unknown' ? mistyped(code) : code)
  const copy = { delayMs: 0, shuffled: false, fault: null }
  for (const ticket of told.orders.flat()) {
    await deliverTicket({ shop, ticket, copy, key: `${ticket.id} stray` }, options, state)
  }
  return { visit: { ...visit, route: 'given_up' as const }, story: told, claimId: null }
}

/**
 * The model predicts that the customer can pay. Null when the claim is refused nevertheless.
 */
export async function claimOf(
  visit: Visit,
  { spending, customer }: Pick<Guest, 'spending' | 'customer'>,
  state: State,
): Promise<Claim | null> {
  const answer = await spending.api.attempt(`/customers/${customer}/claims`, wish(visit, spending))
  outcomeOf(answer, [201], { call: 'claim', order: `of ${keyOf(visit)} for ${visit.pick.scheme}` }, state)
  return answer.status === 201 ? JSON.parse(answer.text) : null
}

const LONGEST_VISIT_MS = 10 * 60_000

/** How a visit ends. */
async function part(
  { id }: Claim,
  check: ExpectedAnswer,
  { happening, api }: { happening: Happening; api: Api },
  options: PlayOptions,
  state: State,
): Promise<void> {
  const till = (call: 'reward' | 'redeem', changes: TillChanges, must: ExpectedAnswer) =>
    demand(call, changes, must, happening, options, state)
  const { route } = happening.visit
  if (route === 'till') await till('redeem', { order_id: `${id}-other` }, [409, 'reward_used'])
  if (route === 'kept') await till('reward', {}, check)
  if (route === 'too_small') await till('redeem', {}, [422, 'order_too_small'])
  if (route !== 'till' && route !== 'kept') await giveUp(api, id)
  if (route === 'given_up') await till('redeem', { order_id: `${id}-late` }, [409, 'reward_cancelled'])
}

/**
 * Another use of the same plan right after the first: within the plan's limits, or refused. Then it
 * is cancelled.
 */
async function useAgain({ visit, story }: Played, guest: Guest, options: PlayOptions, state: State): Promise<void> {
  const limit = limitOfUses(visit)
  if (limit === null) return
  const { api } = guest.spending
  const claim = await claimOf(visit, guest, state)
  if (!claim) return
  const { id, code, created_at } = claim
  const isSpent = spentOn({ visit, story }).outcome === 'spent'
  const days = [...story.orders.flat().map(({ businessDate }) => businessDate), dayAt(visit, created_at, 60_000)]
  // When the day ends meanwhile, the answer is not predictable.
  if (days.every((day) => day === dayAt(visit, created_at, -BEHIND_MS - 60_000))) {
    const must = isSpent ? ([409, limit] as const) : ([200] as const)
    await demand('reward', {}, must, { visit, story, code }, options, state)
  }
  await giveUp(api, id)
}

/**
 * Another reward for the same order, when the first one stays spent: accepted if both are
 * combinable. Null when it was refused.
 */
async function haveBoth({ visit, story }: Played, guest: Guest, options: PlayOptions, state: State) {
  const { company: pick } = visit
  if (pick === null || spentOn({ visit, story }).outcome !== 'spent') return null
  const discount = rewardOf(pick.reward)?.terms.discount_amount ?? 0
  const second: Visit = { ...visit, pick, discount, told: discount, products: null, company: null }
  const claim = await claimOf(second, guest, state)
  if (!claim) return null
  const isGiven = goTogether(visit.pick, pick)
  const must = isGiven ? ([200] as const) : ([409, 'not_combinable'] as const)
  await demand('redeem', {}, must, { visit: second, story, code: claim.code }, options, state)
  if (isGiven) return { visit: second, story, claimId: claim.id }
  await giveUp(guest.spending.api, claim.id)
  return null
}

/**
 * The same reward right after the visit: refused when the customer's limit is reached, otherwise
 * cancelled.
 */
async function haveAgain({ visit, story }: Played, guest: Guest, state: State): Promise<void> {
  const had = spentOn({ visit, story }).outcome === 'back' ? 0 : 1
  if (isUsedUp(visit, guest.taken + had)) {
    return mustNotClaim(guest, wish(visit, guest.spending), 'limit_reached', state)
  }
  // Its units were restored, so the customer can pay for it.
  const claim = await claimOf(visit, guest, state)
  if (claim) await giveUp(guest.spending.api, claim.id)
}

function dayAt({ shop }: Visit, at: string, later: number): string {
  return businessDayOf(shop, Date.parse(at) + later)
}

/** A claim that must be refused. */
async function mustNotClaim({ spending, customer }: Guest, what: object, code: string, state: State): Promise<void> {
  const answer = await spending.api.attempt(`/customers/${customer}/claims`, what)
  outcomeOf(answer, [409, code], { call: 'claim', order: `of ${customer} in ${spending.shop}` }, state)
}

/**
 * Clocks of tills are behind by less than the tolerance of codes, so that no sale, and no plan that
 * it buys, begins after its delivery.
 */
export const BEHIND_MS = 2 * 60_000

/** The body of a claim. */
export function wish({ pick, route }: Pick<Visit, 'pick' | 'route'>, { programs, rewards }: Spending) {
  const what =
    pick.reward !== null
      ? { reward_id: rewards.get(pick.reward) }
      : { program_id: programs.get(pick.scheme), ...(pick.amount !== null && { amount: pick.amount }) }
  return { ...what, valid_minutes: route === 'run_out' || route === 'told_late' ? 1 : 1440 }
}

/**
 * Cancels a claim that is still held: a used one cannot be cancelled, and one whose order arrived
 * too late is restored.
 */
export async function giveUp(api: Api, claimId: string): Promise<void> {
  const { status } = await api.get<Claim>(`/claims/${claimId}`)
  if (status === 'held') await api.post(`/claims/${claimId}/cancel`, {})
}

/** Changes the last digit. */
function mistyped(code: string): string {
  return `${code.slice(0, -1)}${(Number(code.slice(-1)) + 1) % 10}`
}
