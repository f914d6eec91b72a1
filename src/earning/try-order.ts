// What a sample order would earn by one version of a program: the engine's own assessment of an
// order that nobody sent (pure).
import type { NothingReason } from '../../contract/nothing-reasons.ts'
import type { Channel, OrderType, PosOrder, PosPayment } from '../../contract/pos-order.ts'
import type { Definition } from '../../contract/program.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import { derivedId, type Uuid } from '../kernel/ids.ts'
import { allocate, type Milli, type Minor, prorate } from '../kernel/money.ts'
import { ZERO } from '../kernel/rational.ts'
import type { KnownOrder } from '../orders/family.ts'
import type { CapRoom } from '../orders/sale-facts.ts'
import { capPeriods } from '../programs/caps.ts'
import { lotTerms, slidingExpiry } from '../programs/expiry.ts'
import type { FactValues } from '../programs/fact.ts'
import { type Goods, isMeant } from '../programs/goods.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import type { PinnedVersion } from '../programs/terms.ts'
import { underVersion } from '../programs/under-version.ts'
import type { EarnWhy } from '../programs/why.ts'
import { assess } from './assess.ts'

export interface SampleOrder {
  paidAt: EpochMs
  /** The branch's business day of `paidAt`. */
  businessDate: IsoDate
  /** Its zone is null where it is that of the business. */
  branch: { id: Uuid; timezone: string | null } | null
  orderType?: OrderType
  channel?: Channel
  lines: readonly SampleLine[]
  /** Taken off the lines in proportion to what they cost. */
  discount: Minor
  /** Empty: paid by card. */
  payments: readonly Omit<PosPayment, 'method'>[]
  /** What comes back later: the position of a line, and how much of it. */
  returned: readonly { line: number; quantity: Milli }[]
}

/** Amounts are those of the whole line. */
export interface SampleLine extends Goods {
  name: string
  quantity: Milli
  inclTax: Minor
  exclTax: Minor
}

export interface SampleCustomer {
  birthDate: IsoDate | null
  /** The facts that rules may ask for; absent ones are unknown. */
  known: FactValues
  /** Units that count against the caps before this order. */
  used: Partial<Record<CapRoom['by'], number>>
}

export interface TriedOrder {
  units: number
  /** Units above the ceiling, which would wait for staff. */
  waiting: number
  why: EarnWhy
  /** Null when something is earned. */
  reason: NothingReason | null
  /** For each line, whether a rule that applied counted it. */
  counted: boolean[]
  /** When the units become available and expire; null for a subscription. */
  lot: { availableAt: EpochMs; expiresAt: EpochMs | null } | null
}

/** Before and, if anything is returned, after the return. */
export function tryOrder(
  programs: BusinessPrograms,
  version: PinnedVersion,
  order: SampleOrder,
  customer: SampleCustomer,
): { sold: TriedOrder; kept: TriedOrder | null } {
  const sale = saleOf(order, customer, programs.business.currency)
  const tried = (returns: KnownOrder[]) => assessed(programs, version, { order, customer, sale, returns })
  const back = returnOf(sale, order.returned)
  return { sold: tried([]), kept: back ? tried([back]) : null }
}

interface Sample {
  order: SampleOrder
  customer: SampleCustomer
  sale: KnownOrder
  returns: KnownOrder[]
}

function assessed(
  programs: BusinessPrograms,
  version: PinnedVersion,
  { order, customer, sale, returns }: Sample,
): TriedOrder {
  const decision = assess({
    family: { id: sale.id, sale, returns },
    programs: underVersion(programs, version),
    currency: programs.business.currency,
    branch: order.branch,
    customer: { id: CUSTOMER, enteredBirthDate: customer.birthDate, blacklistedAt: null },
    pinned: null,
    ceiling: null,
    isReleased: false,
    known: customer.known,
    roomFor: ({ definition }) => roomLeft(definition, order.businessDate, customer.used),
    carryFor: () => ZERO,
  })
  // Nothing of it may be left, and then no program is asked.
  const [entitlement] = decision.entitlements
  const why: EarnWhy = entitlement?.why ?? { t: 'earn', r: [], x: '0', u: 0 }
  return {
    units: why.u,
    waiting: decision.facts?.waiting?.[version.programId]?.units ?? 0,
    why,
    reason: decision.reason,
    counted: order.lines.map((line) => line.inclTax > 0 && isCounted(version.definition, why, line)),
    lot: lotOf(version.definition, order, programs.business.timezone),
  }
}

/** The least room that caps and budget leave. */
function roomLeft(definition: Definition, day: IsoDate, used: SampleCustomer['used']): CapRoom | null {
  const budget = 'caps' in definition ? definition.caps?.budget : undefined
  const limits = [
    ...capPeriods(definition, day).map(({ scope, limit }) => ({ by: scope, limit })),
    ...(budget === undefined ? [] : [{ by: 'budget' as const, limit: budget }]),
  ]
  return limits
    .map(({ by, limit }): CapRoom => ({ by, units: Math.max(0, limit - (used[by] ?? 0)) }))
    .reduce<CapRoom | null>((least, room) => (least && least.units <= room.units ? least : room), null)
}

function isCounted(definition: Definition, { r }: EarnWhy, line: Goods): boolean {
  if (definition.type === 'subscription') {
    return r.length > 0 && isMeant({ products: { include: definition.plan.products_bought } }, line)
  }
  const applied = new Set(r.flatMap((use) => (use.k === 'multiplier' ? [] : [use.i])))
  return definition.rules.some(({ id, when = {} }) => applied.has(id) && isMeant(when, line))
}

function lotOf(definition: Definition, { paidAt, businessDate }: SampleOrder, timezone: string): TriedOrder['lot'] {
  if (definition.type === 'subscription') return null
  const { availableAt, expiresAt, slidingDays } = lotTerms(definition, paidAt, businessDate, timezone)
  return { availableAt, expiresAt: slidingDays === null ? expiresAt : slidingExpiry(paidAt, slidingDays, timezone) }
}

const SALE = derivedId('sample', 'sale')
const RETURN = derivedId('sample', 'return')
const CUSTOMER = derivedId('sample', 'customer')

function saleOf(sample: SampleOrder, { birthDate }: SampleCustomer, currency: string): KnownOrder {
  const { paidAt, businessDate, orderType, channel } = sample
  const lines = discounted(sample)
  const total = lines.reduce((sum, line) => sum + line.total_incl_tax, 0)
  const payments = sample.payments.length > 0 ? sample.payments : [{ kind: 'card' as const, amount: total }]
  const order: PosOrder = {
    pos_order_id: 'sample',
    kind: 'sale',
    status: 'paid',
    version: { updated_at: paidAt, timestamp: paidAt, rank: 1 },
    occurred_at: paidAt,
    business_date: businessDate,
    currency,
    ...(orderType && { order_type: orderType }),
    ...(channel && { channel }),
    branch: { id: 'sample', name: 'Sample' },
    customer: { phone: '+966500000000', blacklisted: false, ...(birthDate && { birth_date: birthDate }) },
    lines,
    discounts: [],
    charges_incl_tax: 0,
    tips: 0,
    rounding: 0,
    gift_cards_sold: 0,
    subtotal_excl_tax: total,
    total_incl_tax: total,
    payments: payments.map((payment) => ({ method: payment.kind, ...payment })),
    refunds: [],
    reward_codes: [],
  }
  const times = { occurredAt: paidAt, businessDate }
  return { id: SALE, deliveryId: SALE, kind: 'sale', status: 'paid', originalId: null, ...times, order }
}

function discounted({ lines, discount }: SampleOrder): PosOrder['lines'] {
  const amounts = lines.map(({ inclTax }) => inclTax)
  const goods = amounts.reduce((sum, amount) => sum + amount, 0)
  const shares = allocate(Math.min(discount, goods), amounts)
  return lines.map(({ productId, sku, categoryId, name, quantity, inclTax, exclTax }, index) => {
    const left = inclTax - (shares[index] ?? 0)
    return {
      id: String(index),
      product_id: productId,
      ...(sku !== undefined && { sku }),
      ...(categoryId !== undefined && { category_id: categoryId }),
      name,
      quantity,
      status: 'paid',
      total_incl_tax: left,
      total_excl_tax: inclTax === 0 ? 0 : prorate(exclTax, left, inclTax),
      discount: 0,
      options: [],
    }
  })
}

/** A return by line of the goods that come back; null when nothing does. */
function returnOf(sale: KnownOrder, returned: SampleOrder['returned']): KnownOrder | null {
  const lines = returned.flatMap(({ line: position, quantity }): PosOrder['lines'] => {
    const line = sale.order.lines[position]
    if (!line) return []
    const back = Math.min(quantity, line.quantity)
    return [
      {
        ...line,
        status: 'refunded',
        quantity: back,
        total_incl_tax: prorate(line.total_incl_tax, back, line.quantity),
      },
    ]
  })
  if (lines.length === 0) return null
  const order: PosOrder = { ...sale.order, pos_order_id: 'sample-return', kind: 'return', status: 'refunded', lines }
  return { ...sale, id: RETURN, kind: 'return', status: 'refunded', originalId: SALE, order }
}
