// Numbers in Crockford's base32, lower case: ids and card tokens are written in it, for it has no letters that look alike.
// Source: https://www.crockford.com/base32.html

/** The lowest `digits` digits of a number that is not below 0. */
export function toBase32(value: bigint, digits: number): string {
  let rest = value
  let text = ''
  for (let i = 0; i < digits; i++) {
    text = DIGITS[Number(rest & 31n)] + text
    rest >>= 5n
  }
  return text
}

/** The number, or null when a letter is no digit: upper case, `i`, `l`, `o`, `u` are none. */
export function fromBase32(text: string): bigint | null {
  let value = 0n
  for (const digit of text) {
    const part = VALUES.get(digit)
    if (part === undefined) return null
    value = (value << 5n) | part
  }
  return value
}

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, BigInt(value)]))
