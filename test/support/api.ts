// Support for tests of the business API: calls with a key, a business with data of every kind, and
// a table of all operations.
import assert from 'node:assert/strict'
import type { ActorObject } from '../../contract/actor.ts'
import type { Scope } from '../../contract/scopes.ts'
import { markAsDemo } from '../../src/demo/state.ts'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { formatId } from '../../src/kernel/ids.ts'
import type { Answer, TestApp, TestBusiness } from './app.ts'

export interface Caller {
  get(path: string): Promise<Answer>
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

/** Calls with the key of a business; paths are those below /api/v1. */
export function callerOf(app: TestApp, { apiKey }: Pick<TestBusiness, 'apiKey'> = app.business): Caller {
  const send: Caller['send'] = (method, path, body, headers = {}) =>
    app.call({ method, path: `/api/v1${path}`, bearer: apiKey, headers, ...(body !== undefined && { body }) })
  return { get: (path) => send('GET', path), send }
}

/** 1 point per 1.00 SAR. */
export const POINTS_DEFINITION = {
  type: 'points',
  rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }],
}

/** 5.00 off for 20 points. */
export const OFFER = { kind: 'fixed_order', discount_amount: 500, price: 20 }

/** IDs of one resource of each kind, in the format of the API. */
export interface World {
  business: string
  program: string
  draft: string
  plan: string
  reward: string
  /** A reward of one point, of which one is claimed already. */
  treat: string
  customer: string
  /** Another customer, who has no orders yet. */
  twin: string
  order: string
  /** An order whose void is older than its sale. */
  undone: string
  /** Orders that earn more than the ceiling of the points. */
  large: string
  larger: string
  delivery: string
  note: string
  branch: string
  subscription: string
  key: string
  reference: string
  /** The token of the customer's card. */
  card: string
  claim: string
  /** A claim that was redeemed for an order that has not arrived. */
  redeemed: string
  testOrder: string
  /** A customer whom nothing else needs, and an erasure of another one. */
  leaver: string
  erasure: string
  /** The name of a POS that the business registered. */
  ownPos: string
}

/**
 * Sends orders and creates a draft, a subscription, claims and a second key.
 */
export async function worldOf(app: TestApp, business: TestBusiness = app.business): Promise<World> {
  const { send, get } = callerOf(app, business)
  const answer = await app.post(foodicsBody({ business: { reference: business.reference } }))
  assert.equal(answer.body.result, 'processed')
  const customer = answer.body.customer.id
  const plan = formatId('program', business.programs.subscription)
  const draft = await send('POST', '/programs', {
    type: 'points',
    name: { en: 'Draft', ar: 'مسودة' },
    definition: POINTS_DEFINITION,
  })
  const subscription = await send('POST', `/customers/${customer}/subscriptions`, { program_id: plan })
  const key = await send('POST', '/keys', { name: 'Second', scopes: ['business:read'] })
  const card = await get(`/customers/${customer}/card`)
  const note = await send('POST', `/customers/${customer}/notes`, { text: 'Sample note' })
  const reward = formatId('reward', business.rewards.coffee)
  const treat = await send('POST', '/rewards', {
    name: { en: 'Treat', ar: 'هدية' },
    program_id: formatId('program', business.programs.points),
    ...OFFER,
    price: 1,
  })
  const claim = await send('POST', `/customers/${customer}/claims`, { reward_id: treat.body.id })
  assert.equal(claim.status, 201)
  const redeemed = await send('POST', `/customers/${customer}/claims`, { reward_id: treat.body.id })
  const redemption = {
    business_reference: business.reference,
    reward_code: redeemed.body.code,
    order_id: 'unheard-of',
    customer_mobile_number: '500000001',
    mobile_country_code: 966,
    discount_amount: 0,
  }
  const path = '/pos/1.0.0/foodics/redeem'
  const told = await app.call({ method: 'POST', path, bearer: app.tokens.foodics, body: redemption })
  assert.equal(told.status, 200, JSON.stringify(told.body))
  const undone = { id: 'undone', reference: 77, customer: null, business: { reference: business.reference } }
  const sale = await app.post(foodicsBody(undone))
  await app.post(foodicsBody({ ...undone, status: 7, updatedAt: '2023-01-01 15:00:00' }))
  const twin = await send('POST', '/customers', { phone: '0500000098' })
  const leaver = await send('POST', '/customers', { phone: '0500000096' })
  const left = await send('POST', '/customers', { phone: '0500000095' })
  const erasure = await send('DELETE', `/customers/${left.body.id}`)
  assert.equal(erasure.status, 202, JSON.stringify(erasure.body))
  const lines = [{ price: 20_000 }]
  const large = await app.post(foodicsBody({ ...undone, id: 'large', customer: { number: 2 }, lines }))
  const larger = await app.post(foodicsBody({ ...undone, id: 'larger', customer: { number: 2 }, lines }))
  const branches = await get('/branches')
  const ownPos = await send('POST', '/pos-systems', { title: 'Sample POS' })
  const testOrder = await send('POST', '/test-orders', {})
  assert.equal(testOrder.status, 201, JSON.stringify(testOrder.body))
  const { businessId } = business
  await app.ctx.db.transaction((tx) => markAsDemo(tx, { businessId, shift: 0, due: 0, loadedAt: 0 }))
  return {
    business: formatId('business', business.businessId),
    program: formatId('program', business.programs.points),
    draft: draft.body.id,
    plan,
    reward,
    treat: treat.body.id,
    customer,
    twin: twin.body.id,
    order: answer.body.order.id,
    undone: sale.body.order.id,
    large: large.body.order.id,
    larger: larger.body.order.id,
    delivery: answer.body.event_id,
    note: note.body.id,
    branch: branches.body.data[0].id,
    subscription: subscription.body.id,
    key: key.body.id,
    reference: business.reference,
    card: card.body.token,
    claim: claim.body.id,
    redeemed: redeemed.body.id,
    leaver: leaver.body.id,
    erasure: erasure.body.id,
    ownPos: ownPos.body.pos,
    testOrder: testOrder.body.order.id,
  }
}

export interface Operation {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** The path in the OpenAPI document, below /api/v1. */
  route: string
  /** One of these suffices; a refusal names the first. */
  scopes: readonly [Scope, ...Scope[]]
  /** A call that succeeds in `world`, made once. */
  path: string
  body?: object
  /** Whether it names things of the business, so that another business gets 404. */
  names: boolean
}

/** Every operation. Those that remove what others need are last. */
export function operationsOn(world: World): Operation[] {
  const at = (
    method: Operation['method'],
    route: string,
    scope: Scope | [Scope, ...Scope[]],
    { id = '', body, path = route.replace('{id}', id) }: { id?: string; body?: object; path?: string } = {},
  ): Operation => ({
    method,
    route,
    scopes: typeof scope === 'string' ? [scope] : scope,
    path,
    names: path !== route,
    ...(body && { body }),
  })
  const { program, draft, plan, reward, treat, customer, twin, order, undone } = world
  const { delivery, branch, subscription, key } = world
  const { reference, card, claim } = world
  const definition = POINTS_DEFINITION
  const name = { en: 'Another', ar: 'آخر' }
  return [
    at('GET', '/programs', 'programs:read'),
    at('POST', '/programs', 'programs:write', { body: { type: 'points', name, definition } }),
    at('GET', '/programs/{id}', 'programs:read', { id: program }),
    at('PATCH', '/programs/{id}', 'programs:write', { id: program, body: { name } }),
    at('POST', '/programs/{id}/versions', 'programs:write', { id: draft, body: { definition } }),
    at('POST', '/programs/{id}/activate', 'programs:write', { id: draft, body: {} }),
    at('GET', '/programs/{id}/summary', 'programs:read', { id: program }),
    at('GET', '/ledger/summary', 'programs:read'),
    at('GET', '/rewards', 'rewards:read'),
    at('POST', '/rewards', 'rewards:write', { body: { name, program_id: program, ...OFFER } }),
    at('GET', '/rewards/{id}', 'rewards:read', { id: reward }),
    at('PATCH', '/rewards/{id}', 'rewards:write', { id: reward, body: { name } }),
    at('POST', '/rewards/{id}/versions', 'rewards:write', { id: reward, body: OFFER }),
    at('POST', '/rewards/{id}/archive', 'rewards:write', { id: reward }),
    at('POST', '/rewards/{id}/activate', 'rewards:write', { id: reward }),
    at('GET', '/customers', 'customers:read'),
    at('GET', '/segments', 'customers:read'),
    at('POST', '/customers', 'customers:write', { body: { phone: '0500000099' } }),
    at('GET', '/customers/{id}', 'customers:read', { id: customer }),
    at('PATCH', '/customers/{id}', 'customers:write', { id: customer, body: { name: 'Renamed' } }),
    at('POST', '/customers/{id}/phone', 'customers:write', {
      id: twin,
      body: { phone: '0500000097', reason: 'Sample' },
    }),
    at('DELETE', '/customers/{id}/former-phones/{phone}', 'customers:write', {
      path: `/customers/${twin}/former-phones/0500000098`,
    }),
    at('POST', '/customers/{id}/merge/preview', 'ledger:adjust', {
      id: customer,
      body: { into: world.twin, reason: 'Sample' },
    }),
    at('POST', '/customers/{id}/merge', 'ledger:adjust', { id: twin, body: { into: customer, reason: 'Sample' } }),
    at('GET', '/customers/{id}/notes', 'customers:read', { id: customer }),
    at('POST', '/customers/{id}/notes', 'customers:write', { id: customer, body: { text: 'Sample' } }),
    at('DELETE', '/customers/{id}/notes/{note}', 'customers:write', {
      path: `/customers/${customer}/notes/${world.note}`,
    }),
    at('GET', '/customers/{id}/timeline', 'customers:read', { id: customer }),
    at('GET', '/customers/{id}/ledger', 'customers:read', { id: customer }),
    at('POST', '/customers/{id}/adjustments', 'ledger:adjust', {
      id: customer,
      body: { program_id: program, units: 5, reason: 'Sample' },
    }),
    at('POST', '/customers/{id}/adjustments/preview', 'ledger:adjust', {
      id: customer,
      body: { program_id: program, units: 5, reason: 'Sample' },
    }),
    at('GET', '/customers/{id}/orders', 'orders:read', { id: customer }),
    at('POST', '/customers/{id}/subscriptions', 'subscriptions:write', { id: customer, body: { program_id: plan } }),
    at('POST', '/subscriptions/{id}/end', 'subscriptions:write', { id: subscription }),
    at('GET', '/customers/{id}/card', 'claims:write', { id: customer }),
    at('POST', '/cards/read', 'claims:cashier', { body: { token: card } }),
    at('POST', '/customers/{id}/card/renew', 'claims:write', { id: customer }),
    at('POST', '/customers/{id}/one-time-passwords', ['claims:cashier', 'claims:write'], { id: customer }),
    at('POST', '/customers/{id}/claims', ['claims:write', 'claims:cashier'], {
      id: customer,
      body: { reward_id: treat },
    }),
    at('GET', '/customers/{id}/claims', 'claims:read', { id: customer }),
    at('GET', '/claims/{id}', 'claims:read', { id: claim }),
    at('POST', '/claims/{id}/cancel', ['claims:write', 'claims:cashier'], { id: claim }),
    at('POST', '/claims/{id}/return', 'claims:write', { id: world.redeemed, body: { reason: 'Sample' } }),
    at('GET', '/customers/{id}/export', 'privacy:export', { id: customer }),
    at('GET', '/customers/{id}/erasure', 'privacy:erase', { id: customer }),
    at('GET', '/erasures', 'privacy:read'),
    at('GET', '/erasures/{id}', 'privacy:read', { id: world.erasure }),
    at('DELETE', '/customers/{id}', 'privacy:erase', { id: world.leaver }),
    at('GET', '/orders', 'orders:read'),
    at('GET', '/orders/{id}', 'orders:read', { id: order }),
    at('POST', '/orders/{id}/apply-void', 'orders:write', { id: undone }),
    at('POST', '/orders/{id}/release', 'orders:write', { id: world.large }),
    at('POST', '/orders/{id}/reject', 'orders:write', { id: world.larger }),
    at('GET', '/home', 'reports:read'),
    at('GET', '/home/attention', 'orders:read'),
    at('GET', '/reports/visits', 'reports:read'),
    at('GET', '/reports/liability', 'reports:read'),
    at('GET', '/reports/redemption', 'reports:read'),
    at('GET', '/reports/rewards', 'reports:read'),
    at('GET', '/reports/branches', 'reports:read'),
    at('GET', '/reports/cohorts', 'reports:read'),
    at('GET', '/deliveries', 'deliveries:read'),
    at('GET', '/deliveries/{id}', 'deliveries:read', { id: delivery }),
    at('POST', '/deliveries/{id}/replay', 'deliveries:write', { id: delivery }),
    at('GET', '/unmatched-deliveries', 'deliveries:read'),
    at('GET', '/business', 'business:read'),
    at('PATCH', '/business', 'business:write', { body: { language: 'en' } }),
    at('GET', '/branches', 'business:read'),
    at('PATCH', '/branches/{id}', 'business:write', { id: branch, body: { timezone: 'Asia/Dubai' } }),
    at('GET', '/connections', 'connections:read'),
    at('POST', '/connections', 'connections:write', { body: { pos: 'foodics', reference } }),
    at('POST', '/connections/{pos}/{reference}/secret', 'connections:write', {
      path: `/connections/standard/${reference}/secret`,
      body: {},
    }),
    at('DELETE', '/connections/{pos}/{reference}/secret', 'connections:write', {
      path: `/connections/standard/${reference}/secret`,
    }),
    at('GET', '/connection-codes', 'connections:read'),
    at('POST', '/connection-codes', 'connections:write', { body: { pos: 'foodics' } }),
    at('GET', '/pos-systems', 'connections:read'),
    at('POST', '/pos-systems', 'connections:write', { body: { title: 'Own POS' } }),
    at('POST', '/pos-systems/{pos}/tokens', 'connections:write', {
      path: `/pos-systems/${world.ownPos}/tokens`,
      body: {},
    }),
    at('GET', '/pos-accounts', 'connections:read'),
    at('POST', '/pos-accounts/{pos}/consent', 'connections:write', { path: '/pos-accounts/foodics/consent' }),
    at('GET', '/pos-accounts/{pos}', 'connections:read', { path: '/pos-accounts/foodics' }),
    at('POST', '/pos-accounts/{pos}/sync', 'connections:write', { path: '/pos-accounts/foodics/sync' }),
    at('POST', '/pos-accounts/{pos}/backfill', 'connections:write', {
      path: '/pos-accounts/foodics/backfill',
      body: { from: '2026-01-01' },
    }),
    at('GET', '/products', 'programs:read'),
    at('GET', '/categories', 'programs:read'),
    at('GET', '/keys', 'keys:read'),
    at('POST', '/keys', 'keys:write', { body: { name: 'Third', scopes: ['keys:write'] } }),
    at('POST', '/programs/{id}/end', 'programs:write', { id: program, body: {} }),
    at('DELETE', '/keys/{id}', 'keys:write', { id: key }),
    at('DELETE', '/pos-systems/{pos}/tokens/{token}', 'connections:write', {
      path: `/pos-systems/${world.ownPos}/tokens/old`,
    }),
    at('DELETE', '/pos-accounts/{pos}', 'connections:write', { path: '/pos-accounts/foodics' }),
    at('DELETE', '/connections/{pos}/{reference}', 'connections:write', { path: `/connections/foodics/${reference}` }),
    at('GET', '/work-list', 'orders:read'),
    at('GET', '/pos-systems/{pos}/status', 'connections:read', { path: '/pos-systems/foodics/status' }),
    at('POST', '/test-orders', 'connections:write', { body: {} }),
    at('POST', '/test-orders/{id}/void', 'connections:write', { id: world.testOrder, body: {} }),
    at('GET', '/events', 'events:read'),
    at('GET', '/demo', 'business:read'),
    at('POST', '/demo/remove', 'demo:remove', { body: { name: { en: 'My Shop' } } }),
  ]
}

/** The actor of what is written with the key of a business, as the API shows it. */
export async function keyActor({ ctx, business }: TestApp, apiKey = business.apiKey): Promise<ActorObject> {
  const holder = await ctx.apiKeys.verify(apiKey)
  assert(holder, 'the key is valid')
  return { kind: 'key', id: formatId('apiKey', holder.keyId) }
}
