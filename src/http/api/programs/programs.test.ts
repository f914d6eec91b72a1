// Programs over HTTP: created, activated, changed by versions, ended, with errors at the right
// field.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, keyActor, POINTS_DEFINITION } from '../../../../test/support/api.ts'
import { type Answer, testApp } from '../../../../test/support/app.ts'
import { standardBody } from '../../../integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { get, send } = callerOf(app)

const name = { en: 'Coffee Points', ar: 'نقاط القهوة' }
const create = (more: object = {}) =>
  send('POST', '/programs', { type: 'points', name, definition: POINTS_DEFINITION, ...more })

/** An order of 24.00, paid at this instant. */
function pay(at: string, id: string): Promise<Answer> {
  const timestamp = Date.parse(at) / 1000
  const order = { updated_at: at, opened_at: at, closed_at: at, business_date: at.slice(0, 10) }
  return app.post(standardBody({ timestamp, id, business: { reference: '440810' }, order }), { pos: 'standard' })
}

function pointers({ status, body }: Answer): string[] {
  assert.deepEqual([status, body.code], [422, 'invalid_request'], JSON.stringify(body))
  for (const error of body.errors)
    assert(error.message && error.message_ar, `${error.pointer} is explained in both languages`)
  return body.errors.map((error: { pointer: string }) => error.pointer)
}

/** The units that an order earned in one program. */
function earned(answer: Answer, programId: string): number | undefined {
  return answer.body.movements.find((movement: { program_id: string }) => movement.program_id === programId)?.units
}

test('a program is created as a draft, which earns nothing', async () => {
  const made = await create()
  assert.equal(made.status, 201)
  const { id, versions, ...program } = made.body
  assert.match(id, /^prg_[0-9a-z]{26}$/)
  assert.deepEqual(program, {
    type: 'points',
    name,
    status: 'draft',
    unit: 'point',
    version: null,
    created_at: '2026-03-01T12:00:00.000Z',
    updated_at: '2026-03-01T12:00:00.000Z',
    updated_by: await keyActor(app),
  })
  assert.equal(versions.length, 1)
  assert.deepEqual([versions[0].version, versions[0].in_force], [1, []])
  assert.equal(versions[0].definition.combine, 'sum', 'defaults are written out')
  assert.deepEqual((await get(`/programs/${id}`)).body, made.body)
  assert.equal(earned(await pay('2026-03-01T11:00:00Z', 'draft-1'), id), undefined)
})

test('with activate it is in force immediately; the definition may omit the type', async () => {
  const { type: _, ...definition } = POINTS_DEFINITION
  const made = await create({ definition, activate: true })
  assert.deepEqual([made.status, made.body.status, made.body.version], [201, 'active', 1])
  assert.deepEqual(made.body.versions[0].in_force, [{ from: '2026-03-01T12:00:00.000Z', until: null }])
  clock.advance(60_000)
  assert.equal(earned(await pay('2026-03-01T12:00:30Z', 'active-1'), made.body.id), 24, '1 point per 1.00 of 24.00')
  assert.equal(earned(await pay('2026-03-01T11:59:59Z', 'active-2'), made.body.id), undefined, 'paid before it began')
})

test('units have the same names as in orders', async () => {
  const { body } = await get('/programs')
  const units = new Map(body.data.map((program: { type: string; unit: string }) => [program.type, program.unit]))
  assert.deepEqual(Object.fromEntries(units), {
    points: 'point',
    stamps: 'stamp',
    cashback: 'SAR',
    subscription: 'use',
  })
})

test('errors have a pointer and a message in both languages', async () => {
  assert.deepEqual(pointers(await create({ name: { en: 'Only English' } })), ['/name/ar'])
  assert.deepEqual(pointers(await create({ type: 'pionts' })), ['/type'])
  assert.deepEqual(pointers(await create({ surprise: 1 })), ['/surprise'])
  assert.deepEqual(pointers(await send('POST', '/programs', {})), ['/type', '/name', '/definition'])
  assert.deepEqual(pointers(await create({ definition: [] })), ['/definition'])
  assert.deepEqual(pointers(await create({ definition: null })), ['/definition'])
  assert.deepEqual(pointers(await create({ definition: { type: 'stamps' } })), ['/definition/type'])
  const rule = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 0 } }
  assert.deepEqual(pointers(await create({ definition: { rules: [rule] } })), ['/definition/rules/0/earn/per'])
  const twice = { ...POINTS_DEFINITION, rules: [...POINTS_DEFINITION.rules, ...POINTS_DEFINITION.rules] }
  assert.deepEqual(pointers(await create({ definition: twice })), ['/definition/rules/1/id'])
  assert.deepEqual(pointers(await create({ definition: { ...POINTS_DEFINITION, gaol: 6 } })), ['/definition/gaol'])
  assert.deepEqual(pointers(await create({ effective_from: '2026-03-01T12:00:00Z' })), ['/effective_from'])
  assert.deepEqual(pointers(await create({ activate: true, effective_from: 'soon' })), ['/effective_from'])
})

test('a refused creation creates no draft', async () => {
  const count = async () => (await get('/programs?limit=200')).body.data.length
  const before = await count()
  // This business has terms from 2020 and from noon: no other terms can start between them.
  const refused = await create({ activate: true, effective_from: '2021-01-01T00:00:00Z' })
  assert.deepEqual(pointers(refused), ['/effective_from'])
  assert.equal(await count(), before)
})

test('L6: a new version applies to orders paid from then on; earlier orders keep their terms', async () => {
  const { id } = (await create({ activate: true })).body
  clock.advance(60_000)
  const from = new Date(clock.now()).toISOString()
  const double = { rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 2, per: 100 } }] }
  const changed = await send('POST', `/programs/${id}/versions`, { definition: double, effective_from: from })
  assert.equal(changed.status, 201)
  assert.equal(changed.body.version, 2)
  assert.deepEqual(
    changed.body.versions.map(({ version, in_force }: { version: number; in_force: object[] }) => [
      version,
      in_force.length,
    ]),
    [
      [2, 1],
      [1, 1],
    ],
  )
  assert.deepEqual(changed.body.versions[0].in_force, [{ from, until: null }])
  assert.equal(changed.body.versions[1].in_force[0].until, from)
  const before = new Date(clock.now() - 1_000).toISOString()
  assert.equal(earned(await pay(before, 'version-1'), id), 24)
  assert.equal(earned(await pay(from, 'version-2'), id), 48, '2 points per 1.00 of 24.00')
  const mistaken = await send('POST', `/programs/${id}/versions`, { definition: { type: 'cashback', rules: [] } })
  assert(pointers(mistaken).every((pointer) => pointer.startsWith('/definition/')))
  const early = { definition: double, effective_from: '2021-01-01T00:00:00Z' }
  assert.deepEqual(pointers(await send('POST', `/programs/${id}/versions`, early)), ['/effective_from'])
})

test('a version of a draft takes effect at activation', async () => {
  const { id } = (await create()).body
  await send('POST', `/programs/${id}/versions`, { definition: POINTS_DEFINITION })
  const activated = await send('POST', `/programs/${id}/activate`)
  assert.deepEqual([activated.status, activated.body.status, activated.body.version], [200, 'active', 2])
  const again = await send('POST', `/programs/${id}/activate`, {})
  assert.deepEqual([again.status, again.body.code], [409, 'conflict'])
})

test('an ended program stays ended', async () => {
  const { id } = (await create({ activate: true })).body
  clock.advance(60_000)
  assert.deepEqual(pointers(await send('POST', `/programs/${id}/end`, { at: '2021-01-01T00:00:00Z' })), ['/at'])
  const at = new Date(clock.now() + 3_600_000).toISOString()
  const ended = await send('POST', `/programs/${id}/end`, { at })
  assert.deepEqual([ended.status, ended.body.status, ended.body.version], [200, 'ended', 1], 'in force until its end')
  assert.equal(ended.body.versions[0].in_force[0].until, at)
  assert.equal(earned(await pay(new Date(clock.now()).toISOString(), 'end-1'), id), 24)
  for (const [path, body] of [
    ['end', {}],
    ['activate', {}],
    ['versions', { definition: POINTS_DEFINITION }],
  ] as const) {
    const refused = await send('POST', `/programs/${id}/${path}`, body)
    assert.deepEqual([refused.status, refused.body.code], [409, 'conflict'], path)
  }
  clock.set(at)
  assert.equal(earned(await pay(at, 'end-2'), id), undefined, 'paid when it was over')
})

test('a program is renamed in one or both languages, everywhere at once', async () => {
  const id = formatId('program', app.business.programs.stamps)
  const renamed = await send('PATCH', `/programs/${id}`, { name: { ar: 'بطاقة القهوة' } })
  assert.deepEqual(renamed.body.name, { en: 'Sample Stamps', ar: 'بطاقة القهوة' })
  const { body } = await get('/ledger/summary')
  assert(body.data.some((one: { program_name: object }) => Object.values(one.program_name).includes('بطاقة القهوة')))
  assert.deepEqual(pointers(await send('PATCH', `/programs/${id}`, { name: { en: '' } })), ['/name/en'])
  assert.deepEqual(pointers(await send('PATCH', `/programs/${id}`, { status: 'ended' })), ['/name', '/status'])
})

test('the summary of a program is the sum of its movements', async () => {
  const other = await app.newBusiness('550921')
  const caller = callerOf(app, other)
  const id = formatId('program', other.programs.points)
  const sold = (reference: string) =>
    app.post(standardBody({ id: reference, business: { reference: '550921' } }), { pos: 'standard' })
  const { customer } = (await sold('sum-1')).body
  await sold('sum-2')
  // 24 points for each of two sales of 24.00; then 10 added and 5 deducted manually.
  for (const units of [10, -5]) {
    const body = { program_id: id, units, reason: 'Sample' }
    assert.equal((await caller.send('POST', `/customers/${customer.id}/adjustments`, body)).status, 201)
  }
  const summary = await caller.get(`/programs/${id}/summary`)
  assert.deepEqual(summary.body, {
    program_id: id,
    program_type: 'points',
    program_name: { en: 'Sample Points', ar: 'نقاط تجريبية' },
    unit: 'point',
    issued: 48,
    adjusted: 5,
    redeemed: 0,
    expired: 0,
    written_off: 0,
    outstanding: 53,
    debt: 0,
    customers: 1,
    holders: 1,
  })
  const { body } = await caller.get('/ledger/summary')
  assert.equal(body.data.length, 4)
  assert.deepEqual(body.data.at(-1), summary.body, 'newest first')
})

test('a business has at most 20 active programs: another one is 409, and ending one makes room', async () => {
  const caller = callerOf(app, await app.newBusiness('many-programs'))
  const make = (activate: boolean) =>
    caller.send('POST', '/programs', { type: 'points', name, definition: POINTS_DEFINITION, activate })
  const { body: list } = await caller.get('/programs')
  const active = list.data.filter(({ status }: { status: string }) => status === 'active').length
  let last = ''
  for (let n = active; n < 20; n++) {
    const made = await make(true)
    assert.equal(made.status, 201, JSON.stringify(made.body))
    last = made.body.id
  }
  const refused = await make(true)
  assert.deepEqual([refused.status, refused.body.code], [409, 'quota_reached'])
  assert.match(refused.body.detail, /at most 20 active programs. End one/)
  const draft = await make(false)
  assert.equal(draft.status, 201, 'drafts cost an order nothing')
  const activated = await caller.send('POST', `/programs/${draft.body.id}/activate`, {})
  assert.deepEqual([activated.status, activated.body.code], [409, 'quota_reached'])
  assert.equal((await caller.send('POST', `/programs/${last}/end`, {})).status, 200)
  clock.advance(1_000)
  assert.equal((await caller.send('POST', `/programs/${draft.body.id}/activate`, {})).status, 200)
})

test('two managers: a version or an activation based on an older version is 409 with what changed', async () => {
  const { id } = (await create()).body
  const rules = (units: number) => ({ rules: [{ id: 'spend', earn: { kind: 'per_amount', units, per: 100 } }] })
  const save = (units: number, based_on: number) =>
    send('POST', `/programs/${id}/versions`, { definition: rules(units), based_on })
  assert.equal((await save(2, 1)).status, 201)
  const late = await save(3, 1)
  assert.deepEqual([late.status, late.body.code, late.body.latest], [409, 'conflict', 2])
  const [change] = late.body.changes
  assert.equal(change.pointer, '/rules/0/earn/units')
  assert.match(change.en, /2 instead of 1$/)
  assert.match(change.ar, /2 بدلًا من 1$/)
  const activated = await send('POST', `/programs/${id}/activate`, { version: 1 })
  assert.deepEqual([activated.status, activated.body.latest], [409, 2])
  assert.equal((await save(3, 2)).status, 201)
  assert.equal((await send('POST', `/programs/${id}/activate`, { version: 3 })).status, 200)
})
