// Importing past orders over real HTTP: each is applied once, whatever fails, and the ledger equals
// that of webhooks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPair, type Pair } from '../../test/support/foodics-pair.ts'
import { assertProven } from '../../test/support/ledger.ts'
import { makeWorld, type World } from '../../tools/simulator/foodics/world.ts'

const START = '/pos-accounts/foodics/backfill'

async function ledgerOf({ app }: Pair) {
  const { businessId } = app.business
  await assertProven(app.ctx.db, { businessId })
  return app.ctx.db.query(
    `select p.phone, a.program_id, a.available, a.issued from accounts a
     join customers p on p.business_id = a.business_id and p.id = a.customer_id where a.business_id = $1 order by 1, 2`,
    [businessId],
  )
}

/**
 * Orders with a customer, and returns. The return of an anonymous sale is parked: it has nothing to
 * undo.
 */
const sent = ({ orders }: World) => orders.filter(({ customer, original_order }) => customer || original_order)

test('a backfill of more than ten pages applies every order once; a second one changes nothing', async (t) => {
  const world = makeWorld({ orders: 600 })
  const pair = await openPair(t, { world })
  const { send, minutes, account } = pair
  const started = await send('POST', START, { from: '2025-12-31' })
  assert.deepEqual([started.status, started.body.status, started.body.orders], [202, 'running', 0])
  await minutes(6)
  const { backfill } = await account()
  assert.equal(world.orders.length, 666)
  assert.deepEqual(
    [
      backfill.status,
      backfill.orders,
      backfill.processed + backfill.parked,
      backfill.passed_over,
      backfill.not_applied,
    ],
    ['done', 666, sent(world).length, 666 - sent(world).length, 0],
  )
  assert.equal(backfill.last_reference, 1001 + 665)
  const ledger = await ledgerOf(pair)
  assert(ledger.length > 20)

  await send('POST', START, { from: '2025-12-31' })
  await minutes(6)
  const again = (await account()).backfill
  assert.deepEqual([again.status, again.processed, again.duplicate + again.parked], ['done', 0, sent(world).length])
  assert.deepEqual(await ledgerOf(pair), ledger)
})

test('the ledger equals the one of the webhooks, whichever comes first', async (t) => {
  const world = makeWorld({ orders: 60 })
  const pair = await openPair(t, { world })
  const webhook = (order: World['orders'][number]) =>
    pair.app.post({
      timestamp: Date.parse(`${order.updated_at.replace(' ', 'T')}Z`) / 1_000 + 3,
      event: 'customer.order.created',
      business: { name: world.business.name, reference: world.business.reference },
      order,
    })
  for (const order of sent(world).slice(0, 30)) assert.equal((await webhook(order)).body.result, 'processed')
  await pair.send('POST', START, { from: '2025-12-31' })
  await pair.minutes(6)
  const ledger = await ledgerOf(pair)
  for (const order of sent(world)) await webhook(order)
  assert.deepEqual(await ledgerOf(pair), ledger)
})

test('only orders from the first day on are applied', async (t) => {
  const world = makeWorld({ orders: 36 })
  const pair = await openPair(t, { world })
  await pair.send('POST', START, { from: '2026-01-03' })
  await pair.minutes(6)
  const expected = sent(world).filter(({ business_date }) => business_date >= '2026-01-03')
  const { processed, parked } = (await pair.account()).backfill
  assert.equal(processed + parked, expected.length)
  const orders = await pair.app.ctx.db.query<{ day: string }>('select min(business_date) as day from orders')
  assert.equal(orders[0]?.day, '2026-01-03')
})

test('after a process dies in the middle of a page, nothing is lost and nothing counts twice', async (t) => {
  const world = makeWorld({ orders: 200 })
  const pair = await openPair(t, { world })
  await pair.minutes(4)
  await pair.send('POST', START, { from: '2025-12-31' })
  const { ingest } = pair.app.ctx
  const submit = ingest.submit
  let left = 70
  ingest.submit = (delivery) => {
    if (left === 0) throw new Error('killed')
    left -= 1
    return submit(delivery)
  }
  await pair.minute()
  const died = (await pair.account()).backfill
  assert.deepEqual([died.status, died.orders], ['running', 50])
  ingest.submit = submit
  await pair.minutes(4)
  const { backfill } = await pair.account()
  assert.deepEqual([backfill.status, backfill.orders], ['done', world.orders.length])
  assert.equal(backfill.processed + backfill.parked + backfill.duplicate, sent(world).length)
  const [count] = await pair.app.ctx.db.query<{ count: number }>('select count(*) from orders')
  assert.equal(count?.count, sent(world).length)
  await ledgerOf(pair)
})

test('a failing POS is called again later; a backfill from another day has to wait', async (t) => {
  const world = makeWorld({ orders: 120 })
  const pair = await openPair(t, { world })
  await pair.minutes(4)
  await pair.send('POST', START, { from: '2025-12-31' })
  Object.assign(pair.foodics.faults, { at: 'reference_after', serverErrors: 1 })
  await pair.minute()
  assert.match((await pair.account()).backfill.problem, /HTTP 500/)
  assert.equal((await pair.send('POST', START, { from: '2025-12-31' })).status, 202)
  assert.equal((await pair.send('POST', START, { from: '2026-01-01' })).body.code, 'conflict')
  await pair.minutes(6)
  assert.deepEqual([(await pair.account()).backfill.status, (await pair.account()).backfill.problem], ['done', null])
})

test('customers come before past orders, and a full ingest postpones a page', async (t) => {
  const pair = await openPair(t, { world: makeWorld({ orders: 30 }) })
  await pair.minutes(4)
  await pair.send('POST', START, { from: '2025-12-31' })
  await pair.send('POST', '/customers', { phone: '0555000081' })
  const { ingest } = pair.app.ctx
  const submit = ingest.submit
  ingest.submit = async () => 'overloaded'
  const before = pair.foodics.calls.length
  await pair.minute()
  const calls = pair.foodics.calls.slice(before)
  assert.match(calls[0] ?? '', /\/v5\/customers/)
  assert.match(calls.at(-1) ?? '', /\/v5\/orders/)
  assert.equal((await pair.account()).backfill.problem, 'too many orders are waiting')
  ingest.submit = submit
  await pair.minutes(6)
  assert.equal((await pair.account()).backfill.status, 'done')
})
