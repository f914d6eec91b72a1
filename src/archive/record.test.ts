// A record gives back what was put in, to the byte and to the word.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { orderOf } from '../../test/support/orders.ts'
import { derivedId, formatId } from '../kernel/ids.ts'
import { decompress } from './codec.ts'
import { createCompressors } from './compressors.ts'
import { answerIn, bodyIn, orderIn, recordOf } from './record.ts'

const id = derivedId('sample', 'delivery')
const orderId = derivedId('sample', 'order')
const order = orderOf({ id: 'o-1', lines: [{ product: 'قهوة', total: 2400 }] })
const answer: OrderAnswer = {
  event_id: formatId('delivery', id),
  result: 'processed',
  reason: null,
  order: { id: formatId('order', orderId), pos_order_id: 'o-1', status: 'paid' },
  customer: { id: formatId('customer', derivedId('sample', 'customer')), phone: '+966500000001' },
  movements: [],
  balances: [],
}

test('body, order and answer are restored exactly, for any bytes of the body', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, carriesOrder) => {
      const record = recordOf({ body: Buffer.from(bytes), order: carriesOrder ? JSON.stringify(order) : null, answer })
      assert.deepEqual(bodyIn(record), Buffer.from(bytes))
      assert.deepEqual(orderIn(record), carriesOrder ? order : null)
      assert.equal(
        JSON.stringify(answerIn(record, { id, orderId })),
        JSON.stringify(answer),
        'in the same words and order',
      )
    }),
  )
})

test('an answer without an order is restored without one, even if the row names the order', () => {
  const ignored: OrderAnswer = { ...answer, result: 'failed', reason: 'kept_for_repair', order: null, customer: null }
  const record = recordOf({ body: Buffer.from('{}'), order: null, answer: ignored })
  assert.equal(JSON.stringify(answerIn(record, { id, orderId })), JSON.stringify(ignored))
})

test('the ids that the row knows are not in the record', () => {
  const record = recordOf({ body: Buffer.from('{}'), order: JSON.stringify(order), answer }).toString()
  assert.ok(!record.includes(formatId('delivery', id)) && !record.includes(formatId('order', orderId)))
})

test('a record is a small part of itself beside another one of the business, and nothing without the right one', () => {
  const [sample, next] = [1, 2].map((n) => {
    const other = orderOf({ id: `o-${n}`, at: n, lines: [{ product: 'قهوة', total: 2400 }] })
    return recordOf({ body: Buffer.from(JSON.stringify({ order: other })), order: JSON.stringify(other), answer })
  })
  assert(sample && next)
  const bytes = createCompressors().compress(next, sample)
  assert.ok(bytes.length * 8 < next.length, `${bytes.length} of ${next.length} bytes`)
  assert.deepEqual(decompress(bytes, sample), next)
  const wrong = Buffer.from(sample)
  wrong.write('tea', wrong.indexOf('قهوة'))
  assert.throws(() => decompress(bytes, wrong))
})
