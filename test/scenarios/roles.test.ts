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

test('somebody who is not signed in gets nothing', async () => {
  const stranger = openBrowser(app)
  stranger.cookie = `__Host-loyapro=${'x'.repeat(43)}`
  for (const { method, path, body } of operations) {
    const answer = await stranger.send(method, path, body)
    assert.deepEqual([answer.status, answer.body.code], [401, 'unauthenticated'], `${method} ${path}`)
  }
})

test('an analyst sees mobile numbers masked everywhere, and cannot search by them', async () => {
  const analyst = await signedIn(app, { memberships: [{ businessId: mine.businessId, role: 'analyst' }] })
  const { body: plain } = await callerOf(app).get(`/customers/${world.customer}`)
  assert.match(plain.phone, /^\+9665\d{8}$/)
  const { body } = await analyst.get(`/customers/${world.customer}`)
  assert.equal(body.phone, `•••••••••${plain.phone.slice(-4)}`)
  for (const { method, path, scopes } of operations) {
    if (method !== 'GET' || !scopes.some((scope) => scopesOf('analyst', false).includes(scope))) continue
    const answer = await analyst.get(path)
    assert.equal(answer.status, 200, path)
    assert(!JSON.stringify(answer.body).includes(plain.phone.slice(1, -4)), path)
  }
  for (const query of [`phone=${encodeURIComponent(plain.phone)}`, 'q=0500000', 'q=٥٠٠', 'q=a%20500']) {
    assert.equal((await analyst.get(`/customers?${query}`)).status, 403, query)
  }
  assert.equal((await analyst.get('/customers?q=sample')).status, 200)
})

test('a manager of a branch sees its orders alone, and changes nothing of the whole business', async () => {
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
