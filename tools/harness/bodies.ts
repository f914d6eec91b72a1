// Bodies of orders with the size and shape of the sample order: one template per business, into
// which each order writes its ids, customer and time.
import { readFileSync } from 'node:fs'
import { assert } from '../../src/kernel/assert.ts'

export interface Bodies {
  /**
   * The bytes of a new order of a random business and customer.
   */
  next(now: number): Buffer
}

export interface WorldSize {
  businesses: number
  customersPerBusiness: number
}

/** The reference of business `n` in the POS. */
export function referenceOf(n: number): number {
  return FIRST_REFERENCE + n
}

/**
 * National part of the phone of customer `m` of business `n`: a sample number in Saudi format.
 */
export function phoneOf(n: number, m: number, { customersPerBusiness }: WorldSize): string {
  return `5${String(n * customersPerBusiness + m).padStart(8, '0')}`
}

const FIRST_REFERENCE = 400_000

/** The same seed gives the same sequence; only the times depend on the clock. */
export function createBodies(world: WorldSize, seed: number): Bodies {
  const random = generator(seed)
  const templates = Array.from({ length: world.businesses }, (_, n) => templateOf(n))
  return {
    next(now) {
      const n = random() % world.businesses
      const m = random() % world.customersPerBusiness
      const { bytes, places } = templates[n] as Template
      const body = Buffer.from(bytes)
      const at = new Date(now).toISOString()
      const own: Record<Mark, string> = {
        seconds: String(Math.floor(now / 1000)),
        time: `${at.slice(0, 10)} ${at.slice(11, 19)}`,
        date: at.slice(0, 10),
        order: uuid(random),
        payment: uuid(random),
        line: uuid(random),
        option: uuid(random),
        app: uuid(random),
        receipt: hex(random, 5),
        customer: customerId(n, m),
        name: `Sample Customer ${String(m).padStart(6, '0')}`,
        phone: phoneOf(n, m, world),
        number: String(100_000 + (random() % 900_000)),
      }
      for (const [mark, offset] of places) body.write(own[mark], offset, 'latin1')
      return body
    },
  }
}

type Mark = keyof typeof MARKS

/** Placeholders in the template; each has the length of its value. */
const MARKS = {
  seconds: '1999999991',
  time: '1999-09-09 09:09:09',
  date: '1999-09-09',
  order: 'aaaaaaaa-aaaa-4aaa-aaaa-aaaaaaaaaaa1',
  payment: 'aaaaaaaa-aaaa-4aaa-aaaa-aaaaaaaaaaa2',
  line: 'aaaaaaaa-aaaa-4aaa-aaaa-aaaaaaaaaaa3',
  option: 'aaaaaaaa-aaaa-4aaa-aaaa-aaaaaaaaaaa4',
  app: 'aaaaaaaa-aaaa-4aaa-aaaa-aaaaaaaaaaa5',
  receipt: 'receiptreceiptreceiptreceiptreceiptrecei',
  customer: 'aaaaaaaa-aaaa-4aaa-aaaa-aaaaaaaaaaa6',
  name: 'Sample Customer ######',
  phone: '599999999',
  number: '999991',
} as const

interface Template {
  bytes: Buffer
  places: [Mark, number][]
}

/** The sample order with the branch, cashier, device and product of the shop. */
function templateOf(n: number): Template {
  const body = JSON.parse(readFileSync(new URL('../../examples/seed-order.json', import.meta.url), 'utf8'))
  const { order } = body
  const shop = generator(n + 1)
  const person = { id: uuid(shop), name: `Sample Cashier ${n}` }
  const [product] = order.products
  const [option] = product.options
  const [payment] = order.payments
  body.timestamp = Number(MARKS.seconds)
  body.business = { name: `Sample Coffee ${n}`, reference: referenceOf(n) }
  Object.assign(order.branch, { id: uuid(shop), name: `Sample Branch ${n}`, reference: `b${n}` })
  for (const who of [order.creator, order.closer, payment.user, product.creator]) Object.assign(who, person)
  Object.assign(order.customer, { id: MARKS.customer, name: MARKS.name, phone: MARKS.phone })
  for (const key of ['last_order_at', 'updated_at']) order.customer[key] = MARKS.time
  Object.assign(payment, { id: MARKS.payment, business_date: MARKS.date, added_at: MARKS.time })
  Object.assign(product, { id: MARKS.line, added_at: MARKS.time, closed_at: MARKS.time })
  Object.assign(product.product, { id: `_${hex(shop, 1)}`, sku: `prd_${n}` })
  Object.assign(option, { id: MARKS.option, added_at: MARKS.time })
  option.modifier_option.id = uuid(shop)
  Object.assign(order.device, { id: uuid(shop), name: `c2-sample-${n}` })
  order.meta.foodics.device_id = order.device.id
  order.meta.foodics.receipt_qr = `${order.meta.foodics.receipt_qr.slice(0, 50)}${MARKS.receipt}`
  Object.assign(order, { id: MARKS.order, app_id: MARKS.app, reference: Number(MARKS.number) })
  order.business_date = MARKS.date
  for (const key of ['opened_at', 'closed_at', 'created_at', 'updated_at']) order[key] = MARKS.time
  const text = JSON.stringify(body)
  const bytes = Buffer.from(text)
  const places = Object.entries(MARKS).flatMap(([mark, sign]) => offsetsOf(bytes, mark as Mark, sign))
  for (const mark of Object.keys(MARKS))
    assert(
      places.some(([found]) => found === mark),
      `the template has no ${mark}`,
    )
  // A time begins with a date, so the longer placeholder is written last, over the shorter one.
  return { bytes, places: places.sort(([a], [b]) => MARKS[a].length - MARKS[b].length) }
}

function offsetsOf(bytes: Buffer, mark: Mark, sign: string): [Mark, number][] {
  const found: [Mark, number][] = []
  for (let at = bytes.indexOf(sign); at >= 0; at = bytes.indexOf(sign, at + 1)) found.push([mark, at])
  return found
}

function customerId(n: number, m: number): string {
  const random = generator(n * 1_000_003 + m + 7)
  return uuid(random)
}

type Random = () => number

/** Numbers of 32 bits (xorshift): sufficient for ids that only have to differ. */
function generator(seed: number): Random {
  let x = (seed * 2_654_435_761) >>> 0 || 1
  const next = () => {
    x ^= x << 13
    x >>>= 0
    x ^= x >>> 17
    x ^= x << 5
    x >>>= 0
    return x
  }
  for (let i = 0; i < 8; i++) next()
  return next
}

function hex(random: Random, words: number): string {
  let text = ''
  for (let i = 0; i < words; i++) text += random().toString(16).padStart(8, '0')
  return text
}

function uuid(random: Random): string {
  const text = hex(random, 4)
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-a${text.slice(17, 20)}-${text.slice(20)}`
}
