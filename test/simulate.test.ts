// The simulator against a LoyaPro: a correct LoyaPro ends without a difference, and a wrong balance
// or a lost order is found.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { main } from '../src/cli/main.ts'
import type { Database } from '../src/db/database.ts'
import { openShop } from '../tools/simulator/cli/own-loyapro.ts'
import { simulateCommands } from '../tools/simulator/cli/simulate.ts'
import { asLines, isClean } from '../tools/simulator/compare/summary.ts'
import { runOnHost } from '../tools/simulator/run.ts'
import type { Shop } from '../tools/simulator/world/types.ts'
import { testApp } from './support/app.ts'
import { isFullSize, runs } from './support/runs.ts'

interface Output {
  code: number
  out: string
  err: string
}

async function simulate(line: string): Promise<Output> {
  const output: Output = { code: -1, out: '', err: '' }
  const around = {
    env: { PATH: process.env.PATH },
    stdout: (text: string) => {
      output.out += text
    },
    stderr: (text: string) => {
      output.err += text
    },
  }
  output.code = await main(['simulate', ...line.split(' ')], around, simulateCommands)
  return output
}

/** At this number and seed, every kind of refusal, flag and case occurs. */
const DELIVERIES = runs(10_000, 2_500)

test('a world at the highest fault level, delivered to a LoyaPro of its own, ends without a difference', async () => {
  const { code, out, err } = await simulate(`--self --seed 3 --deliveries ${DELIVERIES} --fault-level full --json`)
  assert.equal(code, 0, out + err)
  const { ok, acknowledged, torn, results, comparisons, claims, cases, unproven } = JSON.parse(out)
  assert(ok)
  assert.equal(acknowledged, DELIVERIES)
  const share = (one: number) => (DELIVERIES * one) / 1000
  assert(
    torn > share(20) && results.duplicate > share(200) && results.stale > share(20) && results.parked > share(2),
    out,
  )
  assert.deepEqual(unproven, [])
  const { spent, back, held, debts } = claims
  // What is held at the end depends on the customers, not on the deliveries.
  assert(spent > share(20) && back > share(10) && held > 50 && debts > 2, JSON.stringify(claims))
  // What the terms of rewards and plans forbid is requested, and refused.
  const asked = ['reward_not_found', 'reward_used', 'reward_cancelled', 'reward_not_here', 'reward_not_now']
  const more = ['order_too_small', 'not_combinable', 'limit_reached', 'insufficient_units', 'below_minimum', 'no_card']
  for (const code of [...asked, ...more]) assert(claims.refusals[code] > 0, `${code}: ${JSON.stringify(claims)}`)
  const flags = ['discount_differs', 'discount_not_in_order', 'order_too_small', 'share_too_high']
  for (const flag of [...flags, 'code_unknown', 'code_of_other_order']) {
    assert(claims.flags[flag] > 0, `${flag}: ${JSON.stringify(claims)}`)
  }
  const kinds = ['tie', 'early_void', 'clock_ahead', 'sliding', 'renewal', 'joined', 'merge', 'product_reward']
  const leastCases = isFullSize ? 3 : 2
  for (const kind of kinds) assert(cases[kind] >= leastCases, `${kind}: ${JSON.stringify(cases)}`)
  assert.equal(comparisons.length, 6)
  const least = (shop: string) => (shop.startsWith('cases-') ? share(10) : share(20))
  assert(comparisons.every(({ shop, balances }: { shop: string; balances: number }) => balances > least(shop)))
  assert(err.includes(`delivering: 100 %, ${DELIVERIES}/${DELIVERIES}`), err)
})

/** `meanwhile` changes the database between the deliveries and the redemptions. */
async function simulateWithClock(t: TestContext, deliveries: number, meanwhile: (db: Database) => Promise<void>) {
  let ahead = 0
  const clock = { now: () => Date.now() + ahead }
  const { ctx, url, tokens } = await testApp(t, { clock })
  const named = (name: 'foodics' | 'standard') => ({ name, token: tokens[name] })
  const host = {
    url,
    tokens: { foodics: named('foodics'), standard: named('standard') },
    open: (shop: Shop) => openShop(ctx, shop),
  }
  return runOnHost(host, {
    seed: '3',
    days: 14,
    size: { of: 'deliveries', count: deliveries },
    faultLevel: 'full',
    concurrency: 8,
    patienceMs: 30_000,
    speed: null,
    signal: new AbortController().signal,
    screen: { isTerminal: false, write: () => undefined },
    waitUntil: async (instant) => {
      await meanwhile(ctx.db)
      ahead += Math.max(0, instant - clock.now())
    },
  })
}

test('the units of an expired code are restored, or stay spent when its order arrives late', async (t) => {
  const summary = await simulateWithClock(t, 1000, async () => {})
  assert(isClean(summary), asLines(summary).join('\n'))
  // The check and the call of the till, for each of at least three codes.
  assert((summary.claims.refusals.reward_expired ?? 0) >= 6, JSON.stringify(summary.claims))
})

test('an acknowledged order that is missing is reported, even one without a customer', async (t) => {
  let gone: string | undefined
  const { oddities } = await simulateWithClock(t, 300, async (db) => {
    const [order] = await db.query<{ id: string }>(
      `delete from orders where (business_id, id) in
         (select business_id, id from orders where status = 'paid' and customer_id is null limit 1)
       returning pos_order_id as id`,
    )
    gone = order?.id
  })
  assert.deepEqual(
    oddities.map(({ what, order }) => [what, order]),
    [['lost', gone]],
  )
})

test('an existing business is simulated with its own programs, and a wrong balance is reported with its customer', async (t) => {
  const { url, business, tokens, call } = await testApp(t)
  const to = (pos: 'foodics' | 'standard') =>
    `--url ${url} --pos ${pos} --token ${tokens[pos]} --reference 440810 --api-key ${business.apiKey}`
  const line = `${to('foodics')} --seed 7 --deliveries 300 --fault-level full`
  const first = await simulate(line)
  assert.equal(first.code, 0, first.out + first.err)
  assert.match(first.out, /result +no difference\n/)
  const standard = await simulate(`${to('standard')} --seed 8 --deliveries 100 --hostility some`)
  assert.equal(standard.code, 0, standard.out + standard.err)

  const bearer = business.apiKey
  const { body: program } = await call({ path: '/api/v1/programs', bearer })
  const points = program.data.find(({ type }: { type: string }) => type === 'points').id
  const { body: customers } = await call({ path: '/api/v1/customers?limit=200', bearer })
  const { id, phone, balances } = customers.data.find((one: { balances: { available: number }[] }) =>
    one.balances.some((each) => each.available > 0),
  )
  const had = balances.find(({ program_id }: { program_id: string }) => program_id === points).available
  const adjustment = { program_id: points, units: 1, reason: 'Sample mistake' }
  const adjusted = await call({ method: 'POST', path: `/api/v1/customers/${id}/adjustments`, bearer, body: adjustment })
  assert.equal(adjusted.status, 201, JSON.stringify(adjusted.body))

  const again = await simulate(line)
  const other = await simulate(`${to('standard')} --seed 8 --deliveries 100 --hostility some`)
  const found = [again, other].filter(({ code }) => code === 1)
  assert.equal(found.length, 1, 'only the run that knows the customer differs')
  assert(found[0]?.out.includes(`: ${phone} has available ${had + 1}, must have ${had}`), again.out + other.out)
  assert.doesNotMatch(again.out, /processed|parked/, 'the same seed sends the same bytes, which change nothing')
})

test('wrong options are refused with the remedy', async () => {
  const refusals: [string, number, RegExp][] = [
    ['--fault-level cruel', 2, /--fault-level must be one of none, some, full/],
    ['--hostility cruel', 2, /--hostility must be one of none, some, full/],
    ['--fault-level full --hostility full', 2, /either --fault-level or --hostility/],
    ['--deliveries 0', 2, /--deliveries must be a whole number from 1/],
    ['--self --url http://127.0.0.1:1', 2, /either --self or --url/],
    ['--demo /nonexistent/demo.json', 1, /start LoyaPro once \(npm start\), or say --self/],
    ['--url http://127.0.0.1:1 --pos p --token t --reference r --api-key k', 1, /ECONNREFUSED/],
  ]
  for (const [line, code, words] of refusals) {
    const said = await simulate(line)
    assert.equal(said.code, code, line)
    assert.match(said.err, words)
  }
})

test('an interrupted run leaves no process and no directory', async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'loyapro-interrupted-'))
  const cli = fileURLToPath(new URL('../tools/cli.ts', import.meta.url))
  const child = spawn(process.execPath, [cli, 'simulate', '--self', '--deliveries', '10000', '--fault-level', 'full'], {
    env: { ...process.env, TMPDIR: scratch },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    const before = said
    said += chunk
    if (/delivering/.test(said) && !/delivering/.test(before)) child.kill('SIGINT')
  })
  const [code] = await once(child, 'exit')
  assert.equal(code, 1, said)
  assert.match(said, /loyapro simulate: interrupted\n$/)
  assert.deepEqual(
    await readdir(scratch),
    [],
    'the directory is removed after its PostgreSQL and its server have stopped',
  )
  await rm(scratch, { recursive: true })
})
