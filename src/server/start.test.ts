// LoyaPro as a process: the first start creates the demo, the second changes nothing, and a stop
// loses no accepted order.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { testDatabase } from '../../test/support/database.ts'
import type { Demo } from '../demo/demo.ts'

const example = await readFile(new URL('../../examples/seed-order.json', import.meta.url), 'utf8')

interface Process {
  child: ChildProcess
  out: string
  err: string
  /** Resolves with the exit code. */
  ended: Promise<number | null>
}

async function newDataDir(t: TestContext): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'loyapro-start-'))
  t.after(() => rm(dataDir, { recursive: true }))
  return dataDir
}

function launch(t: TestContext, env: Record<string, string>): Process {
  const launcher = fileURLToPath(new URL('../../bin/loyapro.mjs', import.meta.url))
  const child = spawn(process.execPath, [launcher, 'start', '--demo'], { env: { PATH: process.env.PATH, ...env } })
  const process_: Process = {
    child,
    out: '',
    err: '',
    ended: once(child, 'close').then(([code]) => code),
  }
  child.stdout.on('data', (chunk) => {
    process_.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    process_.err += chunk
  })
  t.after(() => void child.kill('SIGKILL'))
  return process_
}

/** Resolves with the base URL when the server is ready. */
async function serving(started: Process): Promise<string> {
  while (true) {
    const [, url] = /LoyaPro is running at (http:\S+)/.exec(started.out) ?? []
    if (url) return url
    const ended = await Promise.race([
      started.ended.then(() => true),
      once(started.child.stdout ?? started.child, 'data'),
    ])
    if (ended === true) assert.fail(`the process ended: ${started.err}`)
  }
}

async function readDemo(dataDir: string): Promise<Demo> {
  return JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8'))
}

/** Sends an order as the POS of the demo. */
async function send(demo: Demo, body: string): Promise<{ status: number; answer: OrderAnswer }> {
  const response = await fetch(`${demo.base_url}/pos/1.0.0/${demo.pos_name}/order`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${demo.pos_token}` },
    body,
  })
  return { status: response.status, answer: JSON.parse(await response.text()) }
}

test('the first start on an empty database creates a demo that works; the second start keeps it', async (t) => {
  const { url: databaseUrl } = await testDatabase(t, { blank: true })
  const dataDir = await newDataDir(t)
  const env = { DATABASE_URL: databaseUrl, LOYAPRO_DATA_DIR: dataDir, PORT: '0' }

  const first = launch(t, env)
  const url = await serving(first)
  const demo = await readDemo(dataDir)
  assert.equal(demo.base_url, url)
  assert.equal((await stat(join(dataDir, 'demo.json'))).mode & 0o777, 0o600, 'only the owner can read the keys')
  assert(first.out.includes(`Authorization: Bearer ${demo.pos_token}`), 'the printed command is complete')

  const { answer } = await send(demo, example)
  // 24.00 SAR with one hot drink: 1 point per riyal, 1 stamp, 5 % of 2400 halalas.
  const earned = answer.movements.map(({ program_id, units }: { program_id: string; units: number }) => [
    program_id,
    units,
  ])
  assert.deepEqual(earned, [
    [demo.programs.points, 24],
    [demo.programs.stamps, 1],
    [demo.programs.cashback, 120],
  ])
  const byPhone = `${url}/api/v1/customers?phone=${encodeURIComponent(answer.customer?.phone ?? '')}`
  const customers = await fetch(byPhone, { headers: { authorization: `Bearer ${demo.api_key}` } })
  assert.equal(JSON.parse(await customers.text()).data.length, 1)
  first.child.kill('SIGTERM')
  assert.equal(await first.ended, 0)

  const second = launch(t, env)
  const newUrl = await serving(second)
  const current = await readDemo(dataDir)
  const { pos_token } = current
  assert.deepEqual(current, { ...demo, base_url: newUrl, pos_token }, 'only the address and the token change')
  assert.notEqual(pos_token, demo.pos_token)
  assert.equal((await send(await readDemo(dataDir), example)).answer.result, 'duplicate')
  second.child.kill('SIGTERM')
  assert.equal(await second.ended, 0)
})

test('with NODE_ENV=production, start --demo creates no demo business, token or key', async (t) => {
  const { url: databaseUrl, db } = await testDatabase(t)
  const dataDir = await newDataDir(t)
  const env = { DATABASE_URL: databaseUrl, LOYAPRO_DATA_DIR: dataDir, PORT: '0', NODE_ENV: 'production' }
  const started = launch(t, env)
  await serving(started)
  for (const table of ['businesses', 'api_keys', 'pos_systems', 'pos_secrets']) {
    assert.deepEqual(await db.query(`select * from ${table}`), [], table)
  }
  await assert.rejects(readDemo(dataDir), { code: 'ENOENT' })
  started.child.kill('SIGTERM')
  assert.equal(await started.ended, 0)
})

test('a stop completes accepted orders: an order is answered with 200 and stored, or it is not stored', async (t) => {
  const { url: databaseUrl, db } = await testDatabase(t)
  const dataDir = await newDataDir(t)
  const started = launch(t, { DATABASE_URL: databaseUrl, LOYAPRO_DATA_DIR: dataDir, PORT: '0' })
  await serving(started)
  const demo = await readDemo(dataDir)
  const id = JSON.parse(example).order.id
  const orders = Array.from({ length: 50 }, (_, i) => example.replaceAll(id, `sample-${i}`))
  const answers = orders.map((order) =>
    send(demo, order).then(
      ({ status }) => status,
      () => 0,
    ),
  )
  await Promise.race(answers)
  // Ctrl-C reaches the process twice at the same moment: from the terminal and from npm.
  started.child.kill('SIGINT')
  started.child.kill('SIGINT')
  const statuses = await Promise.all(answers)
  assert.equal(await started.ended, 0)
  assert(
    statuses.every((status) => [200, 503, 0].includes(status)),
    String(statuses),
  )
  const [stored] = await db.query<{ count: number }>("select count(*) from orders where pos_order_id like 'sample-%'")
  assert.equal(
    stored?.count,
    statuses.filter((status) => status === 200).length,
    'exactly the orders answered with 200 are stored',
  )
})

test('a used port or an invalid setting prints one sentence with the remedy and exits with 1', async (t) => {
  const { url: databaseUrl } = await testDatabase(t)
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  t.after(() => void blocker.close())
  const address = blocker.address()
  assert(address !== null && typeof address === 'object')
  const dataDir = await newDataDir(t)
  const env = { DATABASE_URL: databaseUrl, LOYAPRO_DATA_DIR: dataDir }

  const taken = launch(t, { ...env, PORT: String(address.port) })
  assert.equal(await taken.ended, 1)
  assert.match(taken.err, new RegExp(`did not start: port ${address.port} of 127.0.0.1 is in use: .*PORT=`))
  assert.doesNotMatch(taken.err, /\n\s+at /)

  const wrong = launch(t, { ...env, PORT: 'many' })
  assert.equal(await wrong.ended, 1)
  assert.match(wrong.err, /did not start: PORT is "many"/)
})
