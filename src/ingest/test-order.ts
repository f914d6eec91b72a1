// A test order: a sample sale that LoyaPro sends to itself in the standard format, from a reserved
// POS, so that it can always be recognized and is processed like a real order.
import { createHash } from 'node:crypto'
import type { PosOrder } from '../../contract/pos-order.ts'
import type { Integrations } from '../integrations/registry.ts'
import { assert } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { splitPhone } from '../kernel/phone.ts'
import type { Delivery } from '../orders/delivery.ts'
import { deliveryId } from '../orders/identity.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import { termsAt } from '../programs/terms.ts'
import { toDelivery } from './receive.ts'

/** No token is issued for this POS, so only LoyaPro can send its orders. */
export const TEST_POS = { name: 'loyapro-test', title: 'LoyaPro test orders', adapter: 'standard' } as const

/** 24.00 in the currency of the business. */
const PRICE = 24

export interface TestSale {
  /** Makes the ID of the order: the same key, the same order. */
  key: string
  /** E.164. */
  phone: string
  at: EpochMs
}

/** A sale of one item that earns in the programs in force, if they name items. */
export function testSale(
  { key, phone, at }: TestSale,
  programs: BusinessPrograms,
  integrations: Integrations,
): Delivery {
  const id = `TEST-${createHash('sha256').update(key).digest('hex').slice(0, 10).toUpperCase()}`
  const item = itemOf(programs, at)
  return deliveryOf({ id, phone, openedAt: at, sentAt: at, item, status: 'Paid' }, programs, integrations)
}

/** The same order, voided. `order` is the order as it is stored. */
export function testVoid(
  order: PosOrder,
  phone: string,
  at: EpochMs,
  programs: BusinessPrograms,
  integrations: Integrations,
): Delivery {
  const [line] = order.lines
  assert(line, 'a test order has a line')
  const item = { product_id: line.product_id, ...(line.category_id !== undefined && { category_id: line.category_id }) }
  const sale = { id: order.pos_order_id, phone, openedAt: order.occurred_at, sentAt: at, item, status: 'Void' as const }
  return deliveryOf(sale, programs, integrations)
}

interface Item {
  product_id: string
  category_id?: string
}

/** The product and category of the first rules that name any, so that the order earns. */
function itemOf({ terms }: BusinessPrograms, at: EpochMs): Item {
  const rules = (termsAt(terms, at)?.members ?? []).flatMap(({ definition }) =>
    definition.type === 'subscription' ? [] : definition.rules,
  )
  const product = rules.map(({ when }) => when?.products?.include?.[0]).find((id) => id !== undefined)
  const category = rules.map(({ when }) => when?.categories?.include?.[0]).find((id) => id !== undefined)
  return { product_id: product ?? 'test-coffee', ...(category !== undefined && { category_id: category }) }
}

interface TestBody {
  id: string
  phone: string
  openedAt: EpochMs
  sentAt: EpochMs
  item: Item
  status: 'Paid' | 'Void'
}

function deliveryOf(
  { id, phone, openedAt, sentAt, item, status }: TestBody,
  { businessId, business }: BusinessPrograms,
  integrations: Integrations,
): Delivery {
  const { callingCode, national } = splitPhone(phone) ?? { callingCode: undefined, national: phone }
  const body = {
    timestamp: new Date(sentAt).toISOString(),
    event: status === 'Paid' ? 'order.created' : 'order.updated',
    business: { reference: businessId },
    order: {
      id,
      reference: id,
      status,
      opened_at: new Date(openedAt).toISOString(),
      closed_at: new Date(openedAt).toISOString(),
      updated_at: new Date(sentAt).toISOString(),
      branch: { id: 'test', name: 'Test orders' },
      customer: { name: 'Test customer', dial_code: callingCode, phone: national },
      products: [{ id: '1', name: 'Test coffee', price: PRICE, quantity: 1, ...item }],
      total: PRICE,
      payments: [{ method: 'Cash', kind: 'cash', amount: PRICE }],
    },
  }
  const raw = Buffer.from(JSON.stringify(body))
  const outcome = integrations.get(TEST_POS.adapter).read(body, business)
  assert(outcome.kind === 'order', `a test order is ${outcome.kind}`)
  const sender = { posName: TEST_POS.name, adapter: TEST_POS.adapter }
  const delivery: Uuid = deliveryId(TEST_POS.name, businessId, outcome.timestamp, raw)
  return toDelivery({ ...sender, id: delivery }, { businessId, timezone: business.timezone }, outcome, raw, sentAt)
}
