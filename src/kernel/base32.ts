// Numbers in Crockford's base32, lower case: ids and card tokens are written in it, for it has no
// letters that look alike. Source: https://www.crockford.com/base32.html.

/**
 * A number in hexadecimal, lower case, with as many digits as its bits need, leading zeros
 * included: 26 for a UUID's 32.
 */
export function hexToBase32(hex: string): string {
  let text = ''
  // Digits of five bits begin at the right, so the first may have fewer.
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
