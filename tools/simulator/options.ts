// What a run of the simulator is told: where it plays, how much, and with which faults.
import type { Screen } from './deliver/progress.ts'
import type { FaultLevel, Ms, Shop } from './world/types.ts'
import type { WorldSize } from './world/world.ts'

/** What a LoyaPro must know before a world can be delivered to it. */
export interface Host {
  url: string
  /** Tokens by the shape of the POS, each with the POS's name in addresses. */
  tokens: Readonly<Record<string, { name: string; token: string }>>
  /** Makes the business of a shop, connected and empty, and gives its API key. */
  open(shop: Shop): Promise<{ apiKey: string }>
}

/** A business that exists, with programs of its own. */
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
  hostility: FaultLevel
  concurrency: number
  /** How long a sender waits for an answer before it sends again. */
  patienceMs: number
  speed: number | null
  /**
   * Waits until an instant by LoyaPro's clock, so that codes run out; null when there is no time
   * for that.
   */
  waitUntil: ((instant: Ms, signal: AbortSignal) => Promise<void>) | null
  signal: AbortSignal
  screen: Screen
}
