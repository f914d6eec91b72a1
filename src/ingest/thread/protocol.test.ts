// Deliveries arrive on the ingest thread as they were sent.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { orderOf } from '../../../test/support/orders.ts'
import { derivedId } from '../../kernel/ids.ts'
import type { Delivery } from '../../orders/delivery.ts'
import { decodeDeliveries, encodeDeliveries } from './protocol.ts'

const parsed = fc.oneof(
  fc.string().map((reason) => ({ kind: 'ignored' as const, reason })),
  fc
    .tuple(fc.string({ unit: 'grapheme' }), fc.nat(1_000_000))
    .map(([product, total]) => ({ kind: 'order' as const, order: orderOf({ id: 'o', lines: [{ product, total }] }) })),
)

const deliveries = fc.array(
  fc.record(
    {
      id: fc.uuid(),
      businessId: fc.constant(derivedId('sample', 'business')),
      posName: fc.constantFrom('foodics', 'standard'),
      adapter: fc.constantFrom('foodics' as const, 'standard' as const),
      event: fc.option(fc.string()),
      receivedAt: fc.nat(),
      body: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      parsed,
      replay: fc.boolean(),
    },
    {
      noNullPrototype: true,
      requiredKeys: ['id', 'businessId', 'posName', 'adapter', 'event', 'receivedAt', 'body', 'parsed'],
    },
  ),
  { minLength: 1, maxLength: 5 },
)

test('deliveries are decoded as they were encoded, each with its own bytes and its order also as text', () => {
  fc.assert(
    fc.property(deliveries, (sent: Delivery[]) => {
      const message = encodeDeliveries(7, sent)
      const arrived = decodeDeliveries(structuredClone(message, { transfer: [message.bytes] }))
      assert.equal(message.bytes.byteLength, 0, 'transferred, not copied')
      const withoutText = arrived.map((delivery) => {
        if (delivery.parsed.kind === 'ignored') return delivery
        const { text, ...rest } = delivery.parsed
        assert.equal(text?.toString(), JSON.stringify(rest.order))
        return { ...delivery, parsed: rest }
      })
      assert.deepEqual(withoutText, sent)
    }),
  )
})
