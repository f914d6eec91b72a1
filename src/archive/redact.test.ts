// Nobody is left in a redacted record, whatever they are called and wherever it stands, and what
// everybody orders is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { edit, outcomeOf } from '../../test/support/pos.ts'
import { bodyProfiles } from '../integrations/body-profiles.ts'
import { foodicsBody } from '../integrations/foodics/fixtures/body.ts'
import { shippedIntegrations } from '../integrations/registry.ts'
import { standardBody } from '../integrations/standard/fixtures/body.ts'
import { must } from '../kernel/assert.ts'
import { derivedId, formatId } from '../kernel/ids.ts'
import { decompress } from './codec.ts'
import { createCompressors } from './compressors.ts'
import { recordOf, textsOf } from './record.ts'
import { redactRecord } from './redact.ts'
import { dictionaryFrom } from './train-dictionary.ts'

const FOODICS = foodicsBody({
  lines: [
    { price: 18, options: [{ price: 2 }] },
    { price: 8, status: 5 },
  ],
  combos: [{ children: [{ price: 30 }] }],
  discount: { amount: 10, type: 3, couponCode: 'SAMPLE' },
  giftCard: 50,
})
const STANDARD = standardBody({
  lines: [{}, { total: 9.99 }],
  order: {
    created_by: { id: 'staff-1', name: 'Sample Cashier' },
    closed_by: { id: 'staff-2', name: 'Sample Manager' },
    refunds: [{ id: 'refund-1', amount: 5, lines: [{ line_id: '1', quantity: 1 }] }],
  },
})

const nonPersonalOf = (adapter: string) => must(bodyProfiles.get(adapter), adapter).nonPersonal

/** Where a body of this POS, or one with more fields than are known, speaks of people. */
const PLACES: Record<'foodics' | 'standard', { body: unknown; named: string[]; more: string[] }> = {
  foodics: {
    body: FOODICS,
    named: [
      '/order/customer/name',
      '/order/customer/email',
      '/order/customer/id',
      '/order/customer/address',
      '/order/customer_address',
      '/order/driver',
      '/order/creator/id',
      '/order/creator/name',
      '/order/creator/email',
      '/order/closer/phone',
      '/order/closer/pin',
      '/order/payments/0/user/name',
      '/order/products/0/creator/name',
      '/order/products/1/voider/name',
      '/order/combos/0/products/0/creator/name',
    ],
    more: [
      '/order/customer_notes',
      '/order/kitchen_notes',
      '/order/products/0/kitchen_notes',
      '/order/coupon/code',
      '/order/gift_card/code',
      '/order/tags',
      '/order/waiter',
      '/order/meta/foodics/buyer',
      '/people',
    ],
  },
  standard: {
    body: STANDARD,
    named: [
      '/order/customer/name',
      '/order/customer/email',
      '/order/customer/id',
      '/order/customer/birth_date',
      '/order/created_by/id',
      '/order/created_by/name',
      '/order/closed_by/name',
    ],
    more: ['/order/note', '/order/cashier', '/order/branch/manager', '/order/products/0/note', '/business/owner'],
  },
}

/** Of signs that no field and no sample has, so that what is found of a name is that name. */
const name = fc
  .array(fc.constantFrom(...'ظغضذثQZJqzj789"\\/ é\n\u{1F600}'), { minLength: 4, maxLength: 30 })
  .map((signs) => signs.join('').trim())
  // Spaces that follow each other are compared as one.
  .filter((text) => text.replace(/\s+/g, ' ').length >= 4 && /[^\W_]|[ظغضذث]/.test(text))
const phone = fc.stringMatching(/^5[5-9]{3}[0-9]{5}$/)

/**
 * As senders write it: plain, with every sign beyond ASCII as an escape, or with spaces between.
 */
const writing = fc.constantFrom<(body: unknown) => string>(
  JSON.stringify,
  (body) => escaped(JSON.stringify(body)),
  (body) => JSON.stringify(body, null, 2),
)

function escaped(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const id = (name: string) => derivedId('mask', name)

function framed(
  adapter: 'foodics' | 'standard',
  body: unknown,
  write = JSON.stringify as (body: unknown) => string,
): Buffer {
  const outcome = outcomeOf(shippedIntegrations.get(adapter), body)
  assert(outcome.kind === 'order', JSON.stringify(outcome))
  const { order } = outcome
  const answer: OrderAnswer = {
    event_id: formatId('delivery', id('delivery')),
    result: 'processed',
    reason: null,
    order: { id: formatId('order', id('order')), pos_order_id: order.pos_order_id, status: order.status },
    customer: order.customer ? { id: formatId('customer', id('customer')), phone: order.customer.phone } : null,
    movements: [],
    balances: [],
  }
  return recordOf({ body: Buffer.from(write(body)), order: JSON.stringify(order), answer })
}

/** As a reader of the bytes would find it: as it is, or as JSON writes it. */
function assertGone(redacted: Buffer, person: string): void {
  const text = redacted.toString().toLowerCase()
  for (const form of [person, JSON.stringify(person).slice(1, -1), escaped(person)]) {
    assert.ok(!text.includes(form.toLowerCase()), `${JSON.stringify(form)} is still in it`)
  }
}

for (const adapter of ['foodics', 'standard'] as const) {
  const { body: sample, named, more } = PLACES[adapter]
  const nonPersonal = nonPersonalOf(adapter)

  test(`${adapter}: no name and no number of a person is left of a record, and its shape is`, () => {
    const people = fc.array(fc.tuple(fc.constantFrom(...named, ...more), name), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(people, phone, writing, (said, number, write) => {
        let body = edit(sample, '/order/customer/phone', number)
        for (const [pointer, person] of said) body = edit(body, pointer, person)
        const record = framed(adapter, body, write)
        const redacted = redactRecord(record, nonPersonal)
        for (const [pointer, person] of said) {
          // A later one may have taken its place.
          if (said.findLast((one) => one[0] === pointer)?.[1] === person) assertGone(redacted, person)
        }
        assertGone(redacted, number)
        assertGone(redacted, formatId('customer', id('customer')).slice(4))
        assert.equal(redacted.length, record.length)
        for (const [at, byte] of redacted.entries()) {
          const was = record[at] ?? 0
          if (byte !== was) assert.ok(was >= 0x80 || /[0-9a-z]/i.test(String.fromCharCode(was)), `byte ${at}`)
        }
      }),
    )
  })

  test(`${adapter}: a name in a personal field is removed from all other fields`, () => {
    const elsewhere = [
      '/order/branch/name',
      '/business/name',
      `/order/products/0/${adapter === 'foodics' ? 'product/' : ''}name`,
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...named),
        fc.constantFrom(...elsewhere),
        name,
        writing,
        (of, where, person, write) => {
          const body = edit(edit(sample, of, person), where, `Cake of ${person.toUpperCase()}, large`)
          assertGone(redactRecord(framed(adapter, body, write), nonPersonal), person)
        },
      ),
    )
  })

  test(`${adapter}: other records are compressed with the redacted record and restored exactly`, () => {
    const dictionary = dictionaryFrom(framed(adapter, sample), { nonPersonal })
    const { compress } = createCompressors()
    fc.assert(
      fc.property(fc.constantFrom(...named, ...more), name, writing, (pointer, person, write) => {
        const record = framed(adapter, edit(sample, pointer, person), write)
        assert.deepEqual(decompress(compress(record, dictionary), dictionary), record)
      }),
    )
  })
}

test('what many orders say stays: fields, menu, branch, prices, and the day', () => {
  const foodics = redactRecord(framed('foodics', FOODICS), nonPersonalOf('foodics')).toString()
  const stays = [
    '"Sample Latte"',
    '"Hot Drinks"',
    '"Sample Branch"',
    '"_7g3g8555"',
    '"customer_notes":null',
    '"opened_at":"2023-01-01 00:00:00"',
  ]
  for (const text of [...stays, '"dial_code":966', '"total_incl_tax":', '"result":"processed"'])
    assert.ok(foodics.includes(text), text)
  const standard = redactRecord(framed('standard', STANDARD), nonPersonalOf('standard')).toString()
  for (const text of ['"Sample Latte"', '"latte"', '"hot-drinks"', '"status":"Paid"', '"method":"Cash"'])
    assert.ok(standard.includes(text), text)
})

test('a short name is not looked for inside of words, and a field keeps its name', () => {
  const body = edit(edit(STANDARD, '/order/customer/name', 'Lat'), '/order/customer/email', 'ar')
  const redacted = redactRecord(framed('standard', body), nonPersonalOf('standard')).toString()
  assert.ok(redacted.includes('"Sample Latte"') && redacted.includes('"name":"Xxx"'.toLowerCase()))
})

test('A14: a name is removed in other spellings as well', () => {
  let body = edit(PLACES.standard.body, '/order/customer/name', 'سارة العتيبي')
  body = edit(body, '/order/products/0/name', 'قهوة ساره  العتيبى')
  const redacted = redactRecord(framed('standard', body), nonPersonalOf('standard'))
  assertGone(redacted, 'سارة العتيبي')
  assertGone(redacted, 'ساره  العتيبى')
})

test('a name or a number as the name of a field is removed as well', () => {
  const body = edit(STANDARD, '/order/meta', { 'Sample Person': 1, 500000077: 2, sample_field: 3 })
  const redacted = redactRecord(framed('standard', body), nonPersonalOf('standard')).toString()
  assert.ok(redacted.includes('{"000000000":0,"xxxxxx xxxxxx":0,"sample_field":0}'), redacted)
})

test('a body with any bytes has a redacted record of the same length; of a body that is not JSON nothing stays', () => {
  const { order, answer } = textsOf(framed('standard', STANDARD))
  const rest = { order, answer: { event_id: '', ...JSON.parse(answer.toString()) } }
  const bytes = fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all))
  fc.assert(
    fc.property(
      fc.oneof(
        bytes,
        fc.json().map((text) => Buffer.from(text)),
      ),
      (body) => {
        const record = recordOf({ body, ...rest })
        assert.equal(redactRecord(record, nonPersonalOf('standard')).length, record.length)
      },
    ),
  )
  const torn = recordOf({ body: Buffer.from('{"order":{"customer":{"name":"Sample Per'), ...rest })
  const { body } = textsOf(redactRecord(torn, nonPersonalOf('standard')))
  assert.equal(body.toString(), '{"xxxxx":{"xxxxxxxx":{"xxxx":"xxxxxx xxx')
})

test('a body may be as deep and as wide as it likes', () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  const wide = JSON.stringify({
    order: {
      customer: Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`field_${n}`, `word ${n}`])),
      products: Array.from({ length: 10_000 }, (_, n) => ({ name: `sample ${n}` })),
    },
  })
  const { order, answer } = textsOf(framed('standard', STANDARD))
  const rest = { order, answer: { event_id: '', ...JSON.parse(answer.toString()) } }
  for (const text of [deep, wide]) {
    const { body } = textsOf(redactRecord(recordOf({ body: Buffer.from(text), ...rest }), nonPersonalOf('standard')))
    assert.equal(body.length, text.length)
    assert.ok(!body.includes('word'))
  }
})
