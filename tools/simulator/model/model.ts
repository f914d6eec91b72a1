// The expected balance of every customer in every program, calculated from the sales of the world
// without any code of the engine.
import type { DefinitionInput } from '../../../contract/program.ts'
import type { Ms, Scheme, Shop, Story, Ticket, World } from '../world/types.ts'
import { exactly, inUnits, plansBought, type Share } from './earned.ts'
import { NOTHING, plus, whole } from './fraction.ts'
import { isKnown } from './holds.ts'
import { within } from './limits.ts'
import { usesAt } from './plans.ts'
import { isFree, type Remaining, remainingOf, truthOf } from './remaining.ts'
import { type Played, spentOn } from './spent.ts'

/** One customer in one program. */
export interface Expected {
  shop: string
  phone: string
  scheme: string
  /** Negative when more was spent than remains. */
  available: number
  /** Earned and not available yet. */
  pending: number
  held: number
  /** The amount by which `available` is below 0. */
  debt: number
  /**
   * Completed stamp cards, used ones included; null in programs of other types.
   */
  cards: number | null
  /** Plans that were bought and not returned; 0 in programs of other types. */
  plans: number
  /**
   * The budget for all customers together; null: no limit. Late customers get less than
   * `available`: this depends on the order of arrival, but without returns the sum of all customers
   * does not.
   */
  budget: number | null
  /** The sales that contribute, oldest first. */
  sales: readonly SaleShare[]
}

/** What one sale contributes. */
export interface SaleShare {
  order: string
  /** The orders of the family. */
  orders: readonly string[]
  paidAt: Ms
  units: number
}

/**
 * All customers of all shops; `now` decides which periods of a plan have begun, and which units are
 * pending.
 */
export function expect({ shops, stories }: World, played: readonly Played[], now: Ms): Expected[] {
  // Two rewards of one order share a story.
  const visited = new Set(played.map(({ story }) => story).filter(({ orders }) => orders.length > 0))
  const told = [...stories, ...visited]
  const spends = Map.groupBy(played, ({ visit: { shop, person, pick } }) =>
    keyOf(shop.key, person.phone.e164, pick.scheme),
  )
  return shops.flatMap((shop) => {
    const sales = countedSales(told.filter((story) => story.shop === shop))
    return shop.people.flatMap((person) => {
      const own = sales.get(person.phone.e164) ?? []
      return shop.schemes.map((scheme) => ({
        shop: shop.key,
        phone: person.phone.e164,
        scheme: scheme.key,
        budget: budgetOf(scheme),
        ...lessSpent(
          inScheme(shop, scheme, own, now),
          spends.get(keyOf(shop.key, person.phone.e164, scheme.key)) ?? [],
        ),
      }))
    })
  })
}

function budgetOf({ versions }: Scheme): number | null {
  const definition = versions.at(-1)?.definition
  return definition && definition.type !== 'subscription' ? (definition.caps?.budget ?? null) : null
}

function keyOf(shop: string, phone: string, scheme: string): string {
  return `${shop} ${phone} ${scheme}`
}

type Balances = Pick<Expected, 'available' | 'pending' | 'held' | 'debt' | 'cards' | 'plans' | 'sales'>

/** Subtracts spent and held units; what is missing becomes debt. */
function lessSpent({ earned, pending, cards, plans, sales }: Earned, played: readonly Played[]): Balances {
  const all = played.map(spentOn)
  const held = all.reduce((sum, one) => sum + one.held, 0)
  const left = all.reduce((sum, one) => sum - one.spent, earned - pending - held)
  return { available: left, pending, held, debt: Math.max(0, -left), cards, plans, sales }
}

/** Why a program cannot be checked; null when it can. */
export function whyUnknown({ versions }: Scheme, takesBack: boolean): string | null {
  for (const { definition } of versions) {
    if (definition.type === 'subscription') continue
    if (definition.rules.some(({ when }) => when && !isKnown(when))) return 'a rule asks for the branch'
    if (definition.caps?.budget !== undefined) return 'its budget depends on the order in which sales arrive'
    if (takesBack && definition.caps?.per_customer)
      return 'its caps per customer depend on the order in which sales arrive'
    if (definition.rounding === 'carry' && definition.caps) return 'its caps take from the fractions that it carries'
    if (takesBack && definition.rounding === 'carry')
      return 'its carried fractions depend on the order in which sales arrive'
  }
  return null
}

/** A sale that counts: paid, not fully returned, with a customer. */
interface Counted {
  ticket: Ticket
  orders: readonly string[]
  paidAt: Ms
  kept: readonly Remaining[]
  /** A free sale is not a first order. */
  isFree: boolean
  isFirst: boolean
}

function countedSales(stories: readonly Story[]): Map<string, Counted[]> {
  const byPhone = new Map<string, Counted[]>()
  for (const story of stories) {
    const { sale, returns } = truthOf(story)
    if (sale.state !== 'paid' || sale.closedAt === null || !sale.customer) continue
    const kept = remainingOf(story.shop, sale, returns)
    if ((returns.length > 0 || sale.refunds.length > 0) && kept.every(({ quantity }) => quantity === 0)) continue
    const orders = [sale.id, ...returns.map(({ id }) => id)]
    const list = byPhone.get(sale.customer.phone.e164) ?? []
    list.push({
      ticket: sale,
      orders,
      paidAt: sale.closedAt,
      kept,
      isFirst: false,
      isFree: isFree(story.shop, sale, returns),
    })
    byPhone.set(sale.customer.phone.e164, list)
  }
  for (const list of byPhone.values()) {
    list.sort((a, b) => a.paidAt - b.paidAt)
    const first = list.find((sale) => !sale.isFree)
    if (first) first.isFirst = true
  }
  return byPhone
}

/** Before redemptions. */
interface Earned {
  /** Includes pending units. */
  earned: number
  pending: number
  cards: number | null
  plans: number
  sales: readonly SaleShare[]
}

function inScheme(shop: Shop, scheme: Scheme, counted: readonly Counted[], now: Ms): Earned {
  const judged = counted.flatMap((sale) => {
    const definition = inForce(scheme, sale.paidAt)
    return definition && !sale.ticket.customer?.blacklisted ? [{ ...sale, definition }] : []
  })
  const shares = judged.map((sale) => ({ ...sale, ...worth(shop, sale, now) }))
  const sales = shares.map(({ ticket, orders, paidAt, units }) => ({ order: ticket.id, orders, paidAt, units }))
  const waiting = shares.filter(({ definition, paidAt }) => paidAt + waitOf(definition) > now + DAY / 2)
  const pending = waiting.reduce((sum, { units }) => sum + units, 0)
  const last = scheme.versions.at(-1)?.definition
  if (last?.type === 'stamps') {
    const { stamps, cards } = afterCards(shares)
    return { earned: stamps, pending, cards, plans: 0, sales }
  }
  if (last?.type !== 'subscription' && last?.rounding === 'carry')
    return { earned: carried(shares), pending, cards: null, plans: 0, sales }
  const plans = shares.reduce(
    (sum, { definition, kept }) => sum + (definition.type === 'subscription' ? plansBought(definition, kept) : 0),
    0,
  )
  return { earned: within(shares), pending, cards: null, plans, sales }
}

const DAY: Ms = 86_400_000

/** Sales are either long ago or very recent, so half a day makes no difference. */
function waitOf(definition: DefinitionInput): Ms {
  return definition.type === 'subscription' ? 0 : (definition.pending_days ?? 0) * DAY
}

type Judged = Counted & { definition: DefinitionInput }

/** The version that was effective when the sale was paid; null when there was none. */
function inForce({ versions, endsAt }: Scheme, at: Ms): DefinitionInput | null {
  if (endsAt !== null && at >= endsAt) return null
  return versions.filter(({ from }) => from <= at).at(-1)?.definition ?? null
}

function worth(
  shop: Shop,
  { definition, ticket, kept, paidAt, isFirst }: Judged,
  now: Ms,
): Pick<Share, 'exact' | 'units'> {
  if (definition.type === 'subscription') {
    const plans = plansBought(definition, kept)
    return { exact: NOTHING, units: plans * usesAt(definition.plan, paidAt, shop.zone, now) }
  }
  const paid = kept.filter(({ quantity, withTax }) => quantity > 0 && withTax > 0)
  const exact = exactly(definition, { shop, ticket, paidAt, paid, isFirst })
  return { exact, units: inUnits(definition, exact) }
}

/** Fractions are carried over to the next order. */
function carried(shares: readonly Share[]): number {
  return whole(shares.map(({ exact }) => exact).reduce(plus, NOTHING))
}

/** Stamps fill cards, oldest first; a card keeps the goal with which it was begun. */
function afterCards(shares: readonly Share[]): { stamps: number; cards: number } {
  let cards = 0
  let stamps = 0
  let goal = 0
  let room = within(shares)
  for (const { definition, units } of shares) {
    for (let left = Math.min(units, room); left > 0; ) {
      if (stamps === 0) goal = definition.type === 'stamps' ? definition.goal : 0
      const taken = Math.min(left, goal - stamps)
      if (stamps + taken === goal) cards += 1
      stamps = (stamps + taken) % goal
      left -= taken
      room -= taken
    }
  }
  return { stamps, cards }
}
