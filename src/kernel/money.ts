// Money is an integer of minor units (halalas, fils); quantities are integers of thousandths. Input
// is rounded half-even once.

/** Minor units of a currency: 24.00 SAR is 2400. */
export type Minor = number

/** Thousandths of an item: 1 is 1000, 1.25 kg is 1250. */
export type Milli = number

/** The minor-unit digits of currencies that do not have 2. Source: ISO 4217 list one. */
const DIGITS: Record<string, number> = { BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, JPY: 0, KRW: 0 }

export function currencyDigits(currency: string): number {
  return DIGITS[currency] ?? 2
}

/**
 * Converts a decimal (a JSON number or text, e.g. 20.86957) to an integer of `10^-digits`,
 * half-even. Null when it is not a finite plain decimal or does not fit a safe integer.
 */
export function toScaled(value: number | string, digits: number): number | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(String(value).trim())
  if (!match) return null
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return null
  const places = fraction.length - Number(exponent)
  const scaled = roundHalfEven(BigInt(whole + fraction), places - digits)
  const result = Number(sign === '-' ? -scaled : scaled)
  return Number.isSafeInteger(result) ? result : null
}

/** 2400 with 2 digits → `24.00`. */
export function formatMinor(amount: Minor, digits: number): string {
  if (digits === 0) return String(amount)
  const text = String(Math.abs(amount)).padStart(digits + 1, '0')
  return `${amount < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** round(amount × num / den), half-even, on integers. `den` > 0. */
export function prorate(amount: number, num: number, den: number): number {
  return Number(divideHalfEven(BigInt(amount) * BigInt(num), BigInt(den)))
}

/**
 * Splits `total` by `weights` so that the parts sum to `total`: rounded down first, then one more
 * unit for the largest remainders (the earlier part on ties). If all weights are 0, the first part
 * gets everything. Weights must be >= 0.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return []
  const sum = weights.reduce((a, b) => a + BigInt(b), 0n)
  if (sum === 0n) return weights.map((_, i) => (i === 0 ? total : 0))
  const sign = total < 0 ? -1 : 1
  const whole = BigInt(Math.abs(total))
  const parts = weights.map((weight, index) => {
    const product = whole * BigInt(weight)
    return { index, units: product / sum, remainder: product % sum }
  })
  let left = whole - parts.reduce((a, part) => a + part.units, 0n)
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  )
  for (const part of byRemainder) {
    if (left === 0n) break
    part.units += 1n
    left -= 1n
  }
  return parts.map((part) => (part.units === 0n ? 0 : sign * Number(part.units)))
}

function roundHalfEven(value: bigint, dropDigits: number): bigint {
  // 400 zeros exceed a safe integer as a thousand do, and 0 stays 0.
  if (dropDigits <= 0) return value * 10n ** BigInt(Math.min(-dropDigits, 400))
  return dropDigits > 400 ? 0n : divideHalfEven(value, 10n ** BigInt(dropDigits))
}

function divideHalfEven(num: bigint, den: bigint): bigint {
  const negative = num < 0n
  const n = negative ? -num : num
  let quotient = n / den
  const twice = (n % den) * 2n
  if (twice > den || (twice === den && quotient % 2n === 1n)) quotient += 1n
  return negative ? -quotient : quotient
}
