// Makes up bodies of the standard shape, for tests and simulations.
import { derivedId } from '../../kernel/ids.ts'

export interface StandardSpec {
  event?: string
  timestamp?: number | string
  business?: { reference: number | string; name?: string }
  id?: string
  reference?: number | string
  /** Named as the shape names them: all of it goes into the order as it is, over what is made up. */
  order?: Readonly<Record<string, unknown>>
  status?: string
  lines?: readonly StandardLineSpec[]
  discounts?: readonly { amount: number; reason: string; code?: string }[]
  charges?: readonly { amount: number; name?: string; kind?: 'delivery' | 'service' | 'other' }[]
  tips?: number
  rounding?: number
  giftCards?: number
  /** Σ of the lines less the discounts, with charges, rounding and gift cards sold, unless said otherwise. */
  total?: number
}

export interface StandardLineSpec {
  id?: string
  product_id?: string
  name?: string
  category_id?: string
  price?: number
  quantity?: number
  total?: number
  status?: string
}

/** A whole body. Without a spec: two lattes at 12.00, paid at 18:06:16 in Riyadh by Sample Customer 1. Equal specs, equal bodies. */
export function standardBody(spec: StandardSpec = {}) {
  const { reference = 382546, status = 'Paid', discounts = [], charges, tips, rounding, giftCards } = spec
  const id = spec.id ?? derivedId('order', String(reference))
  const products = (spec.lines ?? [{}]).map((line, index) => standardLine(line, `${index + 1}`, status))
  const goods = products.reduce((sum, line) => sum + (line.status === 'Voided' ? 0 : cents(line)), 0)
  const off = discounts.reduce((sum, discount) => sum + Math.round(discount.amount * 100), 0)
  const beside = [...(charges ?? []).map((charge) => charge.amount), rounding ?? 0, giftCards ?? 0]
  const total = beside.reduce((sum, amount) => sum + Math.round(amount * 100), goods - off)
  return {
    timestamp: spec.timestamp ?? 1672585625,
    event: spec.event ?? 'order.updated',
    business: { reference: 'SAMPLE-1', name: 'Sample Coffee', ...spec.business },
    order: {
      id,
      reference,
      status,
      updated_at: '2023-01-01T18:07:05+03:00',
      opened_at: '2023-01-01T17:53:57+03:00',
      closed_at: '2023-01-01T18:06:16+03:00',
      business_date: '2023-01-01',
      branch: { id: 'branch-1', name: 'Sample Branch' },
      customer: { id: 'customer-1', name: 'Sample Customer 1', dial_code: 966, phone: '500000001', email: null },
      products,
      subtotal: Math.round(goods / 1.15) / 100,
      discounts,
      ...(charges && { charges }),
      ...(tips !== undefined && { tips }),
      ...(rounding !== undefined && { rounding }),
      ...(giftCards !== undefined && { gift_cards_sold: giftCards }),
      total: spec.total ?? total / 100,
      payments: [{ method: 'Cash', kind: 'cash', amount: spec.total ?? total / 100 }],
      ...spec.order,
    },
  }
}

function standardLine(spec: StandardLineSpec, id: string, order: string) {
  const status = order === 'Initiated' ? 'Added' : order === 'Void' ? 'Voided' : order
  const { name = 'Sample Latte', category_id = 'hot-drinks', price = 12, quantity = 2 } = spec
  return { id, product_id: 'latte', name, category_id, price, quantity, status, ...spec }
}

function cents(line: { price: number; quantity: number; total?: number }): number {
  return Math.round((line.total ?? line.price * line.quantity) * 100)
}
