// No request makes the server fail: every operation is called with valid and hostile values from
// its own schema.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { startFoodics } from '../../tools/simulator/foodics/server.ts'
import { callerOf, type World, worldOf } from '../support/api.ts'
import { type Answer, testApp } from '../support/app.ts'
import { operationsOn } from '../support/operations.ts'
import { runs } from '../support/runs.ts'
import { type Ids, type Schema, textFrom, valueFrom } from './from-schema.ts'
import { hostileText, hostileValue } from './hostile.ts'

/**
 * Requests in total; with fewer than 2,000 too few operations succeed. `LOYAPRO_SEED` repeats a
 * run.
 */
const RUNS = runs(10_000, 3_000)
const SEED = Number(process.env.LOYAPRO_SEED ?? Date.now() % 2 ** 31)

const foodics = await startFoodics()
after(() => foodics.close())
const app = await testApp(undefined, { foodics, app: { apiRequestsPerMinute: 1_000_000 } })
const world = await worldOf(app)
await callerOf(app).send('POST', '/pos-accounts/foodics/consent')
const { body: document } = await app.call({ path: '/openapi.json' })

interface Sent {
  method: string
  path: string
  headers: Record<string, string>
  body?: unknown
}

interface Described {
  tags?: string[]
  parameters?: { name: string; in: 'path' | 'query' | 'header'; schema: Schema; example?: unknown }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

const TEXT: Schema = { type: 'string' }

/** Values that a header can have; the client refuses others itself. */
const headerValue = fc.oneof(hostileText, fc.uuid()).map((text) => text.replace(/[^\x20-\x7e\xa0-\xff]/g, '').trim())
const HEADERS = {
  'idempotency-key': headerValue,
  'accept-language': fc.oneof(fc.constantFrom('ar', 'en;q=0.5, ar', '*'), headerValue),
  'x-request-id': headerValue,
}

/** Public endpoints that the document does not list. */
const OPEN: [path: string, query: string[]][] = [
  ['/healthz', []],
  ['/readyz', []],
  ['/metrics', []],
  ['/openapi.json', []],
  ['/docs/errors', []],
  ['/consent/{pos}', ['code', 'state', 'error']],
  ['/{nowhere}', ['q']],
]

const CODE = {
  business_reference: app.business.reference,
  reward_code: '12345678',
  branch_id: 'b',
  order_id: 'o-1',
  customer_mobile_number: '500000001',
  mobile_country_code: '966',
  discount_amount: 5,
  date: '2026-01-01 10:00:00',
  redeemed_products: [{ product_id: 'p', quantity: 1 }],
}

/** Every later request would be refused with its key. `test/scenarios/demo.test.ts` has its errors. */
const CLOSES_THE_BUSINESS = '/api/v1/demo/remove'

const operations: { name: string; forPeople?: boolean; request: fc.Arbitrary<Sent> }[] = [
  ...Object.entries<Record<string, Described>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(path === CLOSES_THE_BUSINESS ? {} : methods).map(([method, described]) => ({
      name: `${method.toUpperCase()} ${path}`,
      forPeople: described.tags?.[0] === 'Session',
      request: requestOf(method.toUpperCase(), path, described),
    })),
  ),
  ...OPEN.map(([path, query]) => ({
    name: `GET ${path}`,
    request: requestOf('GET', path, {
      parameters: [
        ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({ name, in: 'path' as const, schema: TEXT })),
        ...query.map((name) => ({ name, in: 'query' as const, schema: TEXT })),
      ],
    }),
  })),
]

test(`no request is answered with 5xx (LOYAPRO_SEED=${SEED}, LOYAPRO_RUNS=${RUNS})`, async () => {
  const each = Math.ceil(RUNS / operations.length)
  const failed: unknown[] = []
  const succeeded = new Set<string>()
  const samples = operations.map(({ name, request }) => ({
    name,
    sent: fc.sample(request, { seed: SEED, numRuns: each }),
  }))
  // Without the customer of the world most of the others would find nothing.
  const isLast = ({ name }: { name: string }) => name === 'DELETE /api/v1/customers/{id}'
  const rounds = [samples.filter((one) => !isLast(one)), samples.filter(isLast)]
  for (const [n, round] of rounds.flatMap((round) => Array.from({ length: each }, (_, n) => [n, round] as const))) {
    for (const { name, sent } of round) {
      const request = sent[n] as Sent
      const answer = await send(request)
      if (answer.status >= 500) failed.push({ name, ...request, answer: answer.body })
      if (answer.status < 300) succeeded.add(name)
    }
  }
  assert.deepEqual(failed.slice(0, 5).map(shortened), [], `${failed.length} requests failed`)
  // Otherwise no value would pass the first checks. A key opens no operation of a person's account.
  const open = operations.filter(({ forPeople }) => !forPeople)
  assert(succeeded.size > open.length / 2, `only ${[...succeeded].join(', ')} ever succeeded`)
})

test('requests that once failed with 500 are refused or find nothing', async () => {
  const { get, send: call } = callerOf(app)
  const cursor = (position: object) => Buffer.from(JSON.stringify(position)).toString('base64url')
  const id = '018f0000-0000-7000-8000-000000000000'
  const cases: [Promise<Answer>, number, string?][] = [
    [get('/customers?q=a%00b'), 422, '/q'],
    [get('/orders?pos=%00'), 422, '/pos'],
    [get('/orders?pos_order_id=%00'), 422, '/pos_order_id'],
    [get('/products?search=%00'), 422, '/search'],
    [get('/orders?from=0000-01-01'), 422, '/from'],
    [get('/orders?from=0000-01-01T00:00:00Z'), 422, '/from'],
    [get('/orders?to=2016-12-31T23:59:60Z'), 422, '/to'],
    [get(`/orders?cursor=${cursor({ at: 8_640_000_000_000_000, id })}`), 422, '/cursor'],
    [get(`/orders?cursor=${cursor({ at: -8_640_000_000_000_000, id })}`), 422, '/cursor'],
    [get(`/products?cursor=${cursor({ name: '\0', pos: 'foodics', id: '1' })}`), 422, '/cursor'],
    [get('/orders?from=0001-01-01&to=9999-12-31'), 200],
    [get('/pos-accounts/%00'), 404],
    [call('DELETE', '/connections/foodics/%00'), 404],
    [call('POST', '/customers', { phone: '0500000044', name: 'a\0b' }), 422, '/name'],
    [call('POST', '/customers', { phone: '0500000044', email: 'a\0b@example.com' }), 422, '/email'],
    [call('POST', '/customers', { phone: '0500000044', birth_date: '0000-01-01' }), 422, '/birth_date'],
    [call('POST', '/connections', { pos: 'foodics', reference: '\ud800' }), 422, '/reference'],
    [
      call('POST', '/keys', { name: 'Sample', scopes: ['business:read'], expires_at: '0000-01-01T00:00:00Z' }),
      422,
      '/expires_at',
    ],
    [
      call('POST', '/programs', { type: 'points', name: { en: 'x', ar: 'x' }, definition: { a: '\0' } }),
      422,
      '/definition/a',
    ],
  ]
  for (const [asked, status, pointer] of cases) {
    const answer = await asked
    assert.equal(answer.status, status, JSON.stringify(answer.body))
    if (pointer !== undefined) assert.equal(answer.body.errors[0].pointer, pointer)
  }
})

function requestOf(method: string, template: string, { parameters = [], requestBody }: Described): fc.Arbitrary<Sent> {
  const ids = idsOf(world)
  const named = (place: string) =>
    Object.fromEntries(
      parameters
        .filter((one) => one.in === place)
        .map(({ name, schema, example }) => [name, part(name, { examples: [example], ...schema }, ids)]),
    )
  const schema = requestBody && Object.values(requestBody.content)[0]?.schema
  const isPos = template.startsWith('/pos/')
  return fc
    .record({
      path: fc.record(named('path')),
      query: fc.record(named('query'), { requiredKeys: [] }),
      headers: fc.record(HEADERS, { requiredKeys: [] }),
      body: bodyOf(method, template, schema && valueFrom(schema, ids)),
    })
    .map(({ path, query, headers, body }) => {
      const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encoded(path[name] ?? ''))
      const search = Object.entries(query).map(([name, value]) => `${name}=${encoded(value ?? '')}`)
      const bearer = isPos ? app.tokens[template.includes('standard') ? 'standard' : 'foodics'] : app.business.apiKey
      return {
        method,
        path: filled + (search.length > 0 ? `?${search.join('&')}` : ''),
        headers: { authorization: `Bearer ${bearer}`, ...headers },
        ...(body !== undefined && { body }),
      }
    })
}

/** The token is that of Foodics, so its name is valid. */
function part(name: string, schema: Schema, ids: Ids): fc.Arbitrary<string> {
  if (name === 'pos_name')
    return fc.oneof({ weight: 9, arbitrary: fc.constant('foodics') }, { weight: 1, arbitrary: hostileText })
  return textFrom(name, schema, ids)
}

/** Half of a surrogate pair has no encoding, so it is sent as the bytes that it would have. */
function encoded(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80'
}

/**
 * A value from the schema, or a valid one with up to three changes.
 */
function bodyOf(method: string, template: string, made: fc.Arbitrary<unknown> | undefined): fc.Arbitrary<unknown> {
  const good = goodBodies(method, template)
  if (good.length === 0) return made ?? fc.constant(undefined)
  const change = fc.record({ at: fc.array(fc.nat(30), { minLength: 1, maxLength: 6 }), to: hostileValue })
  const altered = fc
    .tuple(fc.constantFrom(...good), fc.array(change, { maxLength: 3 }))
    .map(([body, changes]) => changes.reduce<unknown>((whole, { at, to }) => changed(whole, at, to), body))
  return made ? fc.oneof(made, altered) : altered
}

function goodBodies(method: string, template: string): object[] {
  if (template.endsWith('/order')) return [foodicsBody(), standardBody()]
  if (template.startsWith('/pos/')) return [CODE]
  const known = operationsOn(world).filter((one) => one.method === method && `/api/v1${one.route}` === template)
  return known.flatMap(({ body }) => (body ? [body] : []))
}

/**
 * Replaces the member at the path `at`; each step picks one member.
 */
function changed(value: unknown, [step, ...rest]: readonly number[], to: unknown): unknown {
  if (step === undefined || typeof value !== 'object' || value === null || Object.keys(value).length === 0) return to
  const names = Object.keys(value)
  const name = names[step % names.length] ?? ''
  const member = changed((value as Record<string, unknown>)[name], rest, to)
  return Array.isArray(value) ? value.with(Number(name), member) : { ...value, [name]: member }
}

/** The caller's own key is not among them: it is needed until the end. */
function idsOf({
  program,
  draft,
  plan,
  reward,
  treat,
  customer,
  order,
  delivery,
  branch,
  subscription,
  key,
  claim,
  notice,
  unwanted,
}: World): Ids {
  return Map.groupBy(
    [
      program,
      draft,
      plan,
      reward,
      treat,
      customer,
      order,
      delivery,
      branch,
      subscription,
      key,
      claim,
      notice,
      unwanted,
    ],
    (id) => id.slice(0, id.indexOf('_')),
  )
}

async function send({ method, path, headers, body }: Sent): Promise<Answer> {
  try {
    return await app.call({ method, path, headers, ...(body !== undefined && { body: asJson(body) }) })
  } catch (error) {
    throw new Error(`no answer to ${method} ${path}`, { cause: error })
  }
}

/** As text, so that a body that is itself a text is sent as JSON too. */
function asJson(body: unknown): string {
  return JSON.stringify(body)
}

function shortened(request: unknown): string {
  return JSON.stringify(request).slice(0, 1_500)
}
