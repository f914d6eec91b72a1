// A small benchmark: the shape of its result, and that its numbers come from real work. No times
// are asserted, because machines differ.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createBodies } from '../harness/bodies.ts'
import { median, percentiles } from '../harness/statistics.ts'
import { report } from './report.ts'
import { runBench } from './run.ts'

const SMALL = {
  businesses: 4,
  customersPerBusiness: 25,
  rounds: 1,
  seconds: 0.5,
  halfSeconds: 0.5,
  warmUpSeconds: 0.2,
  connections: 4,
  tillCallsPerSecond: 40,
  durable: false,
  deep: null,
  say: () => {},
}

test('a small benchmark measures A, B and LoyaPro, proves the ledger, and prints its table', async () => {
  const result = await runBench(SMALL)
  for (const one of [result.a, result.b, result.loyapro, result.half_load]) {
    assert.ok(one.orders > 0 && one.orders_per_second > 0 && one.latency_ms.p99 > 0)
    assert.deepEqual(one.failed, {})
  }
  for (const one of [result.a, result.loyapro]) assert.ok(one.wal_bytes_per_order > 0)
  for (const call of [result.check, result.redeem]) {
    assert.ok(call.calls > 0 && call.latency_ms.p95 > 0)
    assert.deepEqual(call.failed, {})
  }
  assert.ok(result.ratio_to_a > 0 && result.ratio_to_b > 0)
  assert.ok(result.statements_per_order.a >= 7, 'begin, five statements and commit')
  assert.ok(result.statements_per_order.loyapro > 0)
  assert.equal(result.differences, 0)
  assert.equal(result.businesses * 25, result.customers)
  const text = report(JSON.parse(JSON.stringify(result)))
  assert.match(text, /orders\/s, LoyaPro over A/)
  assert.match(text, /differences that the proof found\s+0/)
})

test('an interrupted benchmark stops its processes and removes its files', async () => {
  const under = await mkdtemp(join(tmpdir(), 'loyapro-test-'))
  const controller = new AbortController()
  const say = (line: string) => {
    if (line.startsWith('warming up')) controller.abort()
  }
  const interrupted = runBench({ ...SMALL, under, say, signal: controller.signal })
  await assert.rejects(interrupted, { name: 'AbortError' })
  assert.deepEqual(await readdir(under), [])
  await rmdir(under)
})

test('bodies have the size and shape of the sample order, and all differ', () => {
  const bodies = createBodies({ businesses: 3, customersPerBusiness: 10 }, 1)
  const now = Date.parse('2026-01-15T12:00:00Z')
  const made = Array.from({ length: 200 }, () => bodies.next(now))
  const ids = new Set(made.map((body) => JSON.parse(body.toString()).order.id))
  assert.equal(ids.size, 200)
  for (const body of made) {
    assert.ok(body.length > 6_500 && body.length < 7_100, `${body.length} bytes`)
    const { timestamp, order } = JSON.parse(body.toString())
    assert.equal(timestamp, now / 1000)
    assert.equal(order.updated_at, '2026-01-15 12:00:00')
    assert.equal(order.business_date, '2026-01-15')
    assert.match(order.customer.phone, /^5000000\d\d$/)
    assert.doesNotMatch(body.toString(), /1999-09-09|aaaaaaaa-aaaa/)
  }
})

test('percentiles and medians are correct', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => 100 - n)
  assert.deepEqual(percentiles(hundred), { p50: 51, p95: 96, p99: 100, max: 100 })
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 2, 3]), 2.5)
})
