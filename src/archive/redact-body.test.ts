// A redacted body is valid JSON of the same shape, and keeps only what identifies nobody.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foodicsBody } from '../integrations/foodics/fixtures/body.ts'
import { redactBody, redactMentions } from './redact-body.ts'

const parse = (bytes: Buffer) => JSON.parse(bytes.toString())

test('a body keeps menu, branch and amounts, and loses customer, staff, numbers and notes', () => {
  const body = foodicsBody({ customer: { name: 'Sample Quixwood', email: 'sample@example.com' } })
  const text = Buffer.from(JSON.stringify({ ...body, note: 'for \u0633\u0627\u0631\u0629 "of" Sample Quixwood' }))
  const redacted = parse(redactBody(text, 'foodics'))
  assert.equal(redacted.order.customer.name, '')
  assert.equal(redacted.order.customer.phone, typeof body.order.customer?.phone === 'number' ? 0 : '')
  assert.equal(redacted.note, '')
  assert.equal(redacted.order.id, '')
  assert.equal(redacted.order.total_price, body.order.total_price)
  assert.equal(redacted.order.products[0].product.name, body.order.products[0]?.product.name)
  assert.deepEqual(Object.keys(redacted.order), Object.keys(body.order))
  assert.equal(String(redacted.order.business_date).slice(0, 10), body.order.business_date)
})

test('without a list of fields nothing stays; what is not JSON becomes empty', () => {
  assert.deepEqual(parse(redactBody(Buffer.from('{"a":"b","n":-12.5e3,"t":true,"x":[null,"y"]}'), 'no-such-pos')), {
    a: '',
    n: 0,
    t: true,
    x: [null, ''],
  })
  assert.equal(redactBody(Buffer.from('name=Sample'), 'foodics').length, 0)
})

test('law: any JSON stays JSON, and redacting again changes nothing', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const once = redactBody(Buffer.from(json), 'standard')
      assert.doesNotThrow(() => parse(once))
      assert.deepEqual(redactBody(once, 'standard'), once)
      assert(!once.includes('distinctive'))
    }),
  )
})

test('a mention is removed, and every other byte stays', () => {
  const text = Buffer.from('{"id":12345678901234567890, "note":"call \\u0633 Quixwood","total": 1.50}')
  assert.equal(
    redactMentions(text, (value) => value.includes('Quixwood'))?.toString(),
    '{"id":12345678901234567890, "note":"","total": 1.50}',
  )
  assert.equal(
    redactMentions(text, () => false),
    null,
  )
})
