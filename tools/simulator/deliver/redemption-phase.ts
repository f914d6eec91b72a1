// The redemption phase: after everything else, customers send concurrent claims for everything that
// they have and for one more. The exact number succeeds, and the others are refused with the right
// reason.
import type { Claim } from '../../../contract/api/claims.ts'
import type { Expected } from '../model/model.ts'
import { type Played, spentOn } from '../model/spent.ts'
import { LAST_ONES, PRICED_IN, REWARDS } from '../world/rewards.ts'
import type { Person, Shop } from '../world/types.ts'
import type { Pick, Visit } from '../world/visits.ts'
import { outcomeOf, type State } from './deliver.ts'
import { keyOf, type Spending, wish } from './visits.ts'

/** The balances of the customers, and their claims so far. */
export interface RedemptionPhase {
  shops: readonly Spending[]
  /** Ids by `keyOf`. */
  customers: ReadonlyMap<string, string>
  expected: readonly Expected[]
  played: readonly Played[]
}

/** Returns the claims that were made, which stay held. */
export async function playRedemptionPhase(
  shops: readonly Shop[],
  evening: RedemptionPhase,
  state: State,
): Promise<Played[]> {
  const played: Played[] = []
  for (const shop of shops) {
    const spending = evening.shops.find((one) => one.shop === shop.key)
    if (!spending) continue
    for (const rush of rushesOf(shop, evening)) played.push(...(await play(rush, { shop, spending }, evening, state)))
  }
  return played
}

/** Concurrent claims, of which `served` succeed. */
interface Rush {
  wishes: readonly { person: Person; pick: Pick }[]
  served: number
  /** The refusal of the others. */
  otherwise: string
}

/** Number of customers per program: the first ones with a balance. */
const MOST_GUESTS = 12

function rushesOf(shop: Shop, { expected, played }: RedemptionPhase): Rush[] {
  return shop.schemes.flatMap(({ key, versions }) => {
    const definition = versions.at(-1)?.definition
    const guests = expected
      .filter((one) => one.shop === shop.key && one.scheme === key && (one.cards ?? one.available) > 0)
      .flatMap((one) => {
        const person = shop.people.find(({ phone }) => phone.e164 === one.phone)
        return person ? [{ ...one, person }] : []
      })
      .slice(0, MOST_GUESTS)
    const pick = { scheme: key, reward: null, amount: null, units: 0 }
    if (definition?.type === 'stamps') {
      return guests.map(({ person, cards }): Rush => {
        const left = (cards ?? 0) - played.filter((one) => isOf(one, shop, person, key)).length
        return { wishes: times(left + 1, { person, pick }), served: left, otherwise: 'no_card' }
      })
    }
    if (definition?.type === 'cashback') {
      const minimum = definition.minimum_to_redeem ?? 0
      return guests.flatMap(({ person, available }): Rush[] => {
        const all = { person, pick: { ...pick, amount: available, units: available } }
        const more = { person, pick: { ...pick, amount: available + 1, units: available + 1 } }
        if (available < minimum) return [{ wishes: [all], served: 0, otherwise: 'below_minimum' }]
        const isLeft = minimum === 0 ? 'insufficient_units' : 'below_minimum'
        return [
          { wishes: [more], served: 0, otherwise: 'insufficient_units' },
          { wishes: times(3, all), served: 1, otherwise: isLeft },
        ]
      })
    }
    return key === PRICED_IN ? forPoints(guests) : []
  })
}

function forPoints(guests: readonly { person: Person; available: number }[]): Rush[] {
  const pickOf = ({ key, price }: { key: string; price: number }): Pick => ({
    scheme: PRICED_IN,
    reward: key,
    amount: null,
    units: price,
  })
  const tooDear = guests.flatMap(({ person, available }): Rush[] => {
    const reward = REWARDS.find(({ price, terms }) => price > available && !terms.limits)
    return reward ? [{ wishes: [{ person, pick: pickOf(reward) }], served: 0, otherwise: 'insufficient_units' }] : []
  })
  const rich = guests.filter(({ available }) => available >= LAST_ONES.price)
  const wishes = rich.map(({ person }) => ({ person, pick: pickOf(LAST_ONES) }))
  return [...tooDear, { wishes, served: Math.min(LAST_ONES.inAll, wishes.length), otherwise: 'limit_reached' }]
}

function isOf(one: Played, shop: Shop, { phone }: Person, scheme: string): boolean {
  const { shop: at, person, pick } = one.visit
  return at === shop && person.phone.e164 === phone.e164 && pick.scheme === scheme && spentOn(one).outcome !== 'back'
}

function times<T>(count: number, one: T): T[] {
  return Array.from({ length: count }, () => one)
}

async function play(
  { wishes, served, otherwise }: Rush,
  { shop, spending }: { shop: Shop; spending: Spending },
  { customers }: RedemptionPhase,
  state: State,
): Promise<Played[]> {
  const answers = await Promise.all(
    wishes.map(async ({ person, pick }) => {
      const visit = visitOf(shop, person, pick)
      const customer = customers.get(keyOf(visit))
      const answer = await spending.api.attempt(`/customers/${customer}/claims`, wish(visit, spending))
      return { visit, answer }
    }),
  )
  const made = answers.filter(({ answer }) => answer.status === 201)
  for (const { visit, answer } of answers.filter(({ answer }) => answer.status !== 201)) {
    outcomeOf(answer, [409, otherwise], { call: 'claim', order: `of ${keyOf(visit)} for ${visit.pick.scheme}` }, state)
  }
  if (made.length !== served) {
    const detail = `${made.length} of ${wishes.length} wishes for ${wishes[0]?.pick.scheme} were granted, must be ${served}`
    state.oddities.push({ what: 'claims at once', order: shop.key, detail })
  }
  return made.map(({ visit, answer }) => {
    const claim: Claim = JSON.parse(answer.text)
    return { visit, story: visit.story, claimId: claim.id }
  })
}

/** A claim without a redemption and an order. */
function visitOf(shop: Shop, person: Person, pick: Pick): Visit {
  const [branch] = shop.branches
  if (!branch) throw new RangeError('a shop without a branch')
  return {
    shop,
    person,
    pick,
    branch,
    home: branch,
    route: 'kept',
    mistypes: false,
    discount: 0,
    products: null,
    told: 0,
    company: null,
    stray: null,
    hasMore: false,
    story: { shop, orders: [] },
    events: [],
  }
}
