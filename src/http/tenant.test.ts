// Writes of the business API happen once for an Idempotency-Key, and no read or write leaves the
// caller's business.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { type Answer, testApp } from '../../test/support/app.ts'
import { ManualClock } from '../kernel/clock.ts'
import { derivedId } from '../kernel/ids.ts'
import type { AppContext } from '../server/context.ts'
import { requireApiKeys } from './auth/authenticate.ts'
import { parseApiBodies } from './plugins/json-body.ts'
import { openScope } from './plugins/scope.ts'
import { Problem } from './problem.ts'
import type { ApiServer } from './server.ts'
import { Refused, readTenant, writeShared, writeTenant } from './tenant.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
/** Held by a write while it runs, so that a test can look at it in the middle. */
const gates = new Map<string, Promise<void>>()
const { ctx, call, business, newBusiness } = await testApp(undefined, { clock, furnish })

/** A list of names (branches serve as such) that can be added to and read. */
async function furnish(app: ApiServer, context: AppContext): Promise<void> {
  const body = Type.Object({ name: Type.String(), secret: Type.Optional(Type.String()) })
  await openScope(app, '/test', async (scope) => {
    requireApiKeys(scope, context)
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

test('without a key, every request is a write of its own', async () => {
  assert.equal((await add('plain', null)).status, 201)
  assert.equal((await add('plain', null)).status, 201)
  assert.equal(await count('plain'), 2)
})

test('with a key, the first answer comes again, word for word and with its status, and nothing is written twice', async () => {
  const first = await add('once', 'key-1')
  assert.equal(first.status, 201)
  assert.equal(first.headers.get('idempotency-hit'), null)
  const second = await add('once', 'key-1')
  assert.equal(second.status, 201)
  assert.equal(second.headers.get('idempotency-hit'), 'true')
  assert.deepEqual(second.body, first.body)
  assert.equal(await count('once'), 1)
})

test('the same key with another body is refused, and so is the same body at another address', async () => {
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

test('while one request runs, its twin is told so at once and writes nothing; later it gets the answer', async () => {
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

test('of twenty at once with one key, one writes', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => add('crowd', 'key-4')))
  assert(answers.every(({ status }) => status === 201 || status === 409))
  assert.equal(await count('crowd'), 1)
})

test('a refusal leaves nothing behind, not even its key: after the cause is gone the same request may succeed', async () => {
  const first = await add('refused', 'key-5')
  const second = await add('refused', 'key-5')
  assert.deepEqual([first.body.code, second.body.code], ['conflict', 'conflict'])
  assert.equal(second.headers.get('idempotency-hit'), null)
  assert.equal(await count('refused'), 0)
})

test('a refusal that counts leaves what it wrote, keeps no answer, and is told as any other', async () => {
  for (const key of ['key-5b', 'key-5b', null]) {
    const answer = await add('counted', key)
    assert.deepEqual([answer.status, answer.body.code], [409, 'conflict'])
    assert.equal(answer.headers.get('idempotency-hit'), null)
  }
  assert.equal(await count('counted'), 3)
})

test('a key is its business’s own: another business may use the same one', async () => {
  const other = await newBusiness('other-1')
  await add('ours', 'key-6')
  const theirs = await add('ours', 'key-6', other.apiKey)
  assert.equal(theirs.status, 201)
  assert.equal(theirs.headers.get('idempotency-hit'), null)
})

test('after 24 hours a key is forgotten', async () => {
  const day = 24 * 60 * 60 * 1000
  await add('daily', 'key-7')
  clock.advance(day - 1)
  assert.equal((await add('daily', 'key-7')).headers.get('idempotency-hit'), 'true')
  clock.advance(1)
  assert.equal((await add('daily', 'key-7')).headers.get('idempotency-hit'), null)
  assert.equal((await add('daily', 'key-7')).headers.get('idempotency-hit'), 'true', 'and kept for another day')
  assert.equal(await count('daily'), 2)
})

test('a key that is empty, too long or not plain text is refused before anything happens', async () => {
  for (const key of ['', 'x'.repeat(256), 'a b']) {
    const { status, body } = await add('never', key)
    assert.equal(status, 422, key)
    assert.deepEqual(body.errors[0].pointer, '/idempotency-key')
  }
  assert.equal((await add('longest', 'x'.repeat(255))).status, 201)
  assert.equal(await count('never'), 0)
})

test('what may be shown once is not kept for a repetition', async () => {
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

test('a read cannot write, and a business sees its own rows although the query names none', async () => {
  const other = await newBusiness('other-2')
  await add('visible', null)
  assert.deepEqual(await names(other.apiKey), [])
  assert((await names()).includes('visible'))
  const { status, body } = await call({ path: '/test/write-while-reading', bearer: business.apiKey })
  assert.deepEqual([status, body.code], [500, 'internal'])
})
