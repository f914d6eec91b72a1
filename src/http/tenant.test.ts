// Idempotent writes of the business API, and isolation of businesses in reads and writes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { type Answer, testApp } from '../../test/support/app.ts'
import { ManualClock } from '../kernel/clock.ts'
import { derivedId } from '../kernel/ids.ts'
import type { AppContext } from '../server/context.ts'
import { authenticateCallers } from './auth/authenticate.ts'
import { parseApiBodies } from './plugins/json-body.ts'
import { openScope } from './plugins/scope.ts'
import { Problem } from './problem.ts'
import type { ApiServer } from './server.ts'
import { Refused, readTenant, writeShared, writeTenant } from './tenant.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
/** Blocks a write, so that a test can act in the middle of it. */
const gates = new Map<string, Promise<void>>()
const { ctx, call, business, newBusiness } = await testApp(undefined, { clock, furnish })

/** A list of names (stored as branches) that can be extended and read. */
async function furnish(app: ApiServer, context: AppContext): Promise<void> {
  const body = Type.Object({ name: Type.String(), secret: Type.Optional(Type.String()) })
  await openScope(app, '/test', async (scope) => {
    authenticateCallers(scope, context)
    parseApiBodies(scope)
    scope.get('/names', { config: { scope: 'business:read' } }, (request) =>
      readTenant(context, request, (tx) => tx.query('select name from branches order by name')),
    )
    scope.get('/write-while-reading', { config: { scope: 'business:read' } }, (request) =>
      readTenant(context, request, (tx) => tx.query("update branches set name = 'changed'")),
    )
    scope.post('/names', { config: { scope: 'business:write' }, schema: { body } }, (request, reply) => {
      reply.code(201)
      return writeTenant(context, request, reply, async (tx) => {
        const { name } = request.body
        await gates.get(name)
        await tx.query(
          `insert into branches (business_id, id, pos_name, pos_branch_id, name, created_at, updated_at)
           values ($1, $2, 'foodics', $3, $3, now(), now())`,
          [request.caller.businessId, derivedId(request.id, name), `${name} ${request.id}`],
        )
        if (name === 'refused') throw new Problem('conflict')
        if (name === 'counted') return new Refused(new Problem('conflict'))
        return { name, request: request.id }
      })
    })
    scope.post('/secrets', { config: { scope: 'keys:write' }, schema: { body } }, (request, reply) =>
      writeShared(
        context,
        request,
        reply,
        async () => ({ name: request.body.name, secret: 'shown once' }),
        ({ name }) => ({ name, secret: 'not shown again' }),
      ),
    )
  })
}

function add(name: string, key: string | null, bearer = business.apiKey): Promise<Answer> {
  const headers: Record<string, string> = key === null ? {} : { 'idempotency-key': key }
  return call({ method: 'POST', path: '/test/names', body: { name }, bearer, headers })
}

async function names(bearer = business.apiKey): Promise<string[]> {
  const { body } = await call({ path: '/test/names', bearer })
  return body.map(({ name }: { name: string }) => name.split(' ')[0])
}

async function count(name: string): Promise<number> {
  return (await names()).filter((each) => each === name).length
}

test('without a key, every request writes', async () => {
  assert.equal((await add('plain', null)).status, 201)
  assert.equal((await add('plain', null)).status, 201)
  assert.equal(await count('plain'), 2)
})

test('with a key, a repetition gets the first response and status, and nothing is written twice', async () => {
  const first = await add('once', 'key-1')
  assert.equal(first.status, 201)
  assert.equal(first.headers.get('idempotency-hit'), null)
  const second = await add('once', 'key-1')
  assert.equal(second.status, 201)
  assert.equal(second.headers.get('idempotency-hit'), 'true')
  assert.deepEqual(second.body, first.body)
  assert.equal(await count('once'), 1)
})

test('a key used with another body or address is refused', async () => {
  await add('mine', 'key-2')
  const other = await add('other', 'key-2')
  assert.deepEqual([other.status, other.body.code], [422, 'idempotency_key_reused'])
  const elsewhere = await call({
    method: 'POST',
    path: '/test/names?again',
    body: { name: 'mine' },
    bearer: business.apiKey,
    headers: { 'idempotency-key': 'key-2' },
  })
  assert.equal(elsewhere.body.code, 'idempotency_key_reused')
})

test('a repetition of a running request is refused at once, and later gets the response', async () => {
  const { promise, resolve: open } = Promise.withResolvers<void>()
  gates.set('slow', promise)
  const twins = [add('slow', 'key-3'), add('slow', 'key-3')]
  const refused = await Promise.race(twins)
  assert.deepEqual([refused.status, refused.body.code], [409, 'idempotency_in_progress'])
  assert.equal(refused.headers.get('retry-after'), '1')
  open()
  const written = (await Promise.all(twins)).find(({ status }) => status === 201)
  assert.deepEqual((await add('slow', 'key-3')).body, written?.body)
  assert.equal(await count('slow'), 1)
})

test('of twenty concurrent requests with one key, one writes', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => add('crowd', 'key-4')))
  assert(answers.every(({ status }) => status === 201 || status === 409))
  assert.equal(await count('crowd'), 1)
})

test('a refusal stores nothing, not even its key: the same request may succeed later', async () => {
  const first = await add('refused', 'key-5')
  const second = await add('refused', 'key-5')
  assert.deepEqual([first.body.code, second.body.code], ['conflict', 'conflict'])
  assert.equal(second.headers.get('idempotency-hit'), null)
  assert.equal(await count('refused'), 0)
})

test('a counted refusal commits its writes, stores no response, and is answered like any other', async () => {
  for (const key of ['key-5b', 'key-5b', null]) {
    const answer = await add('counted', key)
    assert.deepEqual([answer.status, answer.body.code], [409, 'conflict'])
    assert.equal(answer.headers.get('idempotency-hit'), null)
  }
  assert.equal(await count('counted'), 3)
})

test('two businesses may use the same key', async () => {
  const other = await newBusiness('other-1')
  await add('ours', 'key-6')
  const theirs = await add('ours', 'key-6', other.apiKey)
  assert.equal(theirs.status, 201)
  assert.equal(theirs.headers.get('idempotency-hit'), null)
})

test('a key expires after 24 hours', async () => {
  const day = 24 * 60 * 60 * 1000
  await add('daily', 'key-7')
  clock.advance(day - 1)
  assert.equal((await add('daily', 'key-7')).headers.get('idempotency-hit'), 'true')
  clock.advance(1)
  assert.equal((await add('daily', 'key-7')).headers.get('idempotency-hit'), null)
  assert.equal((await add('daily', 'key-7')).headers.get('idempotency-hit'), 'true', 'and kept for another day')
  assert.equal(await count('daily'), 2)
})

test('an empty, too long or non-ASCII key is refused before anything is written', async () => {
  for (const key of ['', 'x'.repeat(256), 'a b']) {
    const { status, body } = await add('never', key)
    assert.equal(status, 422, key)
    assert.deepEqual(body.errors[0].pointer, '/idempotency-key')
  }
  assert.equal((await add('longest', 'x'.repeat(255))).status, 201)
  assert.equal(await count('never'), 0)
})

test('a value that may be shown only once is not stored for a repetition', async () => {
  const request = {
    method: 'POST',
    path: '/test/secrets',
    body: { name: 'till' },
    bearer: business.apiKey,
    headers: { 'idempotency-key': 'key-8' },
  }
  assert.equal((await call(request)).body.secret, 'shown once')
  assert.equal((await call(request)).body.secret, 'not shown again')
  const kept = await ctx.db.query("select answer::text from idempotency_keys where key = 'key-8'")
  assert.doesNotMatch(JSON.stringify(kept), /shown once/)
})

test('a read cannot write, and a business sees only its own rows', async () => {
  const other = await newBusiness('other-2')
  await add('visible', null)
  assert.deepEqual(await names(other.apiKey), [])
  assert((await names()).includes('visible'))
  const { status, body } = await call({ path: '/test/write-while-reading', bearer: business.apiKey })
  assert.deepEqual([status, body.code], [500, 'internal'])
})
