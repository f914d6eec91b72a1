// The second act: customers who spend what the first act left them, and what becomes of the orders that they spent it on.
import { reopen, undo } from './aftermath.ts'
import { type Copy, copiesOf } from './hostility.ts'
import type { Random } from './random.ts'
import { reckon, scaleOf } from './reckon.ts'
import { giveBack } from './returns.ts'
import {
  CARD_WORTH,
  type CatalogueReward,
  isGoodFor,
  LEAST_ORDER,
  PRICED_IN,
  REWARDS,
  rewardOf,
  sizeFor,
  worthOf,
} from './rewards.ts'
import { oneFor, ringUp } from './tickets.ts'
import type { Branch, Extras, Hostility, Minor, Ms, Person, Shop, Story, Ticket } from './types.ts'

/** What is claimed. */
export interface Pick {
  scheme: string
  /** Of the catalogue; null for cashback, a full card and a use of a plan. */
  reward: string | null
  /** Of cashback, in minor units. */
  amount: Minor | null
  /** What it sets aside: nothing for a card, whose stamps are spent. */
  units: number
}

/**
 * Who tells LoyaPro that the code was used: the till and the order, or the order alone; or the order told it by mistake. Or nobody,
 * and then the customer gives the code up, or keeps it. Or the order is paid and too small for the reward: the till is told so, and
 * the customer gives the code up. Or the code runs out: unused, or used in time by an order that is told too late.
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
  /** The products that the till says the reward was for; null when it does not say. */
  products: readonly { product_id: string; quantity: number }[] | null
  /** There is another use of the plan, so that the plan's limits can be tried. */
  hasMore: boolean
  /** The sale and its returns; without orders when the code was not used. */
  story: Story
  /** What happens, in this order. */
  events: readonly VisitEvent[]
}

export type VisitEvent = { kind: 'redeem'; copy: Copy } | { kind: 'order'; order: number; snapshot: number; copy: Copy }

/** What somebody has, and what the visit shall be like. */
interface Wallet {
  has: ReadonlyMap<string, number>
  home: Branch
  number: number
  hostility: Hostility
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
    : routeOf(random, { mayRunOut: mayRunOut && hasNoTerms(pick), isUse: isUseOf(shop, pick) })
  const off =
    route === 'too_small' ? { discount: choice.discount, position: null } : takeOff(random, shop, bare, choice)
  const paid = withDiscount(shop, bare, route === 'too_small' ? { ...off, discount: 0 } : off)
  const isUsed = !UNUSED.has(route)
  // What an order comes to counts at the till when the order is there first, and does not tell of the code itself.
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
    ...{ shop, person, branch: bare.branch, home, pick, route, discount: off.discount, story },
    products: route === 'till' ? productsOf(random, pick, bare) : null,
    ...{ mistypes: false, hasMore: (has.get(pick.scheme) ?? 0) > 1 },
    ...{ told: isMistold ? off.discount - 1 : off.discount, company: null },
    events: isMistold ? tillFirst(events) : isFirst ? orderFirst(events) : events,
  }
}

/** What the till says counts when it comes first: two calls, so that no order meets the first of them. */
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

function isDivided({ schemes }: Shop, { scheme }: Pick): boolean {
  return schemes.some(({ key, versions }) => {
    const definition = versions.at(-1)?.definition
    return key === scheme && definition?.type === 'cashback' && definition.on_return === 'pro_rata'
  })
}

/** Whether nothing but its age decides whether the code is good. */
function hasNoTerms({ reward: key, amount }: Pick): boolean {
  const reward = rewardOf(key)
  return reward ? !reward.isLocal && !reward.terms.hours && !reward.terms.limits : amount !== null
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

interface Choice {
  pick: Pick
  discount: Minor
  /** The order is too small for it. */
  isSmall?: boolean
}

/** What the customer has; and whether the basket is exactly as large as a reward asks for, or nearly. */
interface Means {
  has: ReadonlyMap<string, number>
  isExact: boolean
}

function choose(random: Random, shop: Shop, { lines }: Ticket, { has, isExact }: Means): Choice | null {
  const choices = shop.schemes.flatMap(({ key, versions }): Choice[] => {
    const units = has.get(key) ?? 0
    const definition = versions.at(-1)?.definition
    const type = definition?.type
    const most = worthOf({ terms: { kind: 'percent_order', percent: 100 } }, shop, lines)
    if (definition?.type === 'cashback' && units > 0) {
      if (units < (definition.minimum_to_redeem ?? 0)) return []
      const amount = random.chance(60) ? units : random.int(1, Math.min(units, 2000))
      const part = random.chance(20) ? random.int(1, amount) : amount
      // Often what the program pays of the order at most, or the least coin more or less.
      const share =
        Math.round((most * (definition.maximum_share_basis_points ?? 10_000)) / 10_000) + random.pick([-1, 0, 0, 1])
      const discount = Math.min(most, share > 0 && share <= amount && random.chance(50) ? share : part)
      return [{ pick: { scheme: key, reward: null, amount, units: amount }, discount }]
    }
    if (type === 'subscription' && units > 0) {
      return [{ pick: { scheme: key, reward: null, amount: null, units: 1 }, discount: Math.min(most, 100) }]
    }
    if (type === 'stamps' && units > 0) {
      return [{ pick: { scheme: key, reward: null, amount: null, units: 0 }, discount: Math.min(most, CARD_WORTH) }]
    }
    return key !== PRICED_IN
      ? []
      : REWARDS.filter((one) => one.price <= units && sizeFor(one, shop, lines) !== 'unclear').map((reward) => ({
          pick: { scheme: key, reward: reward.key, amount: null, units: reward.price },
          discount: worthOf(reward, shop, lines),
          isSmall: sizeFor(reward, shop, lines) === 'small',
        }))
  })
  const good = choices.filter(({ discount }) => discount > 0)
  // Full cards and plans are few, and rewards for some goods are good for few baskets: who can have one mostly does.
  const asked = good.filter(({ pick }) => rewardOf(pick.reward)?.terms.minimum_order_amount !== undefined)
  if (isExact && asked.length > 0 && random.chance(85)) return random.pick(asked)
  const divided = good.filter(({ pick }) => isDivided(shop, pick))
  if (divided.length > 0 && lines.length > 1 && random.chance(30)) return random.pick(divided)
  const rare = good.filter(({ pick }) => pick.reward === null && pick.amount === null)
  if (rare.length > 0 && random.chance(60)) return random.pick(rare)
  const ofGoods = good.filter(({ pick }) => isOfGoods(rewardOf(pick.reward)))
  if (ofGoods.length > 0 && random.chance(50)) return random.pick(ofGoods)
  return good.length > 0 ? random.pick(good) : null
}

/** What the till takes off, and from which line; null: from the order. */
interface Off {
  discount: Minor
  position: number | null
}

/** A reward for some goods may be taken off one line of them, where the POS has a place for it. */
function takeOff(random: Random, shop: Shop, { lines }: Ticket, { pick, discount }: Choice): Off {
  const reward = rewardOf(pick.reward)
  if (shop.pos !== 'foodics' || !reward || !isOfGoods(reward) || random.chance(50)) return { discount, position: null }
  const position = lines.findIndex((line) => worthOf(reward, shop, [line]) > 0)
  const line = lines[position]
  return line ? { discount: worthOf(reward, shop, [line]), position } : { discount, position: null }
}

function isOfGoods(reward: CatalogueReward | undefined): boolean {
  return reward?.terms.products !== undefined || reward?.terms.categories !== undefined
}

/** Half of the tills say which product a reward for some goods was used on. */
function productsOf(random: Random, { reward: key }: Pick, { lines }: Ticket): Visit['products'] {
  const reward = rewardOf(key)
  if (!reward || !isOfGoods(reward) || random.chance(50)) return null
  const line = lines.find((one) => !one.voided && isGoodFor(reward.terms, one))
  return line ? [{ product_id: line.item.product, quantity: 1 }] : null
}

function withDiscount(shop: Shop, ticket: Ticket, { discount, position }: Off): Ticket {
  const extras: Extras = {
    discount: position === null && discount > 0 ? { kind: 'loyalty', amount: discount * scaleOf(shop) } : null,
    charge: 0,
    giftCard: 0,
    rounds: false,
  }
  const lines = ticket.lines.map((line, index) => (index === position ? { ...line, discount } : line))
  const bill = reckon(shop, lines, extras)
  const payments = bill.total > 0 ? [{ kind: 'card' as const, amount: bill.total, tips: 0 }] : []
  return { ...ticket, lines, extras, bill, payments }
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
  hostility: Hostility
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

const SLIPS: Record<Hostility, number> = { none: 0, some: 5, full: 15 }

/** What took hours in the first act takes seconds here: nobody's clock shall be ahead of the time on the wall. */
function inSeconds(ticket: Ticket, at: number, updatedAt: number): Ticket {
  return {
    ...ticket,
    openedAt: at,
    closedAt: ticket.closedAt === null ? null : at,
    updatedAt,
    sentAt: updatedAt,
  }
}

function eventsOf(random: Random, { orders }: Story, route: Route, hostility: Hostility): VisitEvent[] {
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

/** The story as it happened: counted from `at`, on that day, with the code that the customer had. */
export function realise({ story }: Visit, at: number, code: string): Story {
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

/** Foodics says that the days of these branches end at five in the morning; the plain shape says nothing, and they end at midnight. */
export function businessDayOf({ zone, pos }: Shop, at: Ms): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  return local
    .subtract({ hours: pos === 'foodics' ? 5 : 0 })
    .toPlainDate()
    .toString()
}
