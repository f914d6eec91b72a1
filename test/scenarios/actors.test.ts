// Every write records its actor, and the API shows it: each operation of the API with a key of its
// own, a job, and the command line.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { SCOPES } from '../../contract/scopes.ts'
import { createApiKey } from '../../src/businesses/api-keys.ts'
import { createBusiness } from '../../src/businesses/businesses.ts'
import { CLI } from '../../src/cli/command.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { releaseClaims } from '../../src/worker/claims.ts'
import { startFoodics } from '../../tools/simulator/foodics/server.ts'
import { callerOf, worldOf } from '../support/api.ts'
import { testApp } from '../support/app.ts'
import { browse } from '../support/foodics-pair.ts'
import { operationsOn } from '../support/operations.ts'

const foodics = await startFoodics()
after(() => foodics.close())
const app = await testApp(undefined, { foodics })
const { ctx, business } = app
const owner = callerOf(app)
const world = await worldOf(app)
const operations = operationsOn(world)
const asked = await owner.send('POST', '/pos-accounts/foodics/consent')
assert.equal((await browse(asked.body.url)).status, 200)

const tables = await ctx.db.query<{ name: string }>(
  `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
     and not relispartition and relname not in ('idempotency_keys', 'activity')`,
)

/** Writes that store nothing that has an actor, and why. */
const STORES_NO_ACTOR: Record<string, string> = {
  'POST /cards/read': 'reads',
  'POST /programs/try': 'reads',
  'POST /connections': 'the connection exists already in this shop: nothing is written',
  'POST /pos-systems/{pos}/tokens': 'a token is signed, not stored',
  'DELETE /customers/{id}/notes/{note}': 'it is deleted: the activity log has who did it',
  'DELETE /invitations/{id}': 'it is deleted: the activity log has who withdrew it',
  'DELETE /staff/{id}': 'the membership is deleted: the activity log has who removed the person',
  'DELETE /privacy-notices/{id}': 'a draft is deleted: the activity log has who did it',
  'POST /back-tests/{id}/cancel': 'the activity log has who cancelled it',
  'POST /test-orders': 'the order is by the POS: the activity log has who sent it',
  'POST /test-orders/{id}/void': 'the order is by the POS: the activity log has who voided it',
}

/** They show the actor of what they would write. */
const PREVIEWS = ['POST /customers/{id}/merge/preview', 'POST /customers/{id}/adjustments/preview']

/** Writes whose actor is stored and not shown, and why. */
const SHOWS_NO_ACTOR: Record<string, string> = {
  ...STORES_NO_ACTOR,
  'POST /customers/{id}/one-time-passwords': 'the API never shows a password',
  'DELETE /customers/{id}/former-phones/{phone}': 'a released number is listed no more',
  'POST /pos-accounts/{pos}/consent': 'shown on the installation when the consent is given',
  'DELETE /pos-systems/{pos}/tokens/{token}': 'the API lists no tokens',
  'DELETE /pos-accounts/{pos}': 'it is deleted: `removals` has who did it',
  'DELETE /connections/{pos}/{reference}': 'it is deleted: `removals` has who did it',
}

test('each writing operation stores its key, and the API shows it', async () => {
  for (const { method, route, path, body } of operations) {
    // The next test needs the business.
    if (method === 'GET' || route === '/demo/remove') continue
    const what = `${method} ${route}`
    const key = { businessId: business.businessId, name: what, scopes: SCOPES }
    const { key: made, secret } = await createApiKey(ctx.db.by('system:test'), key, ctx)
    const id = formatId('apiKey', made.id)
    const answer = await callerOf(app, { apiKey: secret }).send(method, path, body)
    assert(answer.status >= 200 && answer.status < 300, `${what}: ${JSON.stringify(answer.body)}`)
    const stores = !(what in STORES_NO_ACTOR || PREVIEWS.includes(what))
    assert.equal(await isStored(`key:${id}`), stores, `${what} stores its actor`)
    const isShown = names(answer.body, id) || (!(what in SHOWS_NO_ACTOR) && names(await everythingShown(), id))
    assert.equal(isShown, !(what in SHOWS_NO_ACTOR), `${what} shows its actor`)
  }
})

test('what a POS does is by the POS, what a job does by the job, what the command line does by the command line', async () => {
  const { body } = await owner.get(`/customers/${world.customer}`)
  assert.deepEqual(body.created_by, { kind: 'pos', id: 'foodics' })
  const claim = await owner.send('POST', `/customers/${world.customer}/claims`, { reward_id: world.treat })
  // Ten minutes: the code has expired.
  const later = { ...ctx, clock: { now: () => ctx.clock.now() + 11 * 60_000 } }
  await releaseClaims(later)
  const released = await owner.get(`/claims/${claim.body.id}`)
  assert.deepEqual([released.body.status, released.body.ended_by], ['expired', { kind: 'job', id: 'release_claims' }])
  const { data } = (await owner.get(`/customers/${world.customer}/ledger`)).body
  assert.deepEqual([data[0].kind, data[0].actor], ['release', { kind: 'job', id: 'release_claims' }])
  const input = { name: 'Second', name_ar: null, currency: 'SAR', timezone: 'Asia/Riyadh', language: 'en' } as const
  const created = await ctx.db.write(CLI, (tx) => createBusiness(tx, input, ctx))
  assert(created.kind === 'created')
  assert.deepEqual([created.business.created_by, CLI], ['system:cli', 'system:cli'])
})

/** Whether a row of any table names the actor. */
async function isStored(actor: string): Promise<boolean> {
  const anyRow = tables.map(({ name }) => `exists (select from ${name} t where strpos(t::text, $1) > 0)`)
  const [row] = await ctx.db.query<{ found: boolean }>(`select ${anyRow.join(' or ')} as found`, [actor])
  return row?.found === true
}

async function everythingShown(): Promise<unknown[]> {
  const shown: unknown[] = []
  const reads = operations
    .filter(({ method, route }) => method === 'GET' && route !== '/activity')
    .map(({ path }) => path)
  const others = [
    `/orders/${world.undone}`,
    `/orders/${world.large}`,
    `/orders/${world.larger}`,
    `/customers/${world.twin}`,
  ]
  for (const path of [...new Set([...reads, ...others, `/rewards/${world.treat}`])]) {
    shown.push((await owner.get(path)).body)
  }
  return shown
}

/** Whether an actor of this id is anywhere in an answer. */
function names(value: unknown, id: string): boolean {
  if (typeof value !== 'object' || value === null) return false
  if ('kind' in value && value.kind === 'key' && 'id' in value && value.id === id) return true
  return Object.values(value).some((one) => names(one, id))
}
