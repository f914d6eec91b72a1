// The laws of the ledger, on random histories: the book against the naive model, and what holds whatever the model says.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { accountOf, DAY, HOUR, id, Memory, NOON, REASONS, sale, terms } from './fixtures.ts'
import { type LotTerms, type LotUnits, sumOf } from './lots.ts'
import { NaiveAccount } from './naive-model.ts'
import { post } from './post.ts'
import { adjust, giveBack, spend } from './spend.ts'
import { passTime } from './time.ts'
import { signedUnits } from './transfers.ts'

const numRuns = Number(process.env.LOYAPRO_RUNS ?? 1000)

/** Sales that differ in all that decides about lots: their end, their release, their age. */
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
    { weight: 6, arbitrary: fc.record({ name: fc.constantFrom(...SALES.keys()), target: fc.nat(12), clamp: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ spend: fc.integer({ min: 1, max: 15 }) }) },
    { weight: 1, arbitrary: fc.record({ undo: fc.nat(4), atMost: fc.integer({ min: 1, max: 15 }) }) },
    { weight: 1, arbitrary: fc.record({ adjust: fc.integer({ min: -10, max: 10 }).filter((units) => units !== 0) }) },
  ),
})
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never

/** The book and the model side by side. The book loads no lot that it does not ask for; the model lets time pass at every step. */
class Twins {
  readonly memory = new Memory(NOON, REASONS)
  readonly naive = new Map(CUSTOMERS.map((name) => [name, new NaiveAccount()]))
  readonly spent: { customer: string; sourceId: string; lots: LotUnits[]; names: string[] }[] = []
  #count = 0

  run({ customer, wait, what }: Command): void {
    this.memory.now += wait
    if ('name' in what) this.#post(customer, what)
    else if ('spend' in what) this.#spend(customer, what.spend)
    else if ('undo' in what) this.#undo(what)
    else this.#adjust(customer, what.adjust)
  }

  #post(customer: string, { name, target, clamp }: { name: string; target: number; clamp: boolean }): void {
    const key = accountOf(customer)
    const own = { account: key, lotId: id(name) }
    const book = this.memory.open({ own: [own], open: [] })
    if (book.needsOpenLots(key, own.lotId, target)) this.memory.admit(book, { own: [], open: [key] })
    const lotTerms = SALES.get(name) ?? terms()
    const moved = post(book, sale(name, target, { account: key, terms: lotTerms, debt: clamp ? 'clamp' : 'allow' }))
    this.memory.keep(book)
    if (moved.length > 0 || this.#granted(customer, name) !== target) {
      this.#model(customer).post(this.memory.now, name, lotTerms, target, clamp)
    }
  }

  #spend(customer: string, units: number): void {
    const account = accountOf(customer)
    const sourceId = id(`reward ${this.#count++}`)
    const outcome = this.memory.do(account, [], (book) =>
      spend(book, { account, sourceId, units, occurredAt: this.memory.now, why: 'reward' }),
    )
    const names = this.#model(customer).spend(this.memory.now, units)
    assert.equal(outcome === 'insufficient', names === null, 'a spend succeeds when and only when it is affordable')
    const lots = outcome === 'insufficient' ? undefined : outcome.at(-1)?.lots
    if (lots && names) this.spent.push({ customer, sourceId, lots: [...lots], names })
  }

  /** Gives back some of what a reward had cost. */
  #undo({ undo, atMost }: { undo: number; atMost: number }): void {
    const spending = this.spent[undo % Math.max(1, this.spent.length)]
    if (!spending || spending.names.length === 0) return
    const { customer, sourceId } = spending
    const lots: LotUnits[] = []
    const names: string[] = []
    for (const { lotId, units } of spending.lots) {
      const part = Math.min(units, atMost - sumOf(lots))
      if (part > 0) lots.push({ lotId, units: part })
    }
    for (const { lotId, units } of lots) {
      const name = this.#nameOf(customer, lotId)
      for (let n = 0; n < units; n++) names.push(name)
    }
    spending.lots = spending.lots.map(({ lotId, units }) => ({
      lotId,
      units: units - sumOf(lots.filter((one) => one.lotId === lotId)),
    }))
    spending.names = spending.names.slice(names.length)
    const account = accountOf(customer)
    const own = lots.map(({ lotId }) => ({ account, lotId }))
    const book = this.memory.open({ own, open: [account] })
    giveBack(book, { account, sourceId, lots, occurredAt: this.memory.now, why: 'void' })
    this.memory.keep(book)
    this.#model(customer).giveBack(this.memory.now, names)
  }

  #adjust(customer: string, units: number): void {
    const account = accountOf(customer)
    const name = `gift ${this.#count++}`
    // A year apart from the sales and from each other, so that age decides.
    const given = terms({ occurredAt: NOON + 365 * DAY + this.#count })
    const outcome = this.memory.do(account, [name], (book) =>
      adjust(book, { account, id: id(name), units, terms: given, debt: 'refuse', occurredAt: this.memory.now, why: 'gift' }),
    )
    assert.equal(outcome !== 'insufficient', this.#model(customer).adjust(this.memory.now, name, given, units))
  }

  /** Compares both as they are when time has passed; the book's own state stays as it is. */
  compare(): void {
    for (const customer of CUSTOMERS) {
      const model = this.#model(customer)
      model.passTime(this.memory.now)
      const key = accountOf(customer)
      const probe = this.memory.open({ own: model.lots.map(({ name }) => ({ account: key, lotId: id(name) })), open: [key] })
      passTime(probe, key)
      const { balances, lots } = probe.account(key)
      const whole = (count: (lot: NaiveAccount['lots'][number]) => number) => model.lots.reduce((sum, lot) => sum + count(lot), 0)
      assert.deepEqual(balances, {
        available: model.available,
        pending: model.pending,
        held: 0,
        issued: 0 - whole(({ granted }) => granted) + Math.max(0, 0) + this.#given(customer),
        redeemed: model.redeemed,
        expired: whole(({ expired }) => expired),
        adjusted: 0 - model.adjusted,
        written_off: 0 - whole(({ forgiven }) => forgiven),
      })
      for (const { name, granted, units, expired, forgiven } of model.lots) {
        const lot = lots.get(id(name))
        const stored = lot && { granted: lot.granted, units: lot.remaining, expired: lot.expired, forgiven: lot.writtenOff }
        assert.deepEqual(stored ?? { granted: 0, units: 0, expired: 0, forgiven: 0 }, { granted, units, expired, forgiven }, name)
      }
    }
  }
}
