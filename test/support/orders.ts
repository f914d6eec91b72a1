// Canonical orders for tests, with defaults for everything that a story does not state.
import type { PosLine, PosOrder } from '../../contract/pos-order.ts'

const OPENED = Date.parse('2026-01-10T09:00:00Z')

export interface OrderStory {
  id: string
  /** Minutes after the first hour of the story; also the version of the snapshot. */
  at?: number
  phone?: string | null
  lines?: LineStory[]
  status?: PosOrder['status']
  /** The sale that this order returns. */
  returns?: string
  /** The sale from which this sale returns its refunded lines. */
  exchanges?: string
  /** Later snapshots of an order have a greater version. */
  version?: number
  /** The version of the snapshot besides its times. */
  stamp?: Pick<PosOrder['version'], 'number' | 'created'>
  more?: Partial<PosOrder>
}

export interface LineStory {
  product?: string
  category?: string
  /** Whole pieces. */
  pieces?: number
  /** Minor units, of the whole line. */
  total: number
  status?: PosLine['status']
  id?: string
}

export function orderOf({
  id,
  at = 0,
  phone = '+966500000001',
  lines = [],
  status,
  returns,
  exchanges,
  version = 0,
  stamp = {},
  more,
}: OrderStory): PosOrder {
  const occurredAt = OPENED + at * 60_000
  const kind = returns === undefined ? 'sale' : 'return'
  const state = status ?? (kind === 'sale' ? 'paid' : 'refunded')
  const rank = { initiated: 0, paid: 1, void: 2, refunded: 3, joined: 4 }[state]
  const posLines = lines.map((line, index) => lineOf(line, `${id}-${index}`, kind === 'sale' ? 'paid' : 'refunded'))
  const counts = ({ status: of }: PosLine) => of !== 'voided' && (of !== 'refunded' || kind === 'return')
  const total = posLines.reduce((sum, line) => (counts(line) ? sum + line.total_incl_tax : sum), 0)
  const original = returns ?? exchanges
  return {
    pos_order_id: id,
    reference: id,
    ...(original !== undefined && { original_pos_order_id: original }),
    kind,
    status: state,
    version: { ...stamp, updated_at: occurredAt + version * 1_000, timestamp: occurredAt + version * 1_000, rank },
    occurred_at: occurredAt,
    business_date: new Date(occurredAt + 3 * 3_600_000).toISOString().slice(0, 10),
    currency: 'SAR',
    order_type: 'pick_up',
    channel: 'cashier',
    branch: { id: 'b1', name: 'Sample Branch' },
    ...(phone !== null && { customer: { phone, name: 'Sample Customer', blacklisted: false } }),
    lines: posLines,
    discounts: [],
    charges_incl_tax: 0,
    tips: 0,
    rounding: 0,
    gift_cards_sold: 0,
    subtotal_excl_tax: total,
    total_incl_tax: total,
    payments: [{ method: 'Cash', kind: 'cash', amount: total }],
    refunds: [],
    reward_codes: [],
    ...more,
  }
}

function lineOf(story: LineStory, fallbackId: string, status: PosLine['status']): PosLine {
  const { product = 'latte', category = '_7ad32937', pieces = 1, total, id = fallbackId } = story
  return {
    id,
    product_id: product,
    category_id: category,
    name: product,
    quantity: pieces * 1000,
    status: story.status ?? status,
    total_incl_tax: total,
    total_excl_tax: total,
    discount: 0,
    options: [],
  }
}
