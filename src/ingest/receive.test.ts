// What the door remembers of businesses, and for how long.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createConnections } from '../businesses/connection-cache.ts'
import type { Queryable } from '../db/database.ts'
import { ManualClock } from '../kernel/clock.ts'

test('a connection is remembered for five seconds, and not for an hour more when the clock is set back', async () => {
  const clock = new ManualClock('2026-03-01T12:00:00Z')
  let asked = 0
  const query = async () => {
    asked += 1
    return [{ businessId: 'sample', currency: 'SAR', timezone: 'Asia/Riyadh', language: 'ar' }]
  }
  const connections = createConnections({ query, run: query } as unknown as Queryable, clock)
  const find = async () => {
    await connections.find('foodics', '1234')
    return asked
  }
  assert.equal(await find(), 1)
  clock.advance(4_999)
  assert.equal(await find(), 1)
  clock.advance(1)
  assert.equal(await find(), 2)
  clock.advance(-3_600_000)
  assert.equal(await find(), 3, 'the clock went back')
  assert.equal(await find(), 3)
})
