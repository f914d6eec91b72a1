// Reads the required values of a body and collects all problems, so that a sender learns them at
// once.
import type { EpochMs, IsoDate } from '../../kernel/clock.ts'
import type { Milli } from '../../kernel/money.ts'
import type { PosProblem } from '../integration.ts'
import { type Exact, MAX_EXACT, readExact, readMilli } from './amounts.ts'
import { idOf, type Json, objectOf } from './clean.ts'
import { describeProblem, type Expected, isAbsent } from './problems.ts'
import { readDate, readInstant } from './times.ts'

/** One entry of a list, with its pointer. */
export interface Entry {
  at: string
  json: Json
}

/**
 * A value that cannot be used is reported and replaced by an empty one, so that reading continues.
 * The replacement never leaves the integration: with a problem reported, the outcome is `invalid`.
 */
export class Reader {
  readonly problems: PosProblem[] = []
  /**
   * The body has a word or number of an enumeration that the integration does not know: it is
   * stored and ignored.
   */
  hasUnknown = false

  report(pointer: string, value: unknown, expected: Expected): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push(describeProblem(pointer, value, expected))
  }

  object(pointer: string, value: unknown): Json {
    const object = objectOf(value)
    if (object === null) this.report(pointer, value, 'object')
    return object ?? {}
  }

  id(pointer: string, value: unknown): string {
    const id = idOf(value)
    if (id === undefined) this.report(pointer, value, 'id')
    return id ?? ''
  }

  /** Absent is 0. */
  amount(pointer: string, value: unknown): Exact {
    return isAbsent(value) ? 0 : this.requiredAmount(pointer, value)
  }

  requiredAmount(pointer: string, value: unknown): Exact {
    const amount = readExact(value)
    if (amount !== null && amount >= 0) return amount
    // Float arithmetic in a POS leaves tiny negative amounts; they are 0.
    if (amount !== null && amount > -DUST) return 0
    this.report(pointer, value, 'amount')
    return 0
  }

  /** Absent is 0. May be negative, as rounding and refunds are. */
  signedAmount(pointer: string, value: unknown): Exact {
    if (isAbsent(value)) return 0
    const amount = readExact(value)
    if (amount === null) this.report(pointer, value, 'signedAmount')
    return amount ?? 0
  }

  /** The sum of amounts that were read; it has the same limit as an amount. */
  sum(pointer: string, amounts: readonly Exact[]): Exact {
    const sum = amounts.reduce((a, b) => a + b, 0)
    if (Math.abs(sum) <= MAX_EXACT) return sum
    this.report(pointer, sum, 'signedAmount')
    return 0
  }

  requiredSignedAmount(pointer: string, value: unknown): Exact {
    if (isAbsent(value)) this.report(pointer, value, 'signedAmount')
    return this.signedAmount(pointer, value)
  }

  quantity(pointer: string, value: unknown): Milli {
    const quantity = readMilli(value)
    if (quantity === null) this.report(pointer, value, 'quantity')
    return quantity ?? 0
  }

  /** An integer from 0; absent is undefined. */
  count(pointer: string, value: unknown): number | undefined {
    if (isAbsent(value)) return undefined
    const count = typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value
    if (Number.isSafeInteger(count) && (count as number) >= 0) return count as number
    this.report(pointer, value, 'count')
    return undefined
  }

  instant(pointer: string, value: unknown, zone: string): EpochMs | undefined {
    if (isAbsent(value)) return undefined
    const instant = readInstant(value, zone)
    if (instant === null) this.report(pointer, value, 'instant')
    return instant ?? undefined
  }

  date(pointer: string, value: unknown): IsoDate | undefined {
    if (isAbsent(value)) return undefined
    const date = readDate(value)
    if (date === null) this.report(pointer, value, 'date')
    return date ?? undefined
  }

  /**
   * The objects of a list; an absent list is empty. `strict` reports entries that are not objects;
   * otherwise they are skipped.
   */
  entries(pointer: string, value: unknown, strict = false): Entry[] {
    if (isAbsent(value)) return []
    if (!Array.isArray(value)) {
      this.report(pointer, value, 'list')
      return []
    }
    if (value.length > MAX_ENTRIES) {
      this.report(pointer, value, 'fewer')
      return []
    }
    const entries: Entry[] = []
    value.forEach((item: unknown, index) => {
      const json = objectOf(item)
      if (json !== null) entries.push({ at: `${pointer}/${index}`, json })
      else if (strict) this.report(`${pointer}/${index}`, item, 'object')
    })
    return entries
  }
}

export const MAX_ENTRIES = 1000

const MAX_PROBLEMS = 20

/** Half a thousandth of the currency's unit: less than half the smallest coin of any currency. */
const DUST: Exact = 50
