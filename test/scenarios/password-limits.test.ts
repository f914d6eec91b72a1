// One-time passwords are limited per API key and per business, not only per customer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApiKey } from '../../src/businesses/api-keys.ts'
import { countPassword } from '../../src/identity/password-limits.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { testApp } from '../support/app.ts'
import { codesOf } from '../support/codes.ts'

const clock = new ManualClock('2026-01-15T12:00:00Z')
const app = await testApp(undefined, { clock })
const { businessId } = app.business

/** Counts as many as were sent before, without sending them. */
async function sentBefore(keyId: string, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    await app.ctx.db.write('system:test', (tx) => countPassword(tx, { businessId, callerId: keyId }, clock.now()))
  }
}

test('the 61st password with one key, and the 201st of a business, in ten minutes are refused', async () => {
  const newKey = () =>
    createApiKey(app.ctx.db.by('system:test'), { businessId, name: 'Till', scopes: ['claims:cashier'] }, app.ctx)
  const { customer } = codesOf(app, app.business)
  const send = async ({ secret }: { secret: string }) => {
    const path = `/api/v1/customers/${(await customer(1)).id}/one-time-passwords`
    const { status, body, headers } = await app.call({ method: 'POST', path, bearer: secret })
    return [status, body.code, headers.get('retry-after')]
  }
  const one = await newKey()
  await sentBefore(one.key.id, 59)
  assert.equal((await send(one))[0], 201)
  assert.deepEqual(await send(one), [429, 'rate_limited', '600'])
  assert.equal(app.messages.length, 1)
  for (let keys = 0; keys < 2; keys++) await sentBefore((await newKey()).key.id, 60)
  const other = await newKey()
  await sentBefore(other.key.id, 19)
  assert.equal((await send(other))[0], 201, 'the 200th')
  assert.deepEqual(await send(other), [429, 'rate_limited', '600'], 'the 201st')
  clock.advance(10 * 60_000)
  assert.equal((await send(one))[0], 201)
})
