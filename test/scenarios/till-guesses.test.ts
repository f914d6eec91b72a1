// Guessing codes at the till over real HTTP: wrong codes are indistinguishable, and attempts are
// limited.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { must } from '../../src/kernel/assert.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { type Answer, testApp } from '../support/app.ts'
import { codesOf, type Guess, secondServer } from '../support/codes.ts'
import { isFullSize } from '../support/runs.ts'
import { openTill } from '../support/till.ts'

const MINUTE = 60_000
const TRIES = isFullSize ? 1_000 : 400

const clock = new ManualClock('2026-01-15T12:00:00Z')
const app = await testApp(undefined, { clock })

async function openCodes() {
  const till = await openTill(app)
  const codes = codesOf(app, till.business)
  const customer = await codes.customer(1_000)
  const claim = await codes.claim(customer.id)
  assert.equal(claim.status, 201, JSON.stringify(claim.body))
  const code: string = claim.body.code
  // The next digit or letter: a code of the same form that does not exist.
  const wrong = code.slice(0, -1) + (code.endsWith('2') ? '3' : '2')
  return { till, codes, customer, code, wrong }
}

/** What a guesser sees of an answer. */
function seen({ status, headers, body }: Answer) {
  const { request_id: _, instance: __, ...rest } = body
  const names = [...headers.keys()].filter((name) => name !== 'date' && name !== 'x-request-id')
  return { status, rest, headers: names.map((name) => [name, name === 'content-length' ? '' : headers.get(name)]) }
}

/**
 * The chance that one of `a` is greater than one of `b`, ties counting half: 0.5 when nothing tells
 * them apart (Mann-Whitney).
 */
function chanceGreater(a: readonly number[], b: readonly number[]): number {
  let wins = 0
  for (const x of a) for (const y of b) wins += x > y ? 1 : x === y ? 0.5 : 0
  return wins / (a.length * b.length)
}

test("an unknown code, another customer's and another business's have the same response and timing", async () => {
  const here = await openCodes()
  const there = await openCodes()
  const other = await here.codes.customer(1)
  const kinds: Guess[] = [
    { code: here.wrong, phone: other.phone },
    { code: here.code, phone: other.phone },
    { code: there.code, phone: other.phone },
  ]
  for (const call of ['check', 'redeem'] as const) {
    const ask = (guess: Guess) => here.codes[call](call === 'redeem' ? { ...guess, order: 'o-1' } : guess)
    const answers = []
    for (const kind of kinds) answers.push(seen(await ask({ ...kind, branch: `words-${call}` })))
    assert.deepEqual([answers[0]?.status, answers[0]?.rest.code], [404, 'reward_not_found'])
    for (const answer of answers) assert.deepEqual(answer, answers[0])
    clock.advance(11 * MINUTE)
  }
  const took: number[][] = kinds.map(() => [])
  for (let n = 0; n < TRIES; n++) {
    // Each is asked first, second and last equally often, and none is in the tenth of its window.
    for (let turn = 0; turn < kinds.length; turn++) {
      const kind = (n + turn) % kinds.length
      const guess = must(kinds[kind], 'a kind')
      const began = performance.now()
      const { status } = await here.codes.check(guess)
      took[kind]?.push(performance.now() - began)
      assert.equal(status, 404)
    }
    if (n % 3 === 2) clock.advance(11 * MINUTE)
  }
  const [none = [], customers = [], businesses = []] = took
  for (const times of [customers, businesses]) {
    const chance = chanceGreater(times, none)
    assert.ok(Math.abs(chance - 0.5) < 0.1, `the time tells them apart: ${chance}`)
  }
})

test('ten wrong codes block all codes of the customer for ten minutes, and no other customer', async () => {
  const { till, codes, customer, code, wrong } = await openCodes()
  const stranger = await codes.customer(1_000)
  const others = (await codes.claim(stranger.id)).body.code
  for (let n = 0; n < 10; n++) {
    const { status } = await codes.check({ code: wrong, phone: customer.phone, branch: 'b-1' })
    assert.equal(status, 404, `wrong code ${n + 1}`)
  }
  clock.advance(4 * MINUTE)
  for (const guess of [wrong, code]) {
    const { status, headers, body } = await codes.redeem({
      code: guess,
      phone: customer.phone,
      branch: 'b-1',
      order: 'o',
    })
    assert.deepEqual([status, body.code, headers.get('retry-after')], [429, 'too_many_attempts', '360'])
  }
  assert.equal(
    (await codes.check({ code, phone: customer.phone, branch: 'b-2' })).status,
    429,
    'the customer, anywhere',
  )
  // Ten typing mistakes do not lock a shop.
  assert.equal((await codes.check({ code: others, phone: stranger.phone, branch: 'b-1' })).status, 200)
  assert.equal((await codes.check({ code: others, phone: stranger.phone, branch: 'b-2' })).status, 200)
  clock.advance(6 * MINUTE - 1)
  assert.equal((await codes.check({ code: wrong, phone: customer.phone, branch: 'b-1' })).status, 429)
  clock.advance(1)
  assert.equal((await codes.check({ code: wrong, phone: customer.phone, branch: 'b-1' })).status, 404, 'heard again')
  await till.assertProven()
})

test('of 50 concurrent wrong codes on two servers ten are answered: both share one count', async (t) => {
  const { till, customer, wrong } = await openCodes()
  const second = await secondServer(t, app)
  const codes = codesOf(app, till.business, [app.url, second.url])
  const guess = { code: wrong, phone: customer.phone, branch: 'b-1' }
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      n % 4 < 2 ? codes.check(guess, n) : codes.redeem({ ...guess, order: `o-${n}` }, n),
    ),
  )
  const statuses = answers.map(({ status }) => status).sort()
  assert.deepEqual(statuses, [...Array(10).fill(404), ...Array(40).fill(429)])
})
