// The activity log: every operation that writes leaves exactly one entry, with who, from where,
// what, before and after, and without secrets and personal data.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { FIELD_NAMES } from '../../contract/activity/fields.ts'
import { RECORDED_OPERATIONS } from '../../contract/activity/operations.ts'
import { NewProgram, NewVersion } from '../../contract/api/programs.ts'
import { NewRewardVersion } from '../../contract/api/rewards.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { startFoodics } from '../../tools/simulator/foodics/server.ts'
import { callerOf, keyActor, worldOf } from '../support/api.ts'
import { testApp } from '../support/app.ts'
import { browse } from '../support/foodics-pair.ts'
import { operationsOn } from '../support/operations.ts'
import { signedIn } from '../support/staff.ts'

const foodics = await startFoodics()
after(() => foodics.close())
const app = await testApp(undefined, { foodics })
const key = callerOf(app)
const world = await worldOf(app)
const operations = operationsOn(world)
const asked = await key.send('POST', '/pos-accounts/foodics/consent')
assert.equal((await browse(asked.body.url)).status, 200)
const owner = await signedIn(app)
const { body: document } = await app.call({ path: '/openapi.json' })

/** Writes by their method alone: they only read. */
const READ = [
  'POST /cards/read',
  'POST /programs/try',
  'POST /customers/{id}/merge/preview',
  'POST /customers/{id}/adjustments/preview',
]

const latest = async (query = '') => (await key.get(`/activity?limit=5${query}`)).body.data

test('each operation that writes leaves one entry by its operation id', async () => {
  for (const { method, route, path, body } of operations) {
    // The log is removed with the business of the demo.
    if (method === 'GET' || route === '/demo/remove') continue
    const what = `${method} ${route}`
    const [newest] = await latest()
    const answer = await owner.send(method, path, body)
    assert(answer.status >= 200 && answer.status < 300, `${what}: ${JSON.stringify(answer.body)}`)
    const entries = await latest()
    const added = entries.slice(
      0,
      entries.findIndex(({ id }: { id: string }) => id === newest?.id),
    )
    const { operationId } = document.paths[`/api/v1${route}`][method.toLowerCase()]
    if (!READ.includes(what)) assert(RECORDED_OPERATIONS[operationId], `${operationId} has words in the activity log`)
    assert.deepEqual(
      added.map(({ operation, actor }: { operation: string; actor: object }) => [operation, actor]),
      READ.includes(what) ? [] : [[operationId, { kind: 'staff', id: formatId('staff', owner.person.id) }]],
      what,
    )
  }
})

test('every field that operations record has a name in both languages', async () => {
  const rows = await app.ctx.db.query<{ before: object | null; after: object | null }>(
    'select before, after from activity',
  )
  const recorded = rows.flatMap(({ before, after }) => [...fieldsIn(before), ...fieldsIn(after)])
  assert(recorded.includes('scopes'))
  const sent = [NewProgram, NewVersion, NewRewardVersion].flatMap(propertiesIn)
  const unnamed = [...new Set([...recorded, ...sent])].filter((name) => !(name in FIELD_NAMES) && !/^\d+$/.test(name))
  assert.deepEqual(unnamed.sort(), [])
})

function fieldsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(fieldsIn)
  return Object.entries(value).flatMap(([name, inner]) => [name, ...fieldsIn(inner)])
}

/** Names of the properties of a schema, however deep. */
function propertiesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties = {}, ...rest } = schema as { properties?: object }
  return [...Object.keys(properties), ...[...Object.values(properties), ...Object.values(rest)].flatMap(propertiesIn)]
}

test('an entry has what changed before and after, from where, and the name of who did it', async () => {
  await key.send('PATCH', `/rewards/${world.reward}`, { name: { en: 'First', ar: 'أول' } })
  const answer = await owner.send(
    'PATCH',
    `/rewards/${world.reward}`,
    { name: { en: 'Second', ar: 'ثانٍ' } },
    { 'user-agent': 'Sample browser' },
  )
  const [entry, former] = await latest(`&subject=${world.reward}`)
  assert.equal(entry.actor_name, 'Sample Person')
  assert.deepEqual([entry.address, entry.user_agent], ['127.0.0.1', 'Sample browser'])
  assert.equal(entry.request_id, answer.headers.get('x-request-id'))
  assert.deepEqual(
    [entry.before, entry.after],
    [
      { name: 'First', name_ar: 'أول' },
      { name: 'Second', name_ar: 'ثانٍ' },
    ],
  )
  assert.deepEqual([former.actor, former.actor_name], [await keyActor(app), 'Sample key'])
})

test('of concurrent changes, each entry begins with what the one before it left', async () => {
  const path = `/rewards/${world.reward}`
  await owner.send('PATCH', path, { name: { en: 'Start', ar: 'بداية' } })
  const names = Array.from({ length: 8 }, (_, index) => `Name ${index}`)
  const answers = await Promise.all(
    names.map((en, index) => (index % 2 === 0 ? owner : key).send('PATCH', path, { name: { en, ar: 'اسم' } })),
  )
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
  const { body } = await key.get(`/activity?limit=${names.length}&subject=${world.reward}`)
  let former = 'Start'
  for (const { before, after } of body.data.reverse()) {
    assert.equal(before.name, former)
    former = after.name
  }
  assert.equal((await key.get(path)).body.name.en, former)
})

test('the log is read by kind, names who and what, and is the same as a file', async () => {
  const { body } = await key.get('/activity?kind=rewards&limit=200')
  const operations = new Set(
    body.data.map(({ operation }: { operation: string }) => RECORDED_OPERATIONS[operation]?.kind),
  )
  assert.deepEqual([...operations], ['rewards'])
  const [entry] = (await latest(`&subject=${world.reward}`)) as {
    subject_name: { en: string }
    after: { name: string }
  }[]
  assert.equal(entry?.subject_name.en, entry?.after.name)
  const actors = (await key.get('/activity/actors')).body.data
  assert.deepEqual(actors, [
    { actor: await keyActor(app), name: 'Sample key' },
    { actor: { kind: 'staff', id: formatId('staff', owner.person.id) }, name: 'Sample Person' },
  ])
  const file = (await key.get(`/activity?format=csv&lang=en&subject=${world.reward}&kind=rewards`)).body
  const { body: shown } = await key.get(`/activity?subject=${world.reward}&kind=rewards&limit=200`)
  assert.equal(file.split('\r\n').length - 2, shown.data.length)
  assert(file.includes(`Name: First → Second`) && file.includes('Changed a reward'), file)
  assert.equal((await key.get('/activity?from=2020-01-01&to=2020-01-31')).body.data.length, 0)
})

test('no secret and no personal data of a customer is in the log', async () => {
  const created = await owner.send('POST', '/customers', { phone: '0555000771', name: 'Hidden Name' })
  await owner.send('PATCH', `/customers/${created.body.id}`, { email: 'hidden@example.com', language: 'ar' })
  const made = await owner.send('POST', '/keys', { name: 'Sample', scopes: ['business:read'] })
  const [row] = await app.ctx.db.query<{ text: string }>(
    `select string_agg(concat(before, after), ' ') as text from activity`,
  )
  for (const hidden of ['555000771', 'Hidden', 'hidden@', made.body.secret]) {
    assert(!row?.text.includes(hidden), hidden)
  }
  const [changed, added] = await latest(`&subject=${created.body.id}`)
  assert.deepEqual(
    [changed.before, changed.after],
    [
      { email: null, language: null },
      { email: '•••', language: 'ar' },
    ],
  )
  assert.deepEqual(added.after, { phone: '•••', name: '•••' })
})

test('a repeated, a refused and a reading request leave no entry', async () => {
  const headers = { 'idempotency-key': 'sample-activity' }
  const body = { phone: '0555000772' }
  await owner.send('POST', '/customers', body, headers)
  const [newest] = await latest()
  assert.equal((await owner.send('POST', '/customers', body, headers)).headers.get('idempotency-hit'), 'true')
  assert.equal((await owner.send('POST', '/customers', { phone: '1' })).status, 422)
  assert.equal((await owner.get('/customers')).status, 200)
  assert.equal((await latest())[0].id, newest.id)
})

test('entries are found by actor, operation, subject and time', async () => {
  const actor = `staff:${formatId('staff', owner.person.id)}`
  const count = async (query: string) => (await key.get(`/activity?limit=200${query}`)).body.data.length
  assert((await count(`&actor=${actor}`)) > 10)
  assert.equal(await count(`&actor=${actor}&operation=createKey`), 2)
  assert.equal(await count('&operation=nothing'), 0)
  const [newest] = await latest()
  assert.equal(await count(`&to=${newest.at}&actor=${actor}&subject=${newest.subject}`), 0)
  assert((await count(`&from=${newest.at}`)) >= 1)
  assert.equal((await key.get('/activity?actor=somebody')).status, 422)
})

test('the role of the API cannot change or delete an entry', async () => {
  const { businessId } = app.business
  for (const statement of ['delete from activity', "update activity set actor = 'system:x'"]) {
    await assert.rejects(
      app.ctx.db.writeAsTenant(businessId, 'system:test', (tx) => tx.query(statement)),
      /permission denied/,
    )
  }
})
