// Roles: every operation × every role × another business. A role opens what its scopes open and
// nothing else; no person reaches a business that is not theirs.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ROLES, scopesOf } from '../../contract/roles.ts'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { formatId, parseId } from '../../src/kernel/ids.ts'
import { startFoodics } from '../../tools/simulator/foodics/server.ts'
import { callerOf, worldOf } from '../support/api.ts'
import { testApp } from '../support/app.ts'
import { operationsOn } from '../support/operations.ts'
import { openBrowser, signedIn } from '../support/staff.ts'
import { stateOf } from '../support/state.ts'

const foodics = await startFoodics()
after(() => foodics.close())
const app = await testApp(undefined, { foodics })
const mine = app.business
const world = await worldOf(app)
const operations = operationsOn(world)
const ids = Object.values(world).filter((id) => /^[a-z]{3}_/.test(id))

for (const role of ROLES) {
  test(`${role}: opens what the scopes of the role open, and nothing of another business`, async () => {
    const other = await app.newBusiness(`other-${role}`)
    const person = await signedIn(app, { memberships: [{ businessId: other.businessId, role }] })
    const before = await stateOf(app, mine.businessId)
    for (const { method, route, path, body, scopes } of operations) {
      const what = `${method} ${route}`
      // Their own business, with ids of another.
      const own = await person.send(method, path, body)
      const isOpen = scopes.some((scope) => scopesOf(role, false).includes(scope))
      if (isOpen) assert.notEqual(own.body.code, 'forbidden_scope', what)
      else assert.deepEqual([own.status, own.body.code, own.body.scope], [403, 'forbidden_scope', scopes[0]], what)
      const text = JSON.stringify(own.body)
      assert.deepEqual(
        ids.filter((id) => text.includes(id)),
        [],
        `${what} tells something of another business`,
      )
      // The other business itself.
      const headers = { 'loyapro-business': world.business }
      const foreign = await person.send(method, path, body, headers)
      assert.deepEqual([foreign.status, foreign.body.code], [404, 'not_found'], what)
    }
    assert.deepEqual(await stateOf(app, mine.businessId), before)
  })
}

test('a person who is not signed in is refused', async () => {
  const stranger = openBrowser(app)
  stranger.cookie = `__Host-loyapro=${'x'.repeat(43)}`
  for (const { method, path, body } of operations) {
    const answer = await stranger.send(method, path, body)
    assert.deepEqual([answer.status, answer.body.code], [401, 'unauthenticated'], `${method} ${path}`)
  }
})

test('an analyst finds no full mobile number in any answer, as JSON or as CSV, and cannot search by one', async () => {
  const { send, get } = callerOf(app)
  const { customer, twin } = world
  const { body: before } = await get(`/customers/${customer}`)
  assert.match(before.phone, /^\+9665\d{8}$/)
  // Numbers stand where they identify, where they were, and in what staff wrote.
  const { body: merged } = await get(`/customers/${twin}`)
  const written = '0500 000 088'
  const points = formatId('program', mine.programs.points)
  const told = { reason: `Called from ${before.phone}` }
  for (const [method, path, body] of [
    ['POST', `/customers/${twin}/merge`, { into: customer, ...told }],
    ['POST', `/customers/${customer}/phone`, { phone: '0500000088', ...told }],
    ['POST', `/customers/${customer}/notes`, { text: `Call ${written} or ٠٥٠٠٠٠٠٠٨٨` }],
    ['POST', `/customers/${customer}/adjustments`, { program_id: points, units: 1, ...told }],
    ['PATCH', `/customers/${customer}`, { name: '0500000088', email: 'sample@example.com' }],
  ] as const) {
    const answer = await send(method, path, body)
    assert(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`)
  }
  const numbers = [before.phone, merged.phone, '+966500000088'].map((phone: string) => phone.slice(-9))
  const hidden = [...numbers, written, '٥٠٠٠٠٠٠٨٨', 'sample@example.com']
  const analyst = await signedIn(app, { memberships: [{ businessId: mine.businessId, role: 'analyst' }] })
  let files = 0
  const open = operations.filter(({ scopes }) => scopes.some((scope) => scopesOf('analyst', false).includes(scope)))
  for (const { method, path, body } of open) {
    for (const accept of ['application/json', 'text/csv']) {
      const query = path === '/orders' && accept === 'application/json' ? '?include=customer' : ''
      const answer = await analyst.send(method, `${path}${query}`, body, { accept })
      assert(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`)
      if (answer.headers.get('content-type')?.startsWith('text/csv')) files++
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
      for (const one of hidden) assert(!text.includes(one), `${method} ${path} as ${accept} shows ${one}`)
    }
  }
  assert(files > 5, 'the files of customers, orders and reports')
  const { body: shown } = await analyst.get(`/customers/${customer}`)
  assert.deepEqual([shown.phone, shown.email], ['•••••••••0088', 's•••@example.com'])
  const { body: own } = await get(`/customers/${customer}`)
  assert.deepEqual([own.phone, own.email], ['+966500000088', 'sample@example.com'])
  for (const query of ['phone=%2B966500000088', 'q=0500000', 'q=٥٠٠', 'q=a%20500']) {
    assert.equal((await analyst.get(`/customers?${query}`)).status, 403, query)
  }
  assert.equal((await analyst.get('/customers?q=sample')).status, 200)
})

test('a manager of a branch sees only its orders, and cannot change the business', async () => {
  const body = foodicsBody({ id: 'elsewhere', reference: 78, business: { reference: mine.reference } })
  body.order.branch = { ...body.order.branch, id: '97be5de5-0000-4efe-8355-000000000002', name: 'Second' }
  const elsewhere = await app.post(body)
  assert.equal(elsewhere.body.result, 'processed', JSON.stringify(elsewhere.body))
  const branchId = parseId('branch', world.branch)
  assert(branchId)
  const member = (branchIds: string[]) =>
    signedIn(app, { memberships: [{ businessId: mine.businessId, role: 'manager', branchIds }] })
  const manager = await member([branchId])
  const foreign = elsewhere.body.order.id
  const listed = async (path: string, reader: { get: typeof manager.get } = manager) =>
    (await reader.get(path)).body.data.map(({ id }: { id: string }) => id)
  assert((await listed('/orders', callerOf(app))).includes(foreign))
  const seen = await listed('/orders')
  assert(seen.includes(world.order) && !seen.includes(foreign))
  assert(!(await listed(`/customers/${world.customer}/orders`)).includes(foreign))
  assert.equal((await manager.get(`/orders/${world.order}`)).status, 200)
  assert.equal((await manager.get(`/orders/${foreign}`)).status, 404)
  assert.equal((await manager.send('POST', `/orders/${foreign}/apply-void`)).status, 404)
  assert.deepEqual(await listed('/branches'), [world.branch])
  assert.deepEqual((await manager.get('/session')).body.memberships[0].branches, [world.branch])
  assert.equal((await manager.send('PATCH', '/business', { language: 'en' })).status, 403)
  assert.equal((await manager.get('/deliveries')).status, 403)
  assert.deepEqual(await listed('/orders', await member([])), [], 'no branch is not every branch')
  // Balances are those of the whole business: an adjustment sees every order of the customer.
  const adjustment = { program_id: formatId('program', mine.programs.points), units: 5, reason: 'Sample' }
  assert.equal((await manager.send('POST', `/customers/${world.customer}/adjustments`, adjustment)).status, 201)
})
