// The laws of the ledger, on random histories: the book compared with the naive model, and
// invariants that do not need the model.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { accountOf, DAY, HOUR, id, Memory, NOON, REASONS, sale, terms } from '../../test/fixtures/ledger.ts'
import { NaiveAccount } from '../../test/models/naive-account.ts'
import { runs } from '../../test/support/runs.ts'
import { must } from '../kernel/assert.ts'
import type { LotTerms } from './lots.ts'
import { post } from './post.ts'
import { adjust, giveBack, hold, redeemHeld, release, spend } from './spend.ts'
import { releaseAndExpire } from './time.ts'

const numRuns = runs(1000)

/** Sales that differ in everything that determines the handling of lots: expiry, release and age. */
const SALES = new Map<string, LotTerms>([
  ['A', terms({ occurredAt: NOON })],
  ['B', terms({ occurredAt: NOON + HOUR })],
  ['C', terms({ occurredAt: NOON + 2 * HOUR, expiresAt: NOON + 2 * DAY })],
  ['D', terms({ occurredAt: NOON + 3 * HOUR, expiresAt: NOON + 4 * DAY })],
  ['E', terms({ occurredAt: NOON + 4 * HOUR, availableAt: NOON + DAY })],
  ['F', terms({ occurredAt: NOON + 5 * HOUR, availableAt: NOON + 2 * DAY, expiresAt: NOON + 3 * DAY })],
  ['G', terms({ occurredAt: NOON + 6 * HOUR, availableAt: NOON + 3 * DAY, expiresAt: NOON + 2 * DAY })],
])
const CUSTOMERS = ['sample customer 1', 'sample customer 2']

const command = fc.record({
  customer: fc.constantFrom(...CUSTOMERS),
  wait: fc.constantFrom(0, 0, 0, HOUR, DAY / 2, DAY),
  what: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ name: fc.constantFrom(...SALES.keys()), target: fc.nat(12), clamp: fc.boolean() }),
    },
    { weight: 2, arbitrary: fc.record({ spend: fc.integer({ min: 1, max: 15 }) }) },
    { weight: 1, arbitrary: fc.record({ undo: fc.nat(4), atMost: fc.integer({ min: 1, max: 15 }) }) },
    { weight: 2, arbitrary: fc.record({ hold: fc.integer({ min: 1, max: 15 }) }) },
    { weight: 2, arbitrary: fc.record({ settle: fc.nat(4), use: fc.nat(15) }) },
    { weight: 1, arbitrary: fc.record({ adjust: fc.integer({ min: -10, max: 10 }).filter((units) => units !== 0) }) },
  ),
})
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never

/**
 * The book and the model, run in parallel. The book loads only the lots that it needs; the model
 * releases and expires units at every step.
 */
class Twins {
  readonly memory = new Memory(NOON, REASONS)
  readonly #models = new Map(CUSTOMERS.map((name) => [name, new NaiveAccount()]))
  /** The units that each reward cost: the name of the lot of each unit. */
  readonly #spent: { customer: string; sourceId: string; names: string[] }[] = []
  /** Units that are held for a claim, in the order in which they were taken. */
  readonly #held: { customer: string; sourceId: string; names: string[] }[] = []
  #count = 0

  run({ customer, wait, what }: Command): void {
    this.memory.now += wait
    if ('name' in what) this.#post(customer, what)
    else if ('spend' in what) this.#spend(customer, what.spend)
    else if ('hold' in what) this.#hold(customer, what.hold)
    else if ('settle' in what) this.#settle(what)
    else if ('undo' in what) this.#undo(what)
    else this.#adjust(customer, what.adjust)
  }

  #post(customer: string, { name, target, clamp }: { name: string; target: number; clamp: boolean }): void {
    const account = accountOf(customer)
    const lotTerms = SALES.get(name) ?? terms()
    const book = this.memory.open({ own: [{ account, lotId: id(name) }], open: [] })
    if (book.needsOpenLots(account, id(name), target)) this.memory.admit(book, { own: [], open: [account] })
    post(book, sale(name, target, { account, terms: lotTerms, debt: clamp ? 'clamp' : 'allow' }))
    this.memory.keep(book)
    this.#model(customer).post(this.memory.now, name, lotTerms, target, clamp)
  }

  #spend(customer: string, units: number): void {
    const account = accountOf(customer)
    const sourceId = id(`reward ${this.#count++}`)
    const { now } = this.memory
    const outcome = this.memory.do(account, [], (book) =>
      spend(book, { account, sourceId, units, occurredAt: now, why: 'reward' }),
    )
    const names = this.#model(customer).spend(now, units)
    assert.equal(outcome !== 'insufficient', names !== null, 'a spend succeeds when, and only when, it is affordable')
    if (names) this.#spent.push({ customer, sourceId, names })
  }

  #hold(customer: string, units: number): void {
    const account = accountOf(customer)
    const sourceId = id(`claim ${this.#count++}`)
    const { now } = this.memory
    const outcome = this.memory.do(account, [], (book) =>
      hold(book, { account, sourceId, units, occurredAt: now, why: 'claim' }),
    )
    const names = this.#model(customer).hold(now, units)
    assert.equal(outcome !== 'insufficient', names !== null, 'a hold succeeds when, and only when, it is affordable')
    if (names) this.#held.push({ customer, sourceId, names })
  }

  /** Spends the first units that a claim holds, and releases the rest. */
  #settle({ settle, use }: { settle: number; use: number }): void {
    const [claim] = this.#held.splice(settle % Math.max(1, this.#held.length), 1)
    if (!claim) return
    const { customer, sourceId, names } = claim
    const account = accountOf(customer)
    const { now } = this.memory
    const spent = names.slice(0, use)
    const rest = names.slice(use)
    const about = { account, sourceId, occurredAt: now, why: 'claim' }
    this.memory.do(account, [...new Set(names)], (book) => {
      if (spent.length > 0) redeemHeld(book, { ...about, lots: lotsOf(spent) })
      if (rest.length > 0) release(book, { ...about, lots: lotsOf(rest) })
      return []
    })
    this.#model(customer).redeemHeld(spent.length)
    if (rest.length > 0) this.#model(customer).release(now, rest)
    if (spent.length > 0) this.#spent.push({ customer, sourceId, names: spent })
  }

  /** Gives back some units that a reward cost. */
  #undo({ undo, atMost }: { undo: number; atMost: number }): void {
    const spending = this.#spent[undo % Math.max(1, this.#spent.length)]
    const names = spending?.names.splice(0, atMost) ?? []
    if (!spending || names.length === 0) return
    const account = accountOf(spending.customer)
    const { now } = this.memory
    this.memory.do(account, [...new Set(names)], (book) =>
      giveBack(book, { account, sourceId: spending.sourceId, lots: lotsOf(names), occurredAt: now, why: 'void' }),
    )
    this.#model(spending.customer).giveBack(now, names)
  }

  #adjust(customer: string, units: number): void {
    const account = accountOf(customer)
    const name = `gift ${this.#count++}`
    const { now } = this.memory
    // Younger than the sales and than all earlier adjustments, so that no two lots have the same
    // age.
    const given = terms({ occurredAt: NOON + 365 * DAY + this.#count, availableAt: NOON })
    const outcome = this.memory.do(account, [name], (book) =>
      adjust(book, { account, id: id(name), units, terms: given, debt: 'refuse', occurredAt: now, why: 'gift' }),
    )
    assert.equal(outcome !== 'insufficient', this.#model(customer).adjust(now, name, given, units))
  }

  #model(customer: string): NaiveAccount {
    return must(this.#models.get(customer), customer)
  }

  /**
   * Compares both after release and expiry. The stored state of the book does not change, so that it
   * may contain lots that are overdue.
   */
  compare(): void {
    for (const [customer, model] of this.#models) {
      const { balances, lots } = this.memory.probe(accountOf(customer), [...model.lots.keys()])
      model.passTime(this.memory.now)
      assert.deepEqual(balances, model.balances())
      for (const [name, { granted, units, expired, forgiven }] of model.lots) {
        const lot = lots.get(id(name)) ?? { granted: 0, remaining: 0, expired: 0, writtenOff: 0 }
        assert.deepEqual(
          [lot.granted, lot.remaining, lot.expired, lot.writtenOff],
          [granted, units, expired, forgiven],
          `granted, remaining, expired and written off of ${name}`,
        )
      }
    }
  }
}

/** One entry per unit. */
function lotsOf(names: readonly string[]) {
  return [...new Set(names)].map((name) => ({
    lotId: id(name),
    units: names.filter((other) => other === name).length,
  }))
}

test('L4, L5, L7: the book equals the naive model after any history, whether or not a job ran', () => {
  fc.assert(
    fc.property(fc.array(command, { minLength: 1, maxLength: 40 }), (commands) => {
      const twins = new Twins()
      for (const one of commands) {
        twins.run(one)
        twins.compare()
      }
    }),
    { numRuns },
  )
})

test('L4: every transfer starts at the balance at which the previous one ended, and their sums equal the accounts', () => {
  fc.assert(
    fc.property(fc.array(command, { minLength: 1, maxLength: 40 }), (commands) => {
      const { memory } = play(commands)
      for (const customer of CUSTOMERS) {
        const { customerId } = accountOf(customer)
        const sums = {
          available: 0,
          pending: 0,
          held: 0,
          issued: 0,
          redeemed: 0,
          expired: 0,
          adjusted: 0,
          written_off: 0,
        }
        for (const { debit, credit, units, balance, pending } of memory.journal.filter(
          (one) => one.customerId === customerId,
        )) {
          sums[debit] -= units
          sums[credit] += units
          assert.equal(balance, sums.available)
          assert.equal(pending, sums.pending)
        }
        assert.deepEqual(memory.balances(accountOf(customer)), sums)
      }
    }),
    { numRuns },
  )
})

test('L3: the posted units of a sale equal its last target, and a full return in any number of steps leaves 0', () => {
  const history = fc.array(command, { maxLength: 20 })
  const name = fc.constantFrom(...SALES.keys())
  const pieces = fc.array(fc.nat(12), { maxLength: 6 })
  fc.assert(
    fc.property(history, name, pieces, fc.boolean(), (commands, name, targets, clamp) => {
      // Clamping is pinned with the program version, so it does not change for a sale.
      const { memory } = play(
        commands.map((one) => ('name' in one.what ? { ...one, what: { ...one.what, clamp } } : one)),
      )
      const account = accountOf()
      const lotTerms = SALES.get(name) ?? terms()
      const postTo = (target: number) =>
        memory.do(account, [name], (book) => {
          const transfers = releaseAndExpire(book, account)
          post(book, sale(name, target, { terms: lotTerms, debt: clamp ? 'clamp' : 'allow' }))
          return transfers
        })
      postTo(0)
      const without = worth(memory)
      for (const target of targets) {
        postTo(target)
        assert.equal(memory.lots(account).get(id(name))?.granted ?? 0, target)
      }
      postTo(0)
      // Units that were written off at an empty balance may be deducted at a later reversal. So
      // clamping may cost units, but never gains any.
      if (clamp) assert.ok(worth(memory) <= without)
      else assert.equal(worth(memory), without)
    }),
    { numRuns },
  )
})

test('L2: without spending, balances and lots do not depend on the order in which changes of sales arrive', () => {
  // The targets of one sale keep their order, as its snapshots do; those of different sales arrive
  // in any order.
  const changes = fc.record(
    Object.fromEntries([...SALES.keys()].map((name) => [name, fc.array(fc.nat(12), { maxLength: 4 })])),
  )
  const orders = changes.chain((targets) => {
    const names = Object.entries(targets).flatMap(([name, list]) => list.map(() => name))
    const shuffle = fc.shuffledSubarray(names, { minLength: names.length })
    return fc.record({
      targets: fc.constant(targets),
      one: shuffle,
      other: shuffle,
      wait: fc.constantFrom(0, DAY, 5 * DAY),
    })
  })
  fc.assert(
    fc.property(orders, ({ targets, one, other, wait }) => {
      assert.deepEqual(endOf(targets, one, wait), endOf(targets, other, wait))
    }),
    { numRuns },
  )
})

/** The state after the targets are posted in this order, `wait` after noon. */
function endOf(targets: Record<string, number[]>, order: readonly string[], wait: number) {
  const memory = new Memory(NOON + wait, REASONS)
  const left = new Map(Object.entries(targets).map(([name, list]) => [name, [...list]]))
  for (const name of order) {
    const target = left.get(name)?.shift() ?? 0
    const posting = sale(name, target, { terms: SALES.get(name) ?? terms() })
    memory.do(accountOf(), [name], (book) => post(book, posting))
  }
  const { balances, lots } = memory.probe(accountOf(), [...SALES.keys()])
  return { balances, lots }
}

function play(commands: readonly Command[]): Twins {
  const twins = new Twins()
  for (const one of commands) twins.run(one)
  return twins
}

/** The available and pending units of the first customer, minus debt. */
function worth(memory: Memory<string>): number {
  const { available, pending } = memory.balances(accountOf())
  return available + pending
}
