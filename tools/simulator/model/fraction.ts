// Exact fractions and the two ways to divide money: rounded half to even, and apportioned without
// remainder.

export interface Fraction {
  n: bigint
  /** Greater than 0. */
  d: bigint
}

export const NOTHING: Fraction = { n: 0n, d: 1n }

export function fraction(n: number, d = 1): Fraction {
  return { n: BigInt(n), d: BigInt(d) }
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d }
}

export function isMore(a: Fraction, b: Fraction): boolean {
  return a.n * b.d > b.n * a.d
}

/** For values that are not negative. */
export function whole({ n, d }: Fraction): number {
  return Number(n / d)
}

/** `amount` × `n` / `d`, rounded half to even. `d` is greater than 0. */
export function share(amount: number, n: number, d: number): number {
  const product = BigInt(amount) * BigInt(n)
  const size = product < 0n ? -product : product
  const down = size / BigInt(d)
  const twice = 2n * (size % BigInt(d))
  const up = twice > BigInt(d) || (twice === BigInt(d) && down % 2n === 1n)
  const result = Number(up ? down + 1n : down)
  return product < 0n ? -result : result
}

/**
 * Parts of `total` in proportion to `weights`, which sum to it: the rest goes to the largest
 * remainders, the first of equal ones.
 */
export function divide(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  if (all === 0n) return weights.map((_, index) => (index === 0 ? total : 0))
  const products = weights.map((weight) => BigInt(total) * BigInt(weight))
  const parts = products.map((product) => Number(product / all))
  let over = total - parts.reduce((sum, part) => sum + part, 0)
  const byRest = products
    .map((product, index) => ({ index, rest: product % all }))
    .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  for (const { index } of byRest) {
    if (over === 0) break
    parts[index] = (parts[index] ?? 0) + 1
    over -= 1
  }
  return parts
}
