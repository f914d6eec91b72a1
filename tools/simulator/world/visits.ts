// The second act: customers who spend what the first act left them, and what becomes of the orders
// that they spent it on.
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
 * Who tells LoyaPro that the code was used: the till and the order, or the order alone; or the
 * order told it by mistake. Or nobody, and then the customer gives the code up, or keeps it. Or the
 * order is paid and too small for the reward: the till is told so, and the customer gives the code
 * up. Or the code runs out: unused, or used in time by an order that is told too late.
 */
export type Route = 'till' | 'order_only' | 'mistaken' | 'given_up' | 'kept' | 'too_small' | 'run_out' | 'told_late'

/** One claim and what came of it. Times in its story count from the claim. */
export interface Visit {
  shop: Shop
  person: Person
  branch: Branch
  /** Where the rewards are good that are good at one branch alone. */
  home: Branch
  pick: Pick
  route: Route
  /** The cashier mistypes the code once. */
  mistypes: boolean
  /** What the till took off. */
  discount: Minor
  /** What the till says that it took off: a cashier may mistype it. */
  told: Minor
  /** Another reward that the customer wants for the same order; null mostly. */
  company: Pick | null
  /** Another order of the customer's that comes with a code that is not its own; null mostly. */
  stray: Stray | null
  /** The products that the till says the reward was for; null when it does not say. */
  products: readonly { product_id: string; quantity: number }[] | null
  /** There is another use of the plan, so that the plan's limits can be tried. */
  hasMore: boolean
  /** The sale and its returns; without orders when the code was not used. */
  story: Story
  /** What happens, in this order. */
  events: readonly VisitEvent[]
}

/** The code is the one of the visit, which another order has used, or one that nobody ever had. */
export interface Stray {
  flag: 'code_of_other_order' | 'code_unknown'
  /** One paid sale. Its times count from the end of the visit. */
  story: Story
}

export type VisitEvent = { kind: 'redeem'; copy: Copy } | { kind: 'order'; order: number; snapshot: number; copy: Copy }

/** What somebody has, and what the visit shall be like. */
interface Wallet {
  has: ReadonlyMap<string, number>
  home: Branch
  number: number
  hostility: FaultLevel
  /** There is time to wait for a code to run out. */
  mayRunOut: boolean
}

/** A visit of this person, or null when nothing that they have pays for what they would like. */
export function makeVisit(
  random: Random,
  shop: Shop,
  person: Person,
  { has, home, number, hostility, mayRunOut }: Wallet,
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
  // What an order comes to counts at the till when the order is there first, and does not tell of
  // the code itself.
  const isFirst =
    route === 'till' && rewardOf(pick.reward)?.terms.minimum_order_amount !== undefined && random.chance(70)
  const orders = isUsed
    ? ordersOf(random, shop, {
        paid,
        position: off.position,
        route,
        hostility,
        isDivided: isDivided(shop, pick),
        isSilent: isFirst,
      })
    : []
  const story = { shop, orders }
  const isMistold = route === 'till' && pick.amount === null && off.discount > 1 && random.chance(12)
  const events = eventsOf(random, story, route, hostility)
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
 * Null at tills that show a code only with the discount that it gave. A code means something in its
 * customer's orders alone.
 */
export function makeStray(random: Random, { shop, person }: Visit, number: number): Stray | null {
  if (shop.pos !== 'foodics') return null
  const rung = ringUp(random, { date: '1970-01-01', at: 0, number, shop: punctual(shop, person) })
  const ticket = inSeconds({ ...rung, customer: person, rewardCode: CODE }, 0, 1000)
  return { flag: random.pick(['code_of_other_order', 'code_unknown']), story: { shop, orders: [[ticket]] } }
}

/**
 * What the till says counts when it comes first: two calls, so that no order meets the first of
 * them.
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
 * Whether nothing but its age decides whether the code is good, and whether it can be had again
 * when it has run out.
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
    // Of the few uses of plans, as many as at tills.
    [isUse ? 10 : 5, 'order_only'],
    [1, 'mistaken'],
    [2, 'given_up'],
    [1, 'kept'],
  ])
}

/** In the second act the tills' clocks are right: codes are good in the time on the wall. */
function punctual(shop: Shop, person: Person): Shop {
  return { ...shop, people: [person], branches: shop.branches.map((branch) => ({ ...branch, skewMs: 0 })) }
}

/** The code's place is held by a mark; the real one is known when the customer has it. */
const CODE = 'CODE'

/** On the line that it was used on, or else on the order. */
function withCode(ticket: Ticket, position: number | null): Ticket {
  if (position === null) return { ...ticket, rewardCode: CODE }
  const lines = ticket.lines.map((line, index) => (index === position ? { ...line, rewardCode: CODE } : line))
  return { ...ticket, lines }
}

interface Rung {
  paid: Ticket
  position: number | null
  route: Route
  hostility: FaultLevel
  /** Of what was spent, the part of the goods that comes back comes back. */
  isDivided: boolean
  /** No ticket of it shows the code. */
  isSilent: boolean
}

function ordersOf(
  random: Random,
  shop: Shop,
  { paid: bare, position, route, hostility, isDivided, isSilent }: Rung,
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
      ? giveBack(random, shop, last, SLIPS[hostility])
      : []
  if (returns.length > 0 && random.chance(25)) sale.push(undo(random, last, returns))
  return [sale, ...returns].map((tickets, order) =>
    tickets.map((ticket, index) => inSeconds(ticket, order * 10_000, order * 10_000 + (index + 1) * 1000)),
  )
}

const SLIPS: Record<FaultLevel, number> = { none: 0, some: 5, full: 15 }

/**
 * What took hours in the first act takes seconds here: nobody's clock shall be ahead of the time on
 * the wall.
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

function eventsOf(random: Random, { orders }: Story, route: Route, hostility: FaultLevel): VisitEvent[] {
  const told: VisitEvent[] = orders.flatMap((tickets, order) =>
    tickets.flatMap((_, snapshot) =>
      copiesOf(random, hostility).map((copy): VisitEvent => ({ kind: 'order', order, snapshot, copy })),
    ),
  )
  const calls: VisitEvent[] =
    route === 'till' ? copiesOf(random, hostility).map((copy) => ({ kind: 'redeem', copy })) : []
  if (hostility === 'none') return random.chance(50) ? [...calls, ...told] : [...told, ...calls]
  const all = [...calls, ...told]
  return hostility === 'full' ? random.shuffled(all) : random.chance(50) ? all : [...told, ...calls]
}

/**
 * The story as it happened: counted from `at`, on that day, with the code that the customer had.
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
 * Foodics says that the days of these branches end at five in the morning; the plain shape says
 * nothing, and they end at midnight.
 */
export function businessDayOf({ zone, pos }: Shop, at: Ms): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  return local
    .subtract({ hours: pos === 'foodics' ? 5 : 0 })
    .toPlainDate()
    .toString()
}
