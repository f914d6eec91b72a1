// Random numbers that depend on a seed alone, so that a world can be reproduced byte for byte.

/**
 * A stream of random numbers. Streams with other labels are independent: a new stream does not
 * change existing ones.
 */
export class Random {
  readonly #seed: string
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: string) {
    this.#seed = seed
    this.#a = hash(seed, 0x811c9dc5)
    this.#b = hash(seed, 0x01234567)
    this.#c = hash(seed, 0x89abcdef)
    for (let i = 0; i < 12; i++) this.next()
  }

  fork(label: string | number): Random {
    return new Random(`${this.#seed}/${label}`)
  }

  /** A whole number of 32 bits. The generator is Chris Doty-Humphrey's sfc32. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    this.#c |= 0
    return sum >>> 0
  }

  /** Both ends included. */
  int(min: number, max: number): number {
    return min + (this.next() % (max - min + 1))
  }

  /** `percent` may have a fraction: 0.5 is one of two hundred. */
  chance(percent: number): boolean {
    return this.next() % 100_000 < percent * 1000
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.int(0, list.length - 1)]
    if (one === undefined) throw new RangeError('nothing to pick from')
    return one
  }

  /** Picks by weight. */
  weighted<T>(choices: readonly (readonly [weight: number, choice: T])[]): T {
    let left = this.int(
      1,
      choices.reduce((sum, [weight]) => sum + weight, 0),
    )
    for (const [weight, choice] of choices) {
      left -= weight
      if (left <= 0) return choice
    }
    throw new RangeError('nothing to pick from')
  }

  /** `count` of the list, in its order. */
  sample<T>(list: readonly T[], count: number): T[] {
    const left = [...list]
    while (left.length > count) left.splice(this.int(0, left.length - 1), 1)
    return left
  }

  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    const left = [...list]
    return list.flatMap(() => left.splice(this.int(0, left.length - 1), 1))
  }

  /** In the form of a version 4 UUID. */
  uuid(): string {
    const hex = [0, 0, 0, 0].map(() => this.next().toString(16).padStart(8, '0')).join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  }
}

/** FNV-1a over the text, then mixed. */
function hash(text: string, start: number): number {
  let value = start
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  return value ^ (value >>> 13)
}
