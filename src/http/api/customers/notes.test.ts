// Notes on customers: written, listed, deleted, limited, and kept when customers are merged.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, keyActor } from '../../../../test/support/api.ts'
import { testApp } from '../../../../test/support/app.ts'
import { MAX_NOTES } from '../../../customers/notes.ts'

const app = await testApp()
const { get, send } = callerOf(app)
const enrol = async (phone: string) => (await send('POST', '/customers', { phone })).body.id

test('notes are listed newest first, with who wrote them, and deleted', async () => {
  const id = await enrol('0500000001')
  const first = await send('POST', `/customers/${id}/notes`, { text: ' Prefers oat milk ' })
  assert.equal(first.status, 201)
  assert.deepEqual(first.body.created_by, await keyActor(app))
  await send('POST', `/customers/${id}/notes`, { text: 'يفضّل الفرع الشمالي' })
  const texts = async () => (await get(`/customers/${id}/notes`)).body.data.map((one: { text: string }) => one.text)
  assert.deepEqual(await texts(), ['يفضّل الفرع الشمالي', 'Prefers oat milk'])
  const other = await enrol('0500000002')
  assert.equal((await send('DELETE', `/customers/${other}/notes/${first.body.id}`)).status, 404, 'a note of another')
  assert.equal((await send('DELETE', `/customers/${id}/notes/${first.body.id}`)).status, 204)
  assert.deepEqual(await texts(), ['يفضّل الفرع الشمالي'])
  for (const text of ['', '  ', 'x'.repeat(2001)]) {
    const refused = await send('POST', `/customers/${id}/notes`, { text })
    assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '/text'])
  }
})

test('a merged customer takes the notes along', async () => {
  const [from, into] = [await enrol('0500000003'), await enrol('0500000004')]
  await send('POST', `/customers/${from}/notes`, { text: 'Sample' })
  assert.equal((await send('POST', `/customers/${from}/merge`, { into, reason: 'Sample' })).status, 200)
  const { body } = await get(`/customers/${into}/notes`)
  assert.deepEqual(
    body.data.map((one: { text: string }) => one.text),
    ['Sample'],
  )
  assert.equal((await get(`/customers/${from}/notes`)).status, 410)
})

test('a customer has a limited number of notes', async () => {
  const id = await enrol('0500000005')
  await app.ctx.db.query(
    `insert into customer_notes (business_id, id, customer_id, text, created_at, created_by)
     select c.business_id, md5(n::text)::uuid, c.id, 'Sample', now(), 'system:test'
     from customers c cross join generate_series(1, $1::int) n where c.phone = '+966500000005'`,
    [MAX_NOTES],
  )
  const more = await send('POST', `/customers/${id}/notes`, { text: 'One more' })
  assert.deepEqual([more.status, more.body.code], [409, 'conflict'])
})
