// Erasures at the same moment as orders, claims, merges and other erasures, and an archive search
// that is killed at every step: each time the ledger can be proven, and nothing of the customer stays.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDictionaryCache } from '../../src/archive/dictionaries.ts'
import type { Database } from '../../src/db/database.ts'
import { createIngest } from '../../src/ingest/ingest.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { applyErasure } from '../../src/privacy/apply-log.ts'
import { searchable } from '../../src/privacy/search.ts'
import { searchArchive } from '../../src/privacy/search-archive.ts'
import { createProgramCache } from '../../src/programs/store.ts'
import { callerOf } from '../support/api.ts'
import { testApp } from '../support/app.ts'
import { erase, searchToTheEnd } from '../support/erase.ts'
import { assertProven, balancesOf } from '../support/ledger.ts'
import { customerOf, merge } from '../support/merge.ts'
import { orderOf } from '../support/orders.ts'
import { runs } from '../support/runs.ts'
import { NORTH_COFFEE, openShop, type Shop } from '../support/shop.ts'
import { recordsOf } from '../support/stored.ts'

const app = await testApp()
const { db } = app.ctx
const PHONE = '+966557937530'
const TWIN = '+966557937531'
const NAME = 'Distinctive Person'

const sale = (id: string, version = 0, phone = PHONE, name = NAME) =>
  orderOf({
    id,
    version,
    phone,
    lines: [{ pieces: 1, total: 1200 }],
    more: { customer: { phone, name, blacklisted: false } },
  })

async function assertForgotten(shop: Shop): Promise<void> {
  for (const text of (await recordsOf(db, shop.businessId)).map(searchable)) {
    assert(!text.includes(PHONE.slice(4)) && !text.includes(NAME.toLowerCase()), text)
  }
}

test('orders, corrections, adjustments and merges race with an erasure', async () => {
  for (let round = 0; round < runs(40, 3); round++) {
    const shop = await openShop(db, { programs: NORTH_COFFEE })
    for (const id of ['a', 'b', 'c']) await shop.deliver(sale(id))
    await shop.deliver(sale('twin', 0, TWIN, 'Somebody Else'))
    // Another process, with its own queue.
    const caches = { programs: createProgramCache(), branches: new Map(), dictionaries: createDictionaryCache() }
    const other = createIngest({ ...app.ctx, ...caches, clock: shop.clock, ids: shop.ids }, { maxInFlight: 2 })
    const outcomes = await Promise.allSettled([
      erase(db, shop, PHONE),
      erase(db, shop, PHONE),
      shop.deliver(sale('a', 5)),
      shop.deliver({ ...sale('b', 6), status: 'void' }, undefined, other),
      shop.deliver(orderOf({ id: 'r', returns: 'c', phone: null, lines: [{ total: 1200 }] }), undefined, other),
      merge(db, shop, TWIN, PHONE),
    ])
    // Changes after the erasure do not find the customer; nothing else may fail.
    for (const one of outcomes.slice(0, 5)) assert.equal(one.status, 'fulfilled', JSON.stringify(one))
    await other.close()
    await assertProven(db, shop)
    await searchToTheEnd(db, shop)
    await assertProven(db, shop)
    assert.equal(await customerOf(db, shop, PHONE), null)
    await assertForgotten(shop)
  }
})

test('a concurrent change by staff happens before the erasure, or does not find the customer', async () => {
  const { send, get } = callerOf(app)
  const { programs, rewards, businessId } = app.business
  const program_id = formatId('program', programs.points)
  for (let round = 0; round < runs(40, 3); round++) {
    const made = await send('POST', '/customers', { phone: `05011100${String(round).padStart(2, '0')}`, name: NAME })
    const path = `/customers/${made.body.id}`
    await send('POST', `${path}/adjustments`, { program_id, units: 500, reason: NAME })
    const answers = await Promise.all([
      send('POST', `${path}/claims`, { reward_id: formatId('reward', rewards.coffee) }),
      send('POST', `${path}/adjustments`, { program_id, units: 7, reason: NAME }),
      send('DELETE', path),
      send('POST', `${path}/claims`, { reward_id: formatId('reward', rewards.coffee) }),
      send('POST', `${path}/subscriptions`, { program_id: formatId('program', programs.subscription) }),
      send('POST', `${path}/one-time-passwords`),
      send('POST', `${path}/notes`, { text: NAME }),
      send('PATCH', path, { name: `${NAME} again` }),
    ])
    for (const { status, body } of answers)
      assert([200, 201, 202, 404, 410].includes(status), JSON.stringify([status, body]))
    await assertProven(db, { businessId })
    assert.equal((await get(path)).body.code, 'customer_erased')
    assert.deepEqual(await db.query('select from customer_notes where business_id = $1', [businessId]), [])
  }
})

test('a search that fails at any step continues there, with the same result as without a failure', async () => {
  for (let step = 1; ; step++) {
    const shop = await openShop(db, { programs: NORTH_COFFEE })
    for (const id of ['a', 'b', 'c']) await shop.deliver(sale(id))
    await shop.deliver(orderOf({ id: 'r', returns: 'a', phone: null, lines: [{ total: 1200 }] }))
    await erase(db, shop, PHONE)
    let left = step
    const dying: Database = {
      ...db,
      write: async (actor, work) => {
        const result = await db.write(actor, async (tx) => {
          if (left === 1) {
            await work(tx)
            throw new Error('killed before the commit')
          }
          return work(tx)
        })
        left -= 1
        return result
      },
    }
    const died = await searchArchive({ db: dying, clock: shop.clock }, shop.businessId).then(
      () => false,
      () => true,
    )
    await assertProven(db, shop)
    await searchToTheEnd(db, shop)
    await assertProven(db, shop)
    await assertForgotten(shop)
    if (!died) {
      assert(step > 2, 'several steps were interrupted')
      return
    }
  }
})

test('a restored backup: the log erases restored customers again, and skips all others', async () => {
  const shop = await openShop(db, { programs: NORTH_COFFEE })
  await shop.deliver(sale('a'))
  await shop.deliver(sale('twin', 0, TWIN, 'Somebody Else'))
  const { businessId, clock, ids } = shop
  const customerId = await customerOf(db, shop, PHONE)
  assert(customerId)
  const deps = { db, clock, ids, programs: createProgramCache() }
  const entry = { businessId, customerId }
  assert.equal(await applyErasure(deps, entry, 'system:cli'), 'erased')
  assert.equal(await applyErasure(deps, entry, 'system:cli'), 'already_erased')
  assert.equal(await applyErasure(deps, { businessId, customerId: ids.next() }, 'system:cli'), 'not_found')
  assert.equal(await applyErasure(deps, { businessId: ids.next(), customerId }, 'system:cli'), 'not_found')
  await searchToTheEnd(db, shop)
  await assertProven(db, shop)
  assert.deepEqual(await balancesOf(db, shop, TWIN), { points: 12, stamps: 1, cashback: 60 })
})
