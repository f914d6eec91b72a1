// Detects when a JSON object or array that arrives in pieces is complete, reading each byte once.

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d])
const BYTE_ORDER_MARK = new Set([0xef, 0xbb, 0xbf])

export type JsonState = 'incomplete' | 'complete' | 'never'

/**
 * Keeps its state between pieces: open brackets, and whether it is inside a string. It does not
 * validate the JSON. `never`: the text does not start with an object or array, or continues after
 * it.
 */
export class JsonScanner {
  #depth = 0
  #inString = false
  #escaped = false
  #state: JsonState = 'incomplete'

  /** Reads the next bytes. In UTF-8 no multi-byte character contains an ASCII byte. */
  add(piece: Uint8Array): JsonState {
    for (const byte of piece) {
      if (this.#state === 'never') break
      this.#take(byte)
    }
    return this.#state
  }

  get state(): JsonState {
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
      if (this.#depth === 0) this.#state = 'complete'
    } else if (this.#state === 'incomplete' && OPENING.has(byte)) this.#depth = 1
    else if (!BLANK.has(byte) && !(this.#state === 'incomplete' && BYTE_ORDER_MARK.has(byte))) this.#state = 'never'
  }
}
