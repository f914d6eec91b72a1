// A sale as the cashier enters it: customer, branch, time, lines and payments.
import { PLAN } from './menu.ts'
import { calculateBill, scaleOf } from './prices.ts'
import type { Random } from './random.ts'
import type {
  Bill,
  DiscountKind,
  Exact,
  Extras,
  Item,
  Line,
  Minor,
  Ms,
  Payment,
  Person,
  Shop,
  Ticket,
} from './types.ts'

/** Where and when a sale happens. */
export interface SaleContext {
  shop: Shop
  /** The business date, which ends after midnight. */
  date: string
  /** By the clock of the world. */
  at: Ms
  number: number
}

/** A paid sale. When the till's clock is wrong, all times on the ticket are. */
export function ringUp(random: Random, { shop, date, at, number }: SaleContext): Ticket {
  const branch = random.pick(shop.branches)
  const customer = random.chance(88) ? pickPerson(random, shop) : null
  const closedAt = at + branch.skewMs
  const openedAt = closedAt - random.int(1, 45) * 60_000
  const exact = random.chance(6) ? atThreshold(random, shop) : null
  const lines = exact ?? fillBasket(random, shop, customer)
  const extras = exact ? NO_EXTRAS : makeExtras(random, shop, lines)
  const bill = calculateBill(shop, lines, extras)
  return {
    id: random.uuid(),
    number,
    state: 'paid',
    voidCode: 7,
    original: null,
    branch,
    customer,
    type: random.pick(['dine_in', 'pick_up', 'delivery', 'drive_thru']),
    channel: random.weighted([
      [7, 'cashier'],
      [2, 'api'],
      [1, 'call_center'],
    ]),
    openedAt,
    closedAt,
    updatedAt: closedAt + random.int(1, 20) * 1000,
    sentAt: closedAt,
    businessDate: date,
    lines,
    extras,
    bill,
    payments: pay(random, shop, bill),
    refunds: [],
    back: null,
  }
}

export function pickPerson(random: Random, { people }: Shop): Person {
  return random.weighted(people.map((person) => [person.weight, person] as const))
}

/** The same sale with other goods, and with the bill and payments that follow from them. */
export function withLines(random: Random, shop: Shop, ticket: Ticket, lines: readonly Line[]): Ticket {
  const bill = calculateBill(shop, lines, ticket.extras)
  return { ...ticket, lines, bill, payments: pay(random, shop, bill) }
}

/**
 * One piece that costs exactly the minimum amount of a rule, or one minor unit more or less. Null
 * where no rule has a minimum.
 */
function atThreshold(random: Random, shop: Shop): Line[] | null {
  const thresholds = shop.schemes.flatMap(({ versions }) =>
    versions.flatMap(({ definition }) =>
      definition.type === 'subscription' ? [] : definition.rules.flatMap(({ when }) => when?.minimum_amount ?? []),
    ),
  )
  return thresholds.length === 0 ? null : [oneFor(random, shop, random.pick(thresholds) + random.int(-1, 1))]
}

/** A menu item at this total price; free of tax where tax is added to prices. */
export function oneFor(random: Random, shop: Shop, price: Minor): Line {
  const item = random.pick(shop.menu.filter(({ product }) => product !== PLAN.product))
  const priced: Item = { ...item, price, sold: 'pieces', options: [], taxFree: item.taxFree || !shop.taxIncluded }
  return { id: random.uuid(), item: priced, quantity: 1000, options: [], discount: 0, voided: false, combo: null }
}

/**
 * No two valid lines have the same item and options, so that a return is unambiguous.
 */
function fillBasket(random: Random, shop: Shop, customer: Person | null): Line[] {
  const lines: Line[] = []
  const seen = new Set<string>()
  const add = (line: Line) => {
    const key = [line.item.product, ...line.options.map(({ option, quantity }) => `${option.id}×${quantity}`)].join()
    if (!line.voided && seen.has(key)) return
    if (!line.voided) seen.add(key)
    lines.push(line)
  }
  const wanted = random.int(1, 4)
  for (let i = 0; i < wanted; i++) add(makeLine(random, shop, pickItem(random, shop, customer)))
  if (shop.pos === 'foodics' && random.chance(8)) {
    const combo = random.int(1, 3)
    for (const each of random.sample(shop.menu.filter(isComboItem), 2)) {
      add({ ...makeLine(random, shop, each), quantity: combo * 1000, discount: 0, voided: false, combo })
    }
  }
  if (lines.every((line) => line.voided)) return lines.map((line) => ({ ...line, voided: false })).slice(0, 1)
  return lines
}

function isComboItem({ sold, product }: Item): boolean {
  return sold === 'pieces' && product !== PLAN.product
}

function pickItem(random: Random, { menu }: Shop, customer: Person | null): Item {
  if (random.chance(3) && menu.includes(PLAN)) return PLAN
  const item = customer && random.chance(60) ? random.pick(customer.favourites) : random.pick(menu)
  // Plans are bought rarely.
  return item.product === PLAN.product && !random.chance(15) ? random.pick(menu) : item
}

function makeLine(random: Random, shop: Shop, item: Item): Line {
  const quantity =
    item.sold === 'weight'
      ? random.int(2, 40) * 50
      : random.weighted([
          [7, 1000],
          [2, 2000],
          [1, random.int(3, 6) * 1000],
        ])
  const line = {
    id: random.uuid(),
    item,
    quantity,
    options: pickOptions(random, item),
    discount: 0,
    voided: random.chance(5),
    combo: null,
  }
  if (!random.chance(10)) return line
  const [price] = calculateBill(shop, [line], NO_EXTRAS).lines
  const percent = random.pick([10, 25, 50, 100])
  return { ...line, discount: Math.round(((price?.price ?? 0) / scaleOf(shop)) * (percent / 100)) }
}

const NO_EXTRAS: Extras = { discount: null, charge: 0, giftCard: 0, rounds: false }

function pickOptions(random: Random, { price, options }: Item): Line['options'] {
  if (options.length === 0) return []
  if (price === 0) return [{ option: random.pick(options), quantity: 1 }]
  return random.sample(options, random.int(0, 2)).map((option) => ({ option, quantity: random.chance(15) ? 2 : 1 }))
}

function makeExtras(random: Random, shop: Shop, lines: readonly Line[]): Extras {
  const { subtotalNet, lines: billed } = calculateBill(shop, lines, NO_EXTRAS)
  const goods = billed.reduce((sum, { price }, index) => sum + (lines[index]?.voided ? 0 : price), 0)
  const percent = random.pick([10, 15, 20, 50, 100])
  const kind = random.pick<DiscountKind>(['open', 'predefined', 'coupon', 'promotion'])
  const foodics = shop.pos === 'foodics'
  return {
    discount: subtotalNet > 0 && random.chance(18) ? { kind, amount: minorOf(shop, (goods * percent) / 100) } : null,
    charge: foodics && random.chance(8) ? random.pick([500, 1150, 1999]) * scaleOf(shop) : 0,
    giftCard: foodics && random.chance(2) ? random.pick([5000, 10_000]) : 0,
    rounds: foodics && random.chance(15),
  }
}

function minorOf(shop: Shop, amount: Exact): Exact {
  return Math.round(amount / scaleOf(shop)) * scaleOf(shop)
}

/** With one or two payments. */
function pay(random: Random, shop: Shop, { total }: Bill): Payment[] {
  if (total <= 0) return []
  const tips = shop.pos === 'foodics' && random.chance(5) ? random.int(1, 5) * 100 : 0
  const main = random.weighted<Payment['kind']>([
    [45, 'card'],
    [40, 'cash'],
    [5, 'gift_card'],
    [4, 'house_account'],
    [6, 'other'],
  ])
  if (!random.chance(12)) return [{ kind: main, amount: total, tips }]
  const first = minorOf(shop, (total * random.int(10, 60)) / 100)
  const second = random.weighted<Payment['kind']>([
    [5, 'loyalty'],
    [3, 'gift_card'],
    [2, 'cash'],
  ])
  return [
    { kind: second, amount: first, tips: 0 },
    { kind: main, amount: total - first, tips },
  ].filter(({ amount }) => amount > 0)
}
