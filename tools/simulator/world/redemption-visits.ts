// Redemption visits: which customers redeem after the deliveries, and how often; never more than
// they have.
import { PLAN } from './menu.ts'
import { Random } from './random.ts'
import { COMPANY, PRICED_IN } from './rewards.ts'
import type { Branch, FaultLevel, Person, Scheme, Shop, Story, Ticket, World } from './types.ts'
import { makeStray, makeVisit, type Pick, type Stray, type Visit } from './visits.ts'

/** A customer's balance by the key of the scheme: units, or completed cards. */
export type Purse = ReadonlyMap<string, number>

/**
 * Depends only on the world and the balances. The visits of one person are in order.
 */
export function makeRedemptionVisits(
  { seed, shops, stories }: World,
  { faultLevel, isPatient }: { faultLevel: FaultLevel; isPatient: boolean },
  purseOf: (shop: string, phone: string) => Purse,
): Visit[] {
  const random = new Random(`loyapro ${seed} second act`)
  const homes = new Map(shops.map((shop) => [shop.key, homeOf(shop, stories)]))
  const holders = new Map(shops.flatMap((shop) => holdersOf(shop, purseOf)))
  const wanted = Math.ceil(stories.length / 4)
  const visits: Visit[] = []
  const wrong = new Map<string, number>()
  const hurried = new Set<string>()
  const purses = new Map<string, Map<string, number>>()
  for (let tries = 0; visits.length < wanted && tries < wanted * 5; tries++) {
    const own = random.fork(tries)
    const shop = own.pick(shops)
    const person = own.chance(30) ? own.pick(holders.get(shop.key) ?? shop.people) : own.pick(shop.people)
    const key = `${shop.key} ${person.phone.e164}`
    const has = purses.get(key) ?? new Map(purseOf(shop.key, person.phone.e164))
    purses.set(key, has)
    const home = homes.get(shop.key)
    const mayRunOut = isPatient && !hurried.has(key)
    const visit = home && makeVisit(own, shop, person, { has, home, number: 500_000 + tries, faultLevel, mayRunOut })
    if (!visit) continue
    if (runsOut(visit)) hurried.add(key)
    const { scheme, units } = visit.pick
    // A plan may allow one use per day, and all visits happen on one day.
    has.set(scheme, isOfPlans(shop, scheme) ? 0 : (has.get(scheme) ?? 0) - (units || 1))
    const before = wrong.get(shop.key) ?? 0
    const mistypes = !runsOut(visit) && before < MOST_MISTYPED && own.chance(10)
    if (mistypes) wrong.set(shop.key, before + 1)
    const company = visit.route === 'till' ? companyOf(own, has.get(PRICED_IN) ?? 0) : null
    if (company) has.set(PRICED_IN, (has.get(PRICED_IN) ?? 0) - company.units)
    const made = visit.route === 'till' && own.chance(25) ? makeStray(own, visit, 700_000 + tries) : null
    // An unknown code counts as a wrong code wherever it is sent.
    const guesses = wrong.get(shop.key) ?? 0
    const isGuess = made?.flag === 'code_unknown'
    const stray: Stray | null =
      made && isGuess && guesses >= MOST_MISTYPED ? { ...made, flag: 'code_of_other_order' } : made
    if (stray?.flag === 'code_unknown') wrong.set(shop.key, guesses + 1)
    visits.push({ ...visit, mistypes, company, stray })
  }
  return visits
}

/**
 * Some customers want another reward for the same order, whether the two can be combined or not.
 */
function companyOf(random: Random, left: number): Pick | null {
  const { key, price } = random.pick(COMPANY)
  if (price > left || !random.chance(40)) return null
  return { scheme: PRICED_IN, reward: key, amount: null, units: price }
}

/**
 * Customers with a use of a plan or a completed card: they are rare, so they visit more often. No
 * entry where there are none.
 */
function holdersOf(shop: Shop, purseOf: (shop: string, phone: string) => Purse): [string, Person[]][] {
  const rare = shop.schemes.filter((scheme) => isOfPlans(shop, scheme.key) || isOfStamps(scheme))
  const holders = shop.people.filter(({ phone }) => {
    const has = purseOf(shop.key, phone.e164)
    return rare.some(({ key }) => (has.get(key) ?? 0) > 0)
  })
  return holders.length > 0 ? [[shop.key, holders]] : []
}

/**
 * The branch of the first paid sale, which LoyaPro knows by then. Without a paid sale no customer
 * has anything.
 */
export function homeOf(shop: Shop, stories: readonly Story[]): Branch | undefined {
  const sales = stories.flatMap((story) => (story.shop === shop ? (story.orders[0] ?? []) : []))
  return sales.find(({ state }) => state === 'paid')?.branch
}

/** Its code expires before the visit ends; each customer has at most one such visit. */
export function runsOut({ route }: Visit): boolean {
  return route === 'run_out' || route === 'told_late'
}

/**
 * Maximum per shop: after more than ten wrong codes in ten minutes, LoyaPro ignores the codes of a
 * branch.
 */
const MOST_MISTYPED = 8

/**
 * Late voids: sales that are voided after the redemptions, when the units that they earned may be
 * spent. Each is its story with one more ticket. Sales of customers who used a completed card are
 * not voided, because the card that loses its stamps depends on the order of arrival.
 */
export function makeLateVoids({ seed, stories }: World, visits: readonly Visit[]): { index: number; story: Story }[] {
  const random = new Random(`loyapro ${seed} regrets`)
  const spenders = new Map<string, boolean>()
  for (const { shop, person, pick } of visits) {
    const key = `${shop.key} ${person.phone.e164}`
    const usedCard = shop.schemes.some((scheme) => scheme.key === pick.scheme && isOfStamps(scheme))
    spenders.set(key, (spenders.get(key) ?? false) || usedCard)
  }
  return stories.flatMap((story, index) => {
    const { shop, orders } = story
    const sale = orders[0]?.at(-1)
    const isVoided = random.chance(80)
    if (!sale?.customer || !isVoided || !shop.takesBack || orders.length > 1) return []
    if (sale.state !== 'paid' || sale.refunds.length > 0) return []
    if (sale.lines.some(({ item }) => item.product === PLAN.product)) return []
    if (spenders.get(`${shop.key} ${sale.customer.phone.e164}`) !== false) return []
    const at = sale.updatedAt + 86_400_000
    const ticket: Ticket = { ...sale, state: 'void', payments: [], updatedAt: at, sentAt: at }
    return [{ index, story: { shop, orders: [[...(orders[0] ?? []), ticket]] } }]
  })
}

function isOfPlans({ schemes }: Shop, key: string): boolean {
  return schemes.some((scheme) => scheme.key === key && scheme.versions.at(-1)?.definition.type === 'subscription')
}

function isOfStamps({ versions }: Scheme): boolean {
  return versions.at(-1)?.definition.type === 'stamps'
}
