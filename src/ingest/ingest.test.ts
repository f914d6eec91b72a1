import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import { testDatabase, withSetting } from '../../test/support/database.ts'
import { orderOf } from '../../test/support/orders.ts'
import { openShop } from '../../test/support/shop.ts'
import { createDictionaryCache } from '../archive/dictionaries.ts'
import { verifyBusiness } from '../audit/verify.ts'
import { lockBusinesses } from '../db/business-lock.ts'
import { createDatabase, type Database } from '../db/database.ts'
import { type Clock, systemClock } from '../kernel/clock.ts'
import { createIds, type Ids } from '../kernel/ids.ts'
import { createProgramCache } from '../programs/store.ts'
import { createLog } from '../server/log.ts'
import { createIngest } from './ingest.ts'

const { db, url } = await testDatabase()

const coffee = (id: string, more: object = {}) => orderOf({ id, lines: [{ total: 2400 }], ...more })

async function differences(businessId: string) {
  const found = []
  for await (const difference of verifyBusiness(db, businessId)) found.push(difference)
  return found
}

/** The dependencies of ingest, with empty caches. */
function partsOf(database: Database, { clock, ids }: { clock: Clock; ids: Ids }) {
  const caches = { programs: createProgramCache(), branches: new Map(), dictionaries: createDictionaryCache() }
  return { ...caches, db: database, clock, ids, log: pino({ level: 'silent' }) }
}

/** A second process, which shares only the database. */
function secondProcess(t: { after(end: () => Promise<void>): void }) {
  const own = createDatabase({ url })
  const ingest = createIngest(partsOf(own, { clock: systemClock, ids: createIds() }), { maxInFlight: 2 })
  t.after(async () => {
    await ingest.close()
    await own.close()
  })
  return ingest
}

test('20 concurrent copies of one delivery to two processes have one effect and 20 equal answers', async (t) => {
  const shop = await openShop(db)
  const other = await openShop(db)
  const second = secondProcess(t)
  for (let round = 0; round < 20; round++) {
    const order = coffee(`c-${round}`, { at: round })
    const copies = Array.from({ length: 20 }, (_, copy) =>
      shop.deliver(order, undefined, copy % 2 === 0 ? shop.ingest : second),
    )
    const answers = await Promise.all(copies)
    const results = answers.map((answer) => answer.result).sort()
    assert.deepEqual(results, [...Array(19).fill('duplicate'), 'processed'])
    const [first, ...rest] = answers.map((answer) => ({ ...answer, result: null }))
    for (const answer of rest) assert.deepEqual(answer, first)
  }
  const last = await shop.deliver(coffee('c-last', { at: 99 }))
  assert.deepEqual(
    last.balances.map((balance) => balance.available),
    [21 * 24, 21 % 6, 21 * 120],
  )
  assert.deepEqual(await differences(shop.businessId), [])
  assert.deepEqual(await differences(other.businessId), [])
})

test('two processes serve one customer concurrently without losing or duplicating units', async (t) => {
  const shop = await openShop(db)
  const second = secondProcess(t)
  const orders = Array.from({ length: 200 }, (_, n) => coffee(`m-${n}`, { at: n % 50 }))
  await Promise.all(orders.map((order, n) => shop.deliver(order, undefined, n % 2 === 0 ? shop.ingest : second)))
  const { balances } = await shop.deliver(coffee('m-last', { at: 99 }))
  assert.deepEqual(
    balances.map((balance) => balance.available),
    [201 * 24, 201 % 6, 201 * 120],
  )
  assert.deepEqual(await differences(shop.businessId), [])
})

test('a delivery that cannot be processed is quarantined as failed; the others of its batch earn, and a replay repairs it', async () => {
  const shop = await openShop(db)
  const poison = coffee('p-poison', { more: { business_date: '2026-02-31' } })
  const orders = [coffee('p-1', { phone: '+966500000011' }), poison, coffee('p-2', { phone: '+966500000012' })]
  const [first, failed, second] = await Promise.all(orders.map((order) => shop.deliver(order)))
  assert.deepEqual([first?.result, second?.result], ['processed', 'processed'])
  assert.deepEqual([failed?.result, failed?.reason], ['failed', 'kept_for_repair'])
  const [kept] = await db.query<{ result: string; error: string }>(
    `select result, error from deliveries where business_id = $1 and result = 'failed'`,
    [shop.businessId],
  )
  assert.match(kept?.error ?? '', /day value/)
  const [order] = await db.query('select 1 from orders where business_id = $1 and pos_order_id = $2', [
    shop.businessId,
    'p-poison',
  ])
  assert.equal(order, undefined, 'nothing of it is applied')
  const again = await shop.deliver(poison)
  assert.equal(again.result, 'failed', 'sent again it is tried again')
})

test('two snapshots of one order in one batch are compared, whatever other orders they name', async () => {
  const shop = await openShop(db)
  const sale = coffee('t-1', { version: 5, phone: '+966500000021' })
  const older = coffee('t-1', { returns: 't-0', phone: null })
  const answers = await Promise.all([shop.deliver(sale), shop.deliver(older)])
  assert.deepEqual(
    answers.map((answer) => answer.result),
    ['processed', 'stale'],
  )
  assert.equal(answers[0]?.movements.find((one) => one.unit === 'point')?.units, 24)
  assert.deepEqual(await differences(shop.businessId), [])
})

test('a rule of the ledger that is broken undoes the whole batch', async () => {
  const shop = await openShop(db)
  await shop.deliver(coffee('r-1', { phone: '+966500000031' }))
  // Nothing but a fault could do that; no sale is to be stored beside it as if all were well.
  await db.query('update accounts set available = available + 1, issued = issued - 1 where business_id = $1', [
    shop.businessId,
  ])
  const answer = await shop.deliver(coffee('r-2', { phone: '+966500000031', at: 1 }))
  assert.equal(answer.result, 'failed')
  const [stored] = await db.query<{ n: number }>(
    'select count(*)::int as n from orders where business_id = $1 and pos_order_id = $2',
    [shop.businessId, 'r-2'],
  )
  assert.equal(stored?.n, 0)
})

test('deliveries of one business beyond its limit are overloaded, and none of them is applied', async () => {
  const shop = await openShop(db)
  const narrow = createIngest(partsOf(db, shop), { maxInFlight: 1, maxBatch: 2, maxWaitingOfOne: 4 })
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      narrow.submit(shop.delivery(coffee(`o-${n}`, { phone: `+96650000010${n % 10}` }))),
    ),
  )
  const refused = outcomes.filter((outcome) => outcome === 'overloaded')
  assert.equal(refused.length, 8, '4 may wait')
  const [stored] = await db.query<{ n: number }>('select count(*)::int as n from orders where business_id = $1', [
    shop.businessId,
  ])
  assert.equal(stored?.n, 4)
  await narrow.close()
})

test('closing answers everything that was accepted, and accepts nothing more', async () => {
  const shop = await openShop(db)
  const accepted = Array.from({ length: 50 }, (_, n) => shop.deliver(coffee(`d-${n}`, { at: n })))
  await shop.ingest.close()
  const results = (await Promise.all(accepted)).map((answer) => answer.result)
  assert.deepEqual(new Set(results), new Set(['processed']))
  assert.equal(await shop.ingest.submit(shop.delivery(coffee('late'))), 'unavailable')
})

test('without a database ingest answers unavailable and logs the reason, and it works again afterwards', async () => {
  const shop = await openShop(db)
  const broken = createDatabase({ url: 'postgresql://nobody:none@127.0.0.1:1/none' })
  const said: string[] = []
  const log = createLog({ level: 'info', destination: { write: (line) => void said.push(line) }, clock: shop.clock })
  const ingest = createIngest({ ...partsOf(broken, shop), log }, { maxInFlight: 1 })
  assert.equal(await ingest.submit(shop.delivery(coffee('u-1'))), 'unavailable')
  assert.match(said.join(''), /"level":"warn".*database is unavailable.*ECONNREFUSED.*"deliveries":1/)
  assert.equal((await shop.deliver(coffee('u-1'))).result, 'processed')
  await broken.close()
})

test('while another process holds the business lock, deliveries are unavailable and none is quarantined', async (t) => {
  const shop = await openShop(db)
  const impatient = createDatabase({ url: withSetting(url, 'lock_timeout', '100') })
  t.after(() => impatient.close())
  const ingest = createIngest(partsOf(impatient, shop), { maxInFlight: 1 })
  const send = () => ingest.submit(shop.delivery(coffee('w-1')))
  await db.transaction(async (tx) => {
    await lockBusinesses(tx, [shop.businessId])
    assert.equal(await send(), 'unavailable')
  })
  const answer = await send()
  assert(typeof answer !== 'string', String(answer))
  assert.equal(answer.result, 'processed')
  assert.deepEqual(await differences(shop.businessId), [])
  await ingest.close()
})

test('an order that loses every race is unavailable and not quarantined', async (t) => {
  const shop = await openShop(db)
  await db.query(`create function lose() returns trigger language plpgsql as
    $$ begin raise exception 'could not serialize' using errcode = '40001'; end $$`)
  await db.query(
    `create trigger loses before insert on orders for each row when (new.pos_order_id = 'l-1') execute function lose()`,
  )
  const undo = () => db.query('drop trigger if exists loses on orders; drop function if exists lose')
  t.after(undo)
  const send = () => shop.ingest.submit(shop.delivery(coffee('l-1')))
  assert.equal(await send(), 'unavailable')
  await undo()
  const answer = await send()
  assert(typeof answer !== 'string' && answer.result === 'processed', JSON.stringify(answer))
})

test('a connection that is lost during a batch neither loses nor duplicates deliveries', async () => {
  const shop = await openShop(db)
  const dying = createDatabase({ url, max: 1, applicationName: 'loyapro_dying' })
  const ingest = createIngest(partsOf(dying, shop), { maxInFlight: 1, maxBatch: 5 })
  const submit = (n: number) => ingest.submit(shop.delivery(coffee(`k-${n}`, { at: n })))
  for (let round = 0; round < 10; round++) {
    const sent = Array.from({ length: 10 }, (_, n) => submit(round * 10 + n))
    await db.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'loyapro_dying'`)
    await Promise.all(sent)
  }
  // The sender repeats every delivery without an answer, here all of them.
  for (let n = 0; n < 100; n++) assert.notEqual(await submit(n), 'unavailable')
  const last = await shop.deliver(coffee('k-last', { at: 999 }))
  assert.deepEqual(
    last.balances.map((balance) => balance.available),
    [101 * 24, 101 % 6, 101 * 120],
  )
  assert.deepEqual(await differences(shop.businessId), [])
  await ingest.close()
  await dying.close()
})
