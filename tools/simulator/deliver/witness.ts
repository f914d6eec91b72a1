// Remembers the answer to each body, and detects when the same body gets a different answer.
import { createHash } from 'node:crypto'

/** Answers by body; only their hashes are stored. */
export class Witness {
  readonly #seen = new Map<string, string>()

  /**
   * The contradiction between an answer and the first one to the same body. A repetition must get
   * the first answer, except for `result`. Null when it does.
   */
  contradiction(key: string, answer: Record<string, unknown>): string | null {
    const said = createHash('sha1')
      .update(JSON.stringify({ ...answer, result: null }))
      .digest('base64')
    const before = this.#seen.get(key)
    if (before === undefined) this.#seen.set(key, said)
    return before === undefined || before === said
      ? null
      : `another answer than before: ${JSON.stringify(answer).slice(0, 300)}`
  }
}
