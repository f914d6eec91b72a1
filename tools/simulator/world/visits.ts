// Redemption visits: customers who redeem what they earned, and what happens to the orders on which
// they do.
import { reopen, undo } from './aftermath.ts'
import { choose, isDivided, type Pick, productsOf, takeOff, withDiscount } from './choices.ts'
import { type Copy, copiesOf } from './fault-level.ts'
import type { Random } from './random.ts'
import { giveBack } from './returns.ts'
import { LEAST_ORDER, rewardOf } from './rewards.ts'
import { oneFor, ringUp } from './tickets.ts'
import type { Branch, FaultLevel, Minor, Ms, Person, Shop, Story, Ticket } from './types.ts'

export type { Pick } from './choices.ts'

/**
 * How LoyaPro learns that the code was used: from the till and the order, from the order alone, or
 * from the order by mistake. If the code is not used, the customer cancels it or keeps it.
 * `too_small`: the order is below the minimum of the reward, the till gets that answer, and the
 * customer cancels the code. `run_out` and `told_late`: the code expires, unused or used in time by
 * an order that arrives too late.
 */
export type Route = 'till' | 'order_only' | 'mistaken' | 'given_up' | 'kept' | 'too_small' | 'run_out' | 'told_late'

/** One claim and what happens to it. Times in its story are relative to the claim. */
export interface Visit {
  shop: Shop
  person: Person
  branch: Branch
  /** The branch of rewards that are valid at one branch only. */
  home: Branch
  pick: Pick
  route: Route
  /** The cashier mistypes the code once. */
  mistypes: boolean
  /** The discount on the order. */
  discount: Minor
  /** The discount that the till sends, which a cashier may mistype. */
  told: Minor
  /** Another reward for the same order; mostly null. */
  company: Pick | null
  /** Another order of the customer that names a wrong code; mostly null. */
  stray: Stray | null
  /** The products that the till names for the reward; null when it names none. */
  products: readonly { product_id: string; quantity: number }[] | null
  /** The plan has another use, so that its limits can be tested. */
  hasMore: boolean
  /** The sale and its returns; no orders when the code was not used. */
  story: Story
  /** The events, in order. */
  events: readonly VisitEvent[]
}

/** The code is that of the visit, which another order used, or an unknown one. */
export interface Stray {
  flag: 'code_of_other_order' | 'code_unknown'
  /** One paid sale. Its times are relative to the end of the visit. */
  story: Story
}

export type VisitEvent = { kind: 'redeem'; copy: Copy } | { kind: 'order'; order: number; snapshot: number; copy: Copy }

/** A customer's balances, and the properties of the visit. */
interface Wallet {
  has: ReadonlyMap<string, number>
  home: Branch
  number: number
  faultLevel: FaultLevel
  /** The run waits for codes to expire. */
  mayRunOut: boolean
}

/** A visit of this person, or null when they cannot pay for any reward. */
export function makeVisit(
  random: Random,
  shop: Shop,
  person: Person,
  { has, home, number, faultLevel, mayRunOut }: Wallet,
): Visit | null {
  const at = { date: '1970-01-01', at: 0, number, shop: punctual(shop, person) }
  const rung = ringUp(random, at)
  const exact =
    random.chance(20) && shop.taxIncluded ? [oneFor(random, shop, LEAST_ORDER + random.pick([-1, 0, 0, 1]))] : null
  const bare = { ...rung, customer: person, lines: exact ?? rung.lines.map((line) => ({ ...line, discount: 0 })) }
  const choice = choose(random, shop, bare, { has, isExact: exact !== null })
  if (!choice) return null
  const { pick, isSmall } = choice
  const route = isSmall
    ? random.chance(40)
      ? 'order_only'
      : 'too_small'
    : routeOf(random, { mayRunOut: mayRunOut && hasNoTerms(shop, pick), isUse: isUseOf(shop, pick) })
  const off =
    route === 'too_small' ? { discount: choice.discount, position: null } : takeOff(random, shop, bare, choice)
  const paid = withDiscount(shop, bare, route === 'too_small' ? { ...off, discount: 0 } : off)
  const isUsed = !UNUSED.has(route)
  // The total of an order decides at the till when the order arrives first without the code.
  const isFirst =
    route === 'till' && rewardOf(pick.reward)?.terms.minimum_order_amount !== undefined && random.chance(70)
  const orders = isUsed
    ? ordersOf(random, shop, {
        paid,
        position: off.position,
        route,
        faultLevel,
        isDivided: isDivided(shop, pick),
        isSilent: isFirst,
      })
    : []
  const story = { shop, orders }
  const isMistold = route === 'till' && pick.amount === null && off.discount > 1 && random.chance(12)
  const events = eventsOf(random, story, route, faultLevel)
  return {
    shop,
    person,
    branch: bare.branch,
    home,
    pick,
    route,
    discount: off.discount,
    story,
    products: route === 'till' ? productsOf(random, pick, bare) : null,
    mistypes: false,
    hasMore: (has.get(pick.scheme) ?? 0) > 1,
    told: isMistold ? off.discount - 1 : off.discount,
    company: null,
    stray: null,
    events: isMistold ? tillFirst(events) : isFirst ? orderFirst(events) : events,
  }
}

/**
 * Null at tills that show a code only with its discount. A code is only valid in orders of its
 * customer.
 */
export function makeStray(random: Random, { shop, person }: Visit, number: number): Stray | null {
  if (shop.pos !== 'foodics') return null
  const rung = ringUp(random, { date: '1970-01-01', at: 0, number, shop: punctual(shop, person) })
  const ticket = inSeconds({ ...rung, customer: person, rewardCode: CODE }, 0, 1000)
  return { flag: random.pick(['code_of_other_order', 'code_unknown']), story: { shop, orders: [[ticket]] } }
}

/**
 * The amount of the till counts when it arrives first: two calls, so that the order cannot arrive
 * before the first.
 */
function tillFirst(events: readonly VisitEvent[]): VisitEvent[] {
  const calls = events.filter(({ kind }) => kind === 'redeem')
  return [
    ...calls.slice(0, 1),
    ...calls.slice(0, 1),
    ...calls.slice(1),
    ...events.filter(({ kind }) => kind !== 'redeem'),
  ]
}

function orderFirst(events: readonly VisitEvent[]): VisitEvent[] {
  return [...events.filter(({ kind }) => kind === 'order'), ...events.filter(({ kind }) => kind !== 'order')]
}

const UNUSED: ReadonlySet<Route> = new Set(['given_up', 'kept', 'run_out'])

/**
 * Whether only its age decides whether the code is valid, and whether the reward can be claimed
 * again after the code expired.
 */
function hasNoTerms({ schemes }: Shop, { reward: key, scheme }: Pick): boolean {
  const reward = rewardOf(key)
  if (reward) return !reward.isLocal && !reward.terms.hours && !reward.terms.limits
  const definition = schemes.find((one) => one.key === scheme)?.versions.at(-1)?.definition
  return definition?.type === 'cashback' && !definition.minimum_to_redeem
}

function isUseOf({ schemes }: Shop, { scheme }: Pick): boolean {
  return schemes.some(({ key, versions }) => key === scheme && versions.at(-1)?.definition.type === 'subscription')
}

function routeOf(random: Random, { mayRunOut, isUse }: { mayRunOut: boolean; isUse: boolean }): Route {
  if (mayRunOut && random.chance(20)) return random.chance(50) ? 'run_out' : 'told_late'
  return random.weighted<Route>([
    [10, 'till'],
    // Uses of plans are rare: as many as at tills.
    [isUse ? 10 : 5, 'order_only'],
    [1, 'mistaken'],
    [2, 'given_up'],
    [1, 'kept'],
  ])
}

/** In redemption visits the clocks of tills are right, because codes are valid in real time. */
function punctual(shop: Shop, person: Person): Shop {
  return { ...shop, people: [person], branches: shop.branches.map((branch) => ({ ...branch, skewMs: 0 })) }
}

/** A placeholder for the code, which is known after the claim. */
const CODE = 'CODE'

/** On the line on which it was used, or else on the order. */
function withCode(ticket: Ticket, position: number | null): Ticket {
  if (position === null) return { ...ticket, rewardCode: CODE }
  const lines = ticket.lines.map((line, index) => (index === position ? { ...line, rewardCode: CODE } : line))
  return { ...ticket, lines }
}

interface Rung {
  paid: Ticket
  position: number | null
  route: Route
  faultLevel: FaultLevel
  /** Restores the share of the units that corresponds to the returned goods. */
  isDivided: boolean
  /** No ticket of the order shows the code. */
  isSilent: boolean
}

function ordersOf(
  random: Random,
  shop: Shop,
  { paid: bare, position, route, faultLevel, isDivided, isSilent }: Rung,
): Ticket[][] {
  if (route === 'too_small') return [[inSeconds(bare, 0, 1000)]]
  const paid = isSilent ? bare : withCode(bare, position)
  const sale: Ticket[] = []
  if (random.chance(20)) sale.push({ ...paid, state: 'open', closedAt: null, payments: [] })
  if (random.chance(15)) sale.push({ ...paid, customer: null })
  if (route === 'mistaken') sale.push(paid, bare)
  else sale.push(route === 'till' && random.chance(20) ? bare : paid)
  if (shop.takesBack && random.chance(15)) sale.push(...reopen(random, shop, sale.at(-1) as Ticket))
  const last = sale.at(-1) as Ticket
  const isUndone = shop.takesBack && random.chance(isDivided ? 10 : 25)
  if (isUndone) sale.push({ ...last, state: random.chance(80) ? 'void' : 'returned', payments: [] })
  const returns =
    shop.takesBack && !isUndone && random.chance(isDivided ? 85 : 40)
      ? giveBack(random, shop, last, SLIPS[faultLevel])
      : []
  if (returns.length > 0 && random.chance(25)) sale.push(undo(random, last, returns))
  return [sale, ...returns].map((tickets, order) =>
    tickets.map((ticket, index) => inSeconds(ticket, order * 10_000, order * 10_000 + (index + 1) * 1000)),
  )
}

const SLIPS: Record<FaultLevel, number> = { none: 0, some: 5, full: 15 }

/**
 * Shortens hours to seconds, so that no clock is ahead of real time.
 */
function inSeconds(ticket: Ticket, at: number, updatedAt: number): Ticket {
  return {
    ...ticket,
    openedAt: at,
    closedAt: ticket.closedAt === null ? null : at,
    updatedAt,
    sentAt: updatedAt,
  }
}

function eventsOf(random: Random, { orders }: Story, route: Route, faultLevel: FaultLevel): VisitEvent[] {
  const told: VisitEvent[] = orders.flatMap((tickets, order) =>
    tickets.flatMap((_, snapshot) =>
      copiesOf(random, faultLevel).map((copy): VisitEvent => ({ kind: 'order', order, snapshot, copy })),
    ),
  )
  const calls: VisitEvent[] =
    route === 'till' ? copiesOf(random, faultLevel).map((copy) => ({ kind: 'redeem', copy })) : []
  if (faultLevel === 'none') return random.chance(50) ? [...calls, ...told] : [...told, ...calls]
  const all = [...calls, ...told]
  return faultLevel === 'full' ? random.shuffled(all) : random.chance(50) ? all : [...told, ...calls]
}

/**
 * The story with real times, counted from `at`, and with the real code.
 */
export function realise({ story }: { story: Story }, at: number, code: string): Story {
  const businessDate = businessDayOf(story.shop, at)
  const orders = story.orders.map((tickets) =>
    tickets.map((ticket) => ({
      ...ticket,
      openedAt: at + ticket.openedAt,
      closedAt: ticket.closedAt === null ? null : at + ticket.closedAt,
      updatedAt: at + ticket.updatedAt,
      sentAt: at + ticket.sentAt,
      businessDate,
      ...(ticket.rewardCode !== undefined && { rewardCode: code }),
      lines: ticket.lines.map((line) => (line.rewardCode === undefined ? line : { ...line, rewardCode: code })),
    })),
  )
  return { shop: story.shop, orders }
}

/**
 * The business days of these branches end at five in the morning in Foodics; the standard format
 * does not say, so they end at midnight.
 */
export function businessDayOf({ zone, pos }: Shop, at: Ms): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  return local
    .subtract({ hours: pos === 'foodics' ? 5 : 0 })
    .toPlainDate()
    .toString()
}
