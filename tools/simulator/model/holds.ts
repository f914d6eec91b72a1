// Whether a rule applies to a sale: its conditions, as the reference of the programs states them.
import type { When } from '../../../contract/program.ts'
import type { Item, Milli, Minor, Ms, Shop, Ticket } from '../world/types.ts'
import type { Remaining } from './remaining.ts'

/** The properties of a sale that rules use. */
export interface Sale {
  shop: Shop
  ticket: Ticket
  paidAt: Ms
  /** The goods that were paid and not returned. */
  paid: readonly Remaining[]
  isFirst: boolean
}

/** The goods and amount of a sale that a rule uses. */
export interface Seen {
  amount: Minor
  pieces: Milli
  lines: number
}

export function see(when: When, { paid }: Sale, tax: 'included' | 'excluded'): Seen {
  const seen = paid.filter(({ item }) => isMeant(when, item))
  return {
    amount: seen.reduce((sum, line) => sum + (tax === 'included' ? line.withTax : line.withoutTax), 0),
    pieces: seen.reduce((sum, { quantity }) => sum + quantity, 0),
    lines: seen.length,
  }
}

export function holds(when: When, sale: Sale, { amount, lines }: Seen): boolean {
  const { ticket } = sale
  return [
    lines > 0,
    amount >= (when.minimum_amount ?? 0),
    when.order_types?.includes(ticket.type) ?? true,
    when.channels?.includes(ticket.channel) ?? true,
    when.branches?.includes(ticket.branch.reference) ?? true,
    isDated(when, ticket.businessDate),
    isTimely(when, sale),
    isPaidSo(when, ticket),
    !when.first_order || sale.isFirst,
    isBirthday(when, ticket),
  ].every(Boolean)
}

/**
 * The world has its own branch references: a program of an existing business that names branches
 * cannot be checked.
 */
export function isKnown(when: When): boolean {
  return when.branches === undefined
}

/** A product is named by its id or SKU. */
function isMeant({ products, categories }: When, { product, sku, category }: Item): boolean {
  const isIn = (list: readonly string[] | undefined) => list?.some((one) => one === product || one === sku)
  if (isIn(products?.exclude) || categories?.exclude?.includes(category)) return false
  return (isIn(products?.include) ?? true) && (categories?.include?.includes(category) ?? true)
}

function isDated({ dates }: When, date: string): boolean {
  return (dates?.from ?? '') <= date && date <= (dates?.to ?? '9999')
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/**
 * Minutes since Monday 00:00 at the branch; hours past midnight belong to the day on which they
 * began.
 */
export function isTimely(
  { weekdays, hours }: Pick<When, 'weekdays' | 'hours'>,
  { paidAt, shop }: Pick<Sale, 'paidAt' | 'shop'>,
): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(paidAt).toZonedDateTimeISO(shop.zone)
  const minute = (local.dayOfWeek - 1) * 1440 + local.hour * 60 + local.minute
  const days = (weekdays ?? DAYS).map((day) => DAYS.indexOf(day) * 1440)
  const windows = (hours ?? [{ from: '00:00', to: '24:00' }]).map(({ from, to }) => ({
    from: minutes(from),
    to: minutes(to),
  }))
  return days.some((day) =>
    windows.some(({ from, to }) => {
      const length = to > from ? to - from : to + 1440 - from
      // Hours of Sunday can end on Monday.
      return (minute - (day + from) + 2 * 10_080) % 10_080 < length
    }),
  )
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}

function isPaidSo({ payments }: When, ticket: Ticket): boolean {
  const kinds = ticket.payments.map(({ kind }) => kind)
  const { include, exclude } = payments ?? {}
  return (
    (include === undefined || kinds.some((kind) => include.includes(kind))) &&
    !kinds.some((kind) => exclude?.includes(kind))
  )
}

/** In years without a 29 February, that birthday is on the 28th. */
function isBirthday({ birthday }: When, { customer, businessDate }: Ticket): boolean {
  if (!birthday) return true
  if (!customer?.birthDate) return false
  const born = Temporal.PlainDate.from(customer.birthDate)
  const date = Temporal.PlainDate.from(businessDate)
  return [-1, 0, 1].some((offset) => {
    const day = Temporal.PlainDate.from({ year: date.year + offset, month: born.month, day: born.day })
    const from = day.subtract({ days: birthday.days_before })
    const to = day.add({ days: birthday.days_after })
    return Temporal.PlainDate.compare(from, date) <= 0 && Temporal.PlainDate.compare(date, to) <= 0
  })
}
