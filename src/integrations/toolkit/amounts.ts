// Amounts at full precision: sums and shares use these, and only their results are rounded to the
// minor unit.
import { type Milli, type Minor, prorate, toScaled } from '../../kernel/money.ts'

/**
 * Hundred-thousandths of the currency's unit, because amounts of POS systems have up to 5 decimals:
 * 20.86957 is 2086957.
 */
export type Exact = number

/**
 * 10,000,000,000 units of the currency: with 3 digits 10^13 minor units. All sums and products of
 * one line stay exact.
 */
export const MAX_EXACT: Exact = 1e15

/** 1,000,000 pieces. */
export const MAX_QUANTITY: Milli = 1e9

/**
 * The exact amount of a number or its text, rounded half-even at the fifth decimal; null when it is
 * not a number or too large.
 */
export function readExact(value: unknown): Exact | null {
  if (typeof value === 'number' && Number.isInteger(value)) {
    return Math.abs(value) <= MAX_EXACT / UNIT ? value * UNIT : null
  }
  const exact = readScaled(value, EXACT_DIGITS)
  return exact !== null && Math.abs(exact) <= MAX_EXACT ? exact : null
}

/** Thousandths of a piece; null when it is not a number, negative or too large. */
export function readMilli(value: unknown): Milli | null {
  const milli = readScaled(value, 3)
  return milli !== null && milli >= 0 && milli <= MAX_QUANTITY ? milli : null
}

/**
 * Rounds to the minor unit of the currency, half-even: the only place where an amount loses
 * decimals.
 */
export function toMinor(exact: Exact, digits: number): Minor {
  return prorate(exact, 1, 10 ** (EXACT_DIGITS - digits))
}

/** The exact amount of an integer of minor units. */
export function toExact(minor: Minor, digits: number): Exact {
  return minor * 10 ** (EXACT_DIGITS - digits)
}

/** Price × quantity, exact to the fifth decimal. */
export function times(price: Exact, quantity: Milli): Exact {
  return prorate(price, quantity, 1000)
}

const EXACT_DIGITS = 5
const UNIT = 10 ** EXACT_DIGITS

/** Longer text is no amount, and must not cost time. */
const MAX_DIGITS = 40

function readScaled(value: unknown, digits: number): number | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null
  if (typeof value === 'string' && value.length > MAX_DIGITS) return null
  return toScaled(value, digits)
}
