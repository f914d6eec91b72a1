// Reports and Home: they balance, they agree with the accounts and with each other, and a CSV file
// has exactly the rows and columns of the answer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HomeFigures, LiabilityRow, VisitRow } from '../../../../contract/api/reports.ts'
import { callerOf, worldOf } from '../../../../test/support/api.ts'
import { testApp } from '../../../../test/support/app.ts'
import { assertProven } from '../../../../test/support/ledger.ts'
import { foodicsBody } from '../../../integrations/foodics/fixtures/body.ts'

const app = await testApp()
const world = await worldOf(app)
const { get, send } = callerOf(app)

const REPORTS = ['visits', 'liability', 'redemption', 'rewards', 'branches', 'cohorts'] as const
/** The sample orders are of 2023. */
const LONG_AGO = 'from=2023-01-01&to=2023-12-31'

test('liability balances in units and in money, month by month, and ends at what the accounts hold', async () => {
  await send('POST', `/customers/${world.customer}/adjustments`, {
    program_id: world.program,
    units: 7,
    reason: 'Sample',
  })
  const { status, body } = await get('/reports/liability?from=2022-12')
  assert.equal(status, 200, JSON.stringify(body))
  const rows: LiabilityRow[] = body.data
  const summary = await get('/ledger/summary')
  for (const [programId, months] of Map.groupBy(rows, (row) => row.program_id)) {
    let [units, money] = [0, months[0]?.opening_amount ?? null]
    for (const row of months) {
      assert.equal(row.opening, units, row.month)
      assert.equal(row.opening_amount, money)
      units = row.opening + row.issued - row.redeemed - row.expired + row.adjusted + row.written_off
      assert.equal(row.closing, units)
      if (row.closing_amount === null) continue
      const { opening_amount: opening, issued_amount: issued, redeemed_amount: redeemed } = row
      const { expired_amount: expired, adjusted_amount: adjusted, written_off_amount: written } = row
      assert(opening !== null && issued !== null && redeemed !== null)
      assert(expired !== null && adjusted !== null && written !== null)
      money = opening + issued - redeemed - expired + adjusted + written
      assert.equal(row.closing_amount, money)
    }
    const account = summary.body.data.find((one: { program_id: string }) => one.program_id === programId)
    assert.equal(units, account.outstanding)
  }
  assert.ok(rows.some(({ issued }) => issued > 0))
  await assertProven(app.ctx.db, app.business)
})

test('a CSV file has the rows and columns of the answer', async () => {
  for (const report of REPORTS) {
    const period = ['liability', 'cohorts'].includes(report) ? 'from=2023-01&to=2023-12' : LONG_AGO
    const { status, body } = await get(`/reports/${report}?${period}`)
    assert.equal(status, 200, `${report}: ${JSON.stringify(body)}`)
    const file = await get(`/reports/${report}?${period}&format=csv&lang=en`)
    const lines = String(file.body).replace('\ufeff', '').trim().split('\r\n')
    assert.equal(lines.length - 1, body.data.length, report)
    const fields = Object.keys(body.data[0] ?? {}).length
    if (body.data.length > 0) assert.equal(lines[0]?.split(',').length, fields, report)
    if (report !== 'visits') continue
    const isMoney = lines[0]?.split(',').map((heading) => heading.endsWith('(SAR)')) ?? []
    const cells = body.data.map((row: Record<string, unknown>) =>
      Object.values(row)
        .map((value, place) => (value === null ? '' : isMoney[place] ? Number(value) / 100 : value))
        .join(','),
    )
    assert.deepEqual(lines.slice(1), cells)
  }
})

test('an order counts at once: its visit, its amount and its customer; a void takes them back', async () => {
  const today = new Date(app.ctx.clock.now()).toISOString().slice(0, 10)
  const days = async (): Promise<VisitRow[]> => (await get(`/reports/visits?${LONG_AGO}`)).body.data
  const sum = (rows: VisitRow[]) => rows.reduce((all, { visits }) => all + visits, 0)
  const before = sum(await days())
  const order = { id: 'counted', business: { reference: app.business.reference } }
  await app.post(foodicsBody(order))
  assert.equal(sum(await days()), before + 1)
  await app.post(foodicsBody({ ...order, status: 7, updatedAt: '2023-12-30 10:00:00' }))
  assert.equal(sum(await days()), before)
  const home: HomeFigures = (await get('/home')).body
  assert.equal(home.today.day, today)
  assert.equal(home.weekdays.length, 8)
  assert.equal(home.days.length, 28)
  assert.ok(home.customers.total > 0)
})

test('a period that is too long or ends before it begins names the field and the remedy', async () => {
  for (const [path, message] of [
    ['/reports/visits?from=2020-01-01&to=2023-01-01', /at most 400 days/],
    ['/reports/visits?from=2023-01-02&to=2023-01-01', /must not be before/],
    ['/reports/liability?from=2010-01&to=2023-01', /at most 60 months/],
    ['/reports/liability?from=2010-13', /pattern|month|2010/],
  ] as const) {
    const { status, body } = await get(path)
    assert.equal(status, 422, path)
    assert.match(JSON.stringify(body.errors), message)
  }
})
