// A shop for tests below HTTP: a business with programs on a real database, with an ingest that
// processes its orders.
import assert from 'node:assert/strict'
import pino from 'pino'
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import type { PosOrder } from '../../contract/pos-order.ts'
import { createDictionaryCache } from '../../src/archive/dictionaries.ts'
import { createBusiness } from '../../src/businesses/businesses.ts'
import type { Database } from '../../src/db/database.ts'
import { createIngest, type Ingest } from '../../src/ingest/ingest.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { createIds, type Ids, type Uuid } from '../../src/kernel/ids.ts'
import type { Delivery } from '../../src/orders/delivery.ts'
import { deliveryId } from '../../src/orders/identity.ts'
import { boundToReceipt } from '../../src/orders/order-clock.ts'
import { activateProgram, createProgram } from '../../src/programs/lifecycle.ts'
import { createProgramCache } from '../../src/programs/store.ts'

/** North Coffee: the shop of the examples V1 to V12. */
export const NORTH_COFFEE: Record<string, object> = {
  points: { type: 'points', rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }] },
  stamps: {
    type: 'stamps',
    goal: 6,
    reward: { name: { en: 'A free hot drink', ar: 'مشروب ساخن مجاني' } },
    rules: [
      { id: 'hot-drinks', when: { categories: { include: ['_7ad32937'] } }, earn: { kind: 'per_item', units: 1 } },
    ],
  },
  cashback: { type: 'cashback', rules: [{ id: 'back', earn: { kind: 'percent', basis_points: 500 } }] },
}

export interface Shop {
  businessId: Uuid
  /** Program ids by the names given. */
  programs: Record<string, Uuid>
  clock: ManualClock
  ids: Ids
  ingest: Ingest
  /** A canonical order as a delivery; equal `body` means the same delivery. */
  delivery(order: PosOrder, body?: string): Delivery
  /** Submits it to the shop's own ingest or to another one. */
  deliver(order: PosOrder, body?: string, to?: Ingest): Promise<OrderAnswer>
}

export async function openShop(
  db: Database,
  {
    programs: definitions = NORTH_COFFEE,
    now = '2026-01-15T12:00:00Z',
    lanes = 2,
    currency = 'SAR',
  }: { programs?: Record<string, object>; now?: string; lanes?: number; currency?: string } = {},
): Promise<Shop> {
  const clock = new ManualClock(now)
  const ids = createIds(clock)
  const name = {
    name: 'Sample Shop',
    name_ar: 'متجر تجريبي',
    currency,
    timezone: 'Asia/Riyadh',
    language: 'ar' as const,
  }
  const made = await db.write('system:test', (tx) => createBusiness(tx, name, { ids, clock }))
  assert(made.kind === 'created')
  const businessId = made.business.id
  const programs: Record<string, Uuid> = {}
  for (const [key, definition] of Object.entries(definitions)) {
    programs[key] = await db.write('system:test', async (tx) => {
      const created = await createProgram(tx, { businessId, name: key, nameAr: key, definition }, { ids, clock })
      assert(created.kind === 'created', JSON.stringify(created))
      const { programId } = created
      const active = await activateProgram(
        tx,
        { businessId, programId, effectiveFrom: Date.parse('2020-01-01T00:00:00Z') },
        { clock },
      )
      assert(active.kind === 'activated', JSON.stringify(active))
      return programId
    })
  }
  const log = pino({ level: 'silent' })
  const ingest = createIngest(
    { db, clock, ids, log, programs: createProgramCache(), branches: new Map(), dictionaries: createDictionaryCache() },
    { maxInFlight: lanes },
  )
  // Only the version is checked: tests make unstorable orders with an impossible date.
  const bound = (order: PosOrder) =>
    order.version.updated_at > clock.now() ? boundToReceipt(order, clock.now(), name.timezone) : order
  const delivery = (order: PosOrder, body = JSON.stringify(order)): Delivery => {
    const raw = Buffer.from(body)
    return {
      id: deliveryId('standard', businessId, order.version.timestamp, raw),
      businessId,
      posName: 'standard',
      adapter: 'standard',
      event: 'order.updated',
      receivedAt: clock.now(),
      body: raw,
      parsed: { kind: 'order', order: bound(order) },
    }
  }
  const deliver = async (order: PosOrder, body?: string, to = ingest): Promise<OrderAnswer> => {
    const outcome = await to.submit(delivery(order, body))
    assert(typeof outcome !== 'string', `the delivery was ${String(outcome)}`)
    return JSON.parse(outcome.json)
  }
  return { businessId, programs, clock, ids, ingest, delivery, deliver }
}
