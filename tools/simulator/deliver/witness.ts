// Remembers what LoyaPro answered to each body, and notices when the same body is answered
// otherwise.
import { createHash } from 'node:crypto'

/** Answers by body; only their hashes are kept. */
export class Witness {
  readonly #seen = new Map<string, string>()

  /**
   * A repetition must get the first answer again, word for word but for `result`. Null when it
   * does.
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
