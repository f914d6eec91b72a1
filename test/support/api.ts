// Support for tests of the business API: calls with a key, a business with data of every kind, and
// a table of all operations.
import assert from 'node:assert/strict'
import type { ActorObject } from '../../contract/actor.ts'
import { markAsDemo } from '../../src/demo/state.ts'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { formatId } from '../../src/kernel/ids.ts'
import type { Answer, TestApp, TestBusiness } from './app.ts'
import { createTestPerson } from './staff.ts'

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
  backTest: string
  /** An analyst, and somebody who is invited. */
  member: string
  invitation: string
  /** Drafts of a privacy notice: one to publish, one to delete. */
  notice: string
  unwanted: string
}

/** Texts of a privacy notice without blanks. */
export const NOTICE_TEXTS = {
  notice: { en: '# Your data\nWe keep it.', ar: '# بياناتك\nنحفظها.' },
  service: { en: 'I agree.', ar: 'أوافق.' },
  marketing: { en: 'Send me offers.', ar: 'أرسلوا لي العروض.' },
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
  const invited = await send('POST', '/invitations', { email: 'awaited@example.com', role: 'support', branches: null })
  assert.equal(invited.status, 201, JSON.stringify(invited.body))
  const notice = await send('POST', '/privacy-notices', { texts: NOTICE_TEXTS })
  const unwanted = await send('POST', '/privacy-notices', {})
  assert.equal(unwanted.status, 201, JSON.stringify(unwanted.body))
  const { businessId } = business
  const member = await createTestPerson(app, { memberships: [{ businessId, role: 'analyst' }] })
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
    member: formatId('staff', member.id),
    invitation: invited.body.id,
    notice: notice.body.id,
    unwanted: unwanted.body.id,
    backTest: (await send('POST', `/programs/${draft.body.id}/back-tests`, { days: 7 })).body.id,
  }
}

/** The actor of what is written with the key of a business, as the API shows it. */
export async function keyActor({ ctx, business }: TestApp, apiKey = business.apiKey): Promise<ActorObject> {
  const holder = await ctx.apiKeys.verify(apiKey)
  assert(holder, 'the key is valid')
  return { kind: 'key', id: formatId('apiKey', holder.keyId) }
}
