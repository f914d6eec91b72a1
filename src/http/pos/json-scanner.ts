// Tells when the bytes of a JSON object or array that arrive in pieces are complete, looking at
// each byte once.

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d])
const BYTE_ORDER_MARK = new Set([0xef, 0xbb, 0xbf])

export type Wholeness = 'incomplete' | 'whole' | 'never'

/**
 * Remembers where it stands between two pieces: brackets that are open, and whether it is inside a
 * string. It does not check the JSON, which is parsed once when it is whole. `never`: the text does
 * not begin with an object or an array, or goes on after it.
 */
export class WholeJson {
  #depth = 0
  #inString = false
  #escaped = false
  #state: Wholeness = 'incomplete'

  /**
   * Takes the next bytes. UTF-8 has no byte of an ASCII character inside another one, so bytes are
   * enough.
   */
  add(piece: Uint8Array): Wholeness {
    for (const byte of piece) {
      if (this.#state === 'never') break
      this.#take(byte)
    }
    return this.#state
  }

  get state(): Wholeness {
    return this.#state
  }

  #take(byte: number): void {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (byte === BACKSLASH) this.#escaped = true
      else if (byte === QUOTE) this.#inString = false
    } else if (this.#depth > 0) {
      if (byte === QUOTE) this.#inString = true
      else if (OPENING.has(byte)) this.#depth += 1
      else if (CLOSING.has(byte)) this.#depth -= 1
      if (this.#depth === 0) this.#state = 'whole'
    } else if (this.#state === 'incomplete' && OPENING.has(byte)) this.#depth = 1
    else if (!BLANK.has(byte) && !(this.#state === 'incomplete' && BYTE_ORDER_MARK.has(byte))) this.#state = 'never'
  }
}
