// The second act: customers who spend what the first act left them, and what becomes of the orders that they spent it on.
import { undo } from './aftermath.ts'
import { type Copy, copiesOf } from './hostility.ts'
import type { Random } from './random.ts'
import { reckon, scaleOf } from './reckon.ts'
import { giveBack } from './returns.ts'
import { CARD_WORTH, PRICED_IN, REWARDS, worthOf } from './rewards.ts'
import { ringUp } from './tickets.ts'
import type { Extras, Hostility, Minor, Person, Shop, Story, Ticket } from './types.ts'

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
 * and then the customer gives the code up, or keeps it.
 */
export type Route = 'till' | 'order_only' | 'mistaken' | 'given_up' | 'kept'

/** One claim and what came of it. Times in its story count from the claim. */
export interface Visit {
  shop: Shop
  person: Person
  pick: Pick
  route: Route
  /** The cashier mistypes the code once. */
  mistypes: boolean
  /** What the till took off. */
  discount: Minor
  /** The sale and its returns; without orders when the code was not used. */
  story: Story
  /** What happens, in this order. */
  events: readonly VisitEvent[]
}

export type VisitEvent = { kind: 'redeem'; copy: Copy } | { kind: 'order'; order: number; snapshot: number; copy: Copy }

/** A visit of this person, or null when nothing that they have pays for what they would like. */
export function makeVisit(
  random: Random,
  shop: Shop,
  person: Person,
  { has, number, hostility }: { has: ReadonlyMap<string, number>; number: number; hostility: Hostility },
): Visit | null {
  const at = { date: '1970-01-01', at: 0, number, shop: punctual(shop, person) }
  const rung = ringUp(random, at)
  const bare = { ...rung, customer: person, lines: rung.lines.map((line) => ({ ...line, discount: 0 })) }
  const choice = choose(random, shop, bare, has)
  if (!choice) return null
  const route = random.weighted<Route>([
    [10, 'till'],
    [5, 'order_only'],
    [1, 'mistaken'],
    [2, 'given_up'],
    [1, 'kept'],
  ])
  const paid = withDiscount(shop, bare, choice.discount)
  const isUsed = route !== 'given_up' && route !== 'kept'
  const orders = isUsed ? ordersOf(random, shop, paid, route, hostility) : []
  const story = { shop, orders }
  return { shop, person, ...choice, route, mistypes: false, story, events: eventsOf(random, story, route, hostility) }
}

/** In the second act the tills' clocks are right: codes are good in the time on the wall. */
function punctual(shop: Shop, person: Person): Shop {
  return { ...shop, people: [person], branches: shop.branches.map((branch) => ({ ...branch, skewMs: 0 })) }
}

function choose(random: Random, shop: Shop, { lines }: Ticket, has: ReadonlyMap<string, number>) {
  const choices = shop.schemes.flatMap(({ key, versions }): { pick: Pick; discount: Minor }[] => {
    const units = has.get(key) ?? 0
    const type = versions.at(-1)?.definition.type
    const most = worthOf({ terms: { kind: 'percent_order', percent: 100 } }, shop, lines)
    if (type === 'cashback' && units > 0) {
      const amount = random.int(1, Math.min(units, 2000))
      const discount = Math.min(most, random.chance(30) ? random.int(1, amount) : amount)
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
      : REWARDS.filter(({ price }) => price <= units).map((reward) => ({
          pick: { scheme: key, reward: reward.key, amount: null, units: reward.price },
          discount: worthOf(reward, shop, lines),
        }))
  })
  const good = choices.filter(({ discount }) => discount > 0)
  return good.length > 0 ? random.pick(good) : null
}

function withDiscount(shop: Shop, ticket: Ticket, discount: Minor): Ticket {
  const extras: Extras = {
    discount: { kind: 'loyalty', amount: discount * scaleOf(shop) },
    charge: 0,
    giftCard: 0,
    rounds: false,
  }
  const bill = reckon(shop, ticket.lines, extras)
  const payments = bill.total > 0 ? [{ kind: 'card' as const, amount: bill.total, tips: 0 }] : []
  return { ...ticket, extras, bill, payments }
}

/** The code's place is held by a mark; the real one is known when the customer has it. */
const CODE = 'CODE'

function ordersOf(random: Random, shop: Shop, bare: Ticket, route: Route, hostility: Hostility): Ticket[][] {
  const paid = { ...bare, rewardCode: CODE }
  const sale: Ticket[] = []
  if (random.chance(20)) sale.push({ ...paid, state: 'open', closedAt: null, payments: [] })
  if (random.chance(15)) sale.push({ ...paid, customer: null })
  if (route === 'mistaken') sale.push(paid, bare)
  else sale.push(route === 'till' && random.chance(20) ? bare : paid)
  const last = sale.at(-1) as Ticket
  const isUndone = shop.takesBack && random.chance(25)
  if (isUndone) sale.push({ ...last, state: random.chance(80) ? 'void' : 'returned', payments: [] })
  const returns = shop.takesBack && !isUndone && random.chance(40) ? giveBack(random, shop, last, SLIPS[hostility]) : []
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
  const zone = story.shop.zone
  const businessDate = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString()
  const orders = story.orders.map((tickets) =>
    tickets.map((ticket) => ({
      ...ticket,
      openedAt: at + ticket.openedAt,
      closedAt: ticket.closedAt === null ? null : at + ticket.closedAt,
      updatedAt: at + ticket.updatedAt,
      sentAt: at + ticket.sentAt,
      businessDate,
      ...(ticket.rewardCode !== undefined && { rewardCode: code }),
    })),
  )
  return { shop: story.shop, orders }
}
