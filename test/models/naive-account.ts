// For tests: the ledger told again in the plainest way, one unit at a time, so that the book has
// something to be compared with.
import type { EpochMs } from '../../src/kernel/clock.ts'
import type { Balances } from '../../src/ledger/accounts.ts'
import type { LotTerms } from '../../src/ledger/lots.ts'

interface NaiveLot {
  name: string
  terms: LotTerms
  granted: number
  units: number
  expired: number
  forgiven: number
  pending: boolean
}

/** One customer in one program. Time passes before anything else is done. */
export class NaiveAccount {
  readonly lots = new Map<string, NaiveLot>()
  debt = 0
  issued = 0
  redeemed = 0
  held = 0
  adjusted = 0

  post(now: EpochMs, name: string, terms: LotTerms, target: number, clamp: boolean): void {
    const lot = this.#lot(name, terms, now)
    if (lot.granted === target) return
    this.passTime(now)
    this.issued += target - lot.granted
    const before = lot.units
    let forgiven = Math.min(lot.forgiven, Math.max(0, target - lot.granted))
    for (; lot.granted < target; lot.granted++) this.#bringIn(lot)
    for (; forgiven > 0; forgiven--, lot.forgiven--) {
      if (lot.units > 0) lot.units--
      else this.debt++
    }
    for (let fresh = lot.units - before; fresh > 0 && isOver(lot, now); fresh--) this.#expire(lot)
    for (; lot.granted > target; lot.granted--) {
      if (lot.units > 0) lot.units--
      else if (lot.expired > 0) lot.expired--
      else if (this.#takeOldest() === null) {
        if (clamp) lot.forgiven++
        else this.debt++
      }
    }
  }

  /** The lots that each unit came from; null when there are too few. */
  spend(now: EpochMs, units: number): string[] | null {
    this.passTime(now)
    if (this.available < units) return null
    this.redeemed += units
    return Array.from({ length: units }, () => this.#takeOldest() ?? '')
  }

  /** As `spend`, but the units wait in between. */
  hold(now: EpochMs, units: number): string[] | null {
    const names = this.spend(now, units)
    if (names) this.#moveHeld(units)
    return names
  }

  redeemHeld(units: number): void {
    this.#moveHeld(-units)
  }

  release(now: EpochMs, names: readonly string[]): void {
    this.#moveHeld(-names.length)
    this.giveBack(now, names)
  }

  #moveHeld(units: number): void {
    this.held += units
    this.redeemed -= units
  }

  giveBack(now: EpochMs, names: readonly string[]): void {
    this.passTime(now)
    this.redeemed -= names.length
    const lots = this.#having((lot) => names.includes(lot.name)).sort(burnsBefore)
    for (const lot of lots) {
      for (const _ of names.filter((name) => name === lot.name)) this.#bringIn(lot)
    }
    this.passTime(now)
  }

  /** False when more is taken than there is. */
  adjust(now: EpochMs, name: string, terms: LotTerms, units: number): boolean {
    this.passTime(now)
    if (this.available + units < 0 && units < 0) return false
    this.adjusted += units
    const lot = units > 0 ? this.#lot(name, terms, now) : null
    for (let n = 0; n < units && lot; n++) {
      lot.granted++
      this.#bringIn(lot)
    }
    for (let n = 0; n > units; n--) this.#takeOldest()
    return true
  }

  passTime(now: EpochMs): void {
    const waiting = this.#having((lot) => lot.pending && lot.terms.availableAt <= now)
    for (const lot of waiting.sort((a, b) => a.terms.availableAt - b.terms.availableAt || burnsBefore(a, b))) {
      lot.pending = false
      const { units } = lot
      lot.units = 0
      for (let n = 0; n < units; n++) this.#bringIn(lot)
    }
    for (const lot of this.lots.values()) while (lot.units > 0 && isOver(lot, now)) this.#expire(lot)
  }

  get available(): number {
    return this.#sum((lot) => (lot.pending ? 0 : lot.units)) - this.debt
  }

  balances(): Balances {
    return {
      available: this.available,
      pending: this.#sum((lot) => (lot.pending ? lot.units : 0)),
      held: this.held,
      // Never -0, which is not 0 to a strict comparison.
      issued: 0 - this.issued,
      redeemed: this.redeemed,
      expired: this.#sum((lot) => lot.expired),
      adjusted: 0 - this.adjusted,
      written_off: 0 - this.#sum((lot) => lot.forgiven),
    }
  }

  #having(test: (lot: NaiveLot) => boolean): NaiveLot[] {
    return [...this.lots.values()].filter(test)
  }

  #sum(units: (lot: NaiveLot) => number): number {
    return this.#having(() => true).reduce((sum, lot) => sum + units(lot), 0)
  }

  #lot(name: string, terms: LotTerms, now: EpochMs): NaiveLot {
    const fresh = { name, terms, granted: 0, units: 0, expired: 0, forgiven: 0, pending: terms.availableAt > now }
    const lot = this.lots.get(name) ?? fresh
    this.lots.set(name, lot)
    return lot
  }

  #bringIn(lot: NaiveLot): void {
    if (!lot.pending && this.debt > 0) this.debt--
    else lot.units++
  }

  #expire(lot: NaiveLot): void {
    lot.units--
    lot.expired++
  }

  #takeOldest(): string | null {
    const first = this.#having((lot) => lot.units > 0 && !lot.pending).sort(burnsBefore)[0]
    if (!first) return null
    first.units--
    return first.name
  }
}

function isOver({ terms }: NaiveLot, now: EpochMs): boolean {
  return terms.expiresAt !== null && terms.expiresAt <= now
}

function burnsBefore(a: NaiveLot, b: NaiveLot): number {
  if (a.terms.expiresAt !== b.terms.expiresAt) {
    if (a.terms.expiresAt === null) return 1
    if (b.terms.expiresAt === null) return -1
    return a.terms.expiresAt - b.terms.expiresAt
  }
  return a.terms.occurredAt - b.terms.occurredAt
}

/**
 * Expiry that slides with the orders of one customer, told day by day: units are good until the
 * window after the last order is over.
 */
export class NaiveSliding {
  readonly #window: number
  readonly #zone: string
  readonly #earned = new Map<string, number>()

  constructor(windowDays: number, zone: string) {
    this.#window = windowDays
    this.#zone = zone
  }

  earn(at: EpochMs, units: number): void {
    const day = this.#dayOf(at).toString()
    this.#earned.set(day, (this.#earned.get(day) ?? 0) + units)
  }

  /**
   * Walks from the first order to this instant, and loses everything on the first day on which no
   * order was near enough.
   */
  leftAt(now: EpochMs): number {
    const days = [...this.#earned.keys()].sort()
    const [first] = days
    if (first === undefined) return 0
    let left = 0
    let last = Temporal.PlainDate.from(first)
    const today = this.#dayOf(now)
    for (let day = last; Temporal.PlainDate.compare(day, today) <= 0; day = day.add({ days: 1 })) {
      if (last.until(day, { largestUnit: 'days' }).days > this.#window) left = 0
      const units = this.#earned.get(day.toString())
      if (units === undefined) continue
      left += units
      last = day
    }
    return left
  }

  #dayOf(at: EpochMs): Temporal.PlainDate {
    return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.#zone).toPlainDate()
  }
}
