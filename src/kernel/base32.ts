// Crockford's base32, lower case, for ids and card tokens: it has no letters that look alike.
// Source: https://www.crockford.com/base32.html.

/**
 * Encodes a lower-case hexadecimal number with as many digits as its bits need, leading zeros
 * included: 26 for the 32 of a UUID.
 */
export function hexToBase32(hex: string): string {
  let text = ''
  // Groups of five bits start at the right: the first group may be shorter.
  let bits = (5 - ((hex.length * 4) % 5)) % 5
  let rest = 0
  for (let i = 0; i < hex.length; i++) {
    const code = hex.charCodeAt(i)
    rest = (rest << 4) | (code < 0x3a ? code - 0x30 : code - 0x57)
    bits += 4
    if (bits < 5) continue
    bits -= 5
    text += DIGITS[rest >> bits]
    rest &= (1 << bits) - 1
  }
  return text
}

/**
 * The number in hexadecimal, or null when a character is not a digit: upper case, `i`, `l`, `o`,
 * `u`.
 */
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
