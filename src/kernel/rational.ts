// Exact fractions on BigInt: rules multiply and divide without losing a unit, and round down once
// at the end.

/** A fraction in lowest terms; `den` > 0. */
export interface Rational {
  readonly num: bigint
  readonly den: bigint
}

export const ZERO: Rational = { num: 0n, den: 1n }

/** Throws RangeError when `den` is 0. */
export function rational(num: bigint | number, den: bigint | number = 1n): Rational {
  let n = BigInt(num)
  let d = BigInt(den)
  if (d === 0n) throw new RangeError('the denominator of a fraction must not be 0')
  if (d < 0n) {
    n = -n
    d = -d
  }
  const g = gcd(n < 0n ? -n : n, d)
  return g > 1n ? { num: n / g, den: d / g } : { num: n, den: d }
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.num * b.den + b.num * a.den, a.den * b.den)
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, { num: -b.num, den: b.den })
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.num * b.num, a.den * b.den)
}

/** Negative, 0 or positive if a is less than, equal to or greater than b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.num * b.den - b.num * a.den
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The greatest integer that is at most r. */
export function floor(r: Rational): bigint {
  const quotient = r.num / r.den
  return r.num % r.den !== 0n && r.num < 0n ? quotient - 1n : quotient
}

/** `3`, `-1/3`: the stored form of remainders. */
export function formatRational(r: Rational): string {
  return r.den === 1n ? `${r.num}` : `${r.num}/${r.den}`
}

/** The inverse of formatRational. Throws SyntaxError on anything else. */
export function parseRational(text: string): Rational {
  const [num = '', den = '1'] = text.split('/')
  return rational(BigInt(num), BigInt(den))
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a
  let y = b
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}
