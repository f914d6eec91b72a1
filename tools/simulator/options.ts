// The options of a run: the target, the size and the faults.
import type { Screen } from './deliver/progress.ts'
import type { FaultLevel, Ms, Shop } from './world/types.ts'
import type { WorldSize } from './world/world.ts'

/** A LoyaPro to which a world is delivered. */
export interface Host {
  url: string
  /** Tokens by order format, each with the name of the POS in URLs. */
  tokens: Readonly<Record<string, { name: string; token: string }>>
  /** Creates the business of a shop, connected and without programs, and returns its API key. */
  open(shop: Shop): Promise<{ apiKey: string }>
}

/** An existing business with its own programs. */
export interface GivenBusiness {
  url: string
  pos: { adapter: Shop['pos']; name: string; token: string }
  reference: string
  apiKey: string
}

export interface RunOptions {
  seed: string
  days: number
  size: WorldSize
  faultLevel: FaultLevel
  concurrency: number
  /** Time in which a sender expects an answer before it sends again. */
  patienceMs: number
  speed: number | null
  /**
   * Waits until an instant by LoyaPro's clock, so that codes expire; null when the run does not
   * wait.
   */
  waitUntil: ((instant: Ms, signal: AbortSignal) => Promise<void>) | null
  signal: AbortSignal
  screen: Screen
}
