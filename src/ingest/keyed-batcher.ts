// Collects items into batches: one batch is in flight while that is sufficient, more when many items
// wait. Items that arrive meanwhile form the next batch.

export interface KeyedBatcherOptions<Item, Result> {
  /**
   * Handles a batch and returns one result for each item, in their order. A failure is a result.
   */
  work: (items: Item[]) => Promise<Result[]>
  /**
   * Items of one key are never in two batches at once, and are handled in their order of arrival.
   */
  keyOf: (item: Item) => string
  /** The maximum number of batches in flight. */
  maxInFlight: number
  maxBatch: number
  /** The maximum number of items that may wait besides the batches in flight: in total, and per key. */
  maxWaiting: number
  maxWaitingOfOne: number
  /** Milliseconds. While a key's first item has waited longer, no more of that key are accepted. */
  maxWaitMs: number
  /** Milliseconds. An item that has waited longer is discarded: the sender has timed out. */
  giveUpMs: number
  /** Monotonic milliseconds; `performance.now()` by default. */
  elapsed?: () => number
}

interface Waiting<Item, Result> {
  item: Item
  /** When it was submitted. */
  since: number
  resolve: (result: Result | null) => void
  reject: (error: unknown) => void
}

/**
 * The number of waiting items that starts another batch beside those in flight. Fewer wait for a
 * batch in flight to end, because an item costs less in a larger batch.
 */
const OVERLAP_THRESHOLD = 40

/**
 * After a batch of several items, the next one waits for more: at most this many milliseconds, or
 * until this many items wait. After smaller batches it starts at once, so that an idle server adds
 * no delay.
 */
const GATHER_MS = 8
const FULL_ENOUGH = 32

/**
 * Milliseconds after which waiting items get a batch of their own although few wait: the batch in
 * flight may be waiting for a lock.
 */
const MAX_HOLD_MS = 25

export class KeyedBatcher<Item, Result> {
  #options: Required<KeyedBatcherOptions<Item, Result>>
  /** Items of keys that no batch in flight holds, in the order in which the keys became ready. */
  #ready = new Map<string, Waiting<Item, Result>[]>()
  /** Items that arrived for keys that a batch in flight holds. */
  #held = new Map<string, Waiting<Item, Result>[]>()
  #waiting = 0
  #readyCount = 0
  #inFlight = 0
  #turn: NodeJS.Immediate | undefined
  #holdTimer: NodeJS.Timeout | undefined
  #gathering: NodeJS.Timeout | undefined
  #lastSize = 0
  #drained: (() => void)[] = []

  constructor(options: KeyedBatcherOptions<Item, Result>) {
    this.#options = { elapsed: () => performance.now(), ...options }
  }

  get depth(): number {
    return this.#waiting
  }

  /** Whether no more items are accepted now. */
  get isFull(): boolean {
    return this.#waiting >= this.#options.maxWaiting
  }

  /**
   * Null when too many items wait, in total or for this key, or when they wait too long. Resolves
   * with null when the item is discarded. In both cases it was not handled and can be submitted
   * again.
   */
  submit(item: Item): Promise<Result | null> | null {
    const { keyOf, maxWaitingOfOne, maxWaitMs, elapsed } = this.#options
    const key = keyOf(item)
    const place = this.#held.get(key) ?? this.#ready.get(key) ?? []
    if (this.isFull || place.length >= maxWaitingOfOne) return null
    const since = elapsed()
    if (place[0] && since - place[0].since > maxWaitMs) return null
    const result = new Promise<Result | null>((resolve, reject) => place.push({ item, since, resolve, reject }))
    this.#waiting += 1
    if (!this.#held.has(key)) {
      this.#ready.set(key, place)
      this.#readyCount += 1
      // Items of one turn of the event loop share a batch.
      this.#turn ??= setImmediate(() => {
        this.#turn = undefined
        this.#dispatch()
      })
    }
    return result
  }

  /** Resolves when every accepted item has its result. */
  async drained(): Promise<void> {
    if (this.#waiting + this.#inFlight > 0) await new Promise<void>((resolve) => this.#drained.push(resolve))
  }

  #dispatch(): void {
    const gathers = this.#inFlight === 0 && this.#lastSize > 2 && this.#readyCount > 0 && this.#readyCount < FULL_ENOUGH
    if (gathers) {
      this.#gathering ??= setTimeout(() => this.#dispatchNow(), GATHER_MS)
    } else {
      this.#dispatchNow()
    }
  }

  #dispatchNow(): void {
    clearTimeout(this.#gathering)
    this.#gathering = undefined
    while (this.#readyCount > 0 && this.#inFlight < this.#options.maxInFlight) {
      if (this.#inFlight > 0 && this.#readyCount < OVERLAP_THRESHOLD) {
        this.#holdTimer ??= setTimeout(() => {
          this.#holdTimer = undefined
          if (this.#inFlight < this.#options.maxInFlight) this.#start()
          this.#dispatch()
        }, MAX_HOLD_MS)
        return
      }
      this.#start()
    }
  }

  #start(): void {
    this.#giveUp()
    if (this.#readyCount > 0) void this.#run(this.#gather())
    else this.#resolveDrained()
  }

  #resolveDrained(): void {
    if (this.#waiting + this.#inFlight === 0) for (const resolve of this.#drained.splice(0)) resolve()
  }

  /**
   * A batch of the keys that are ready. No key takes more than its share while others could fill
   * the batch. A hot key, which has more than its share, shares a batch with hot keys only: if
   * another process holds its lock for long, the whole batch waits.
   */
  #gather(): Map<string, Waiting<Item, Result>[]> {
    clearTimeout(this.#holdTimer)
    this.#holdTimer = undefined
    const { maxBatch } = this.#options
    const share = Math.ceil(maxBatch / 4)
    const batch = new Map<string, Waiting<Item, Result>[]>()
    let room = maxBatch
    let isHot: boolean | undefined
    for (const [key, queue] of this.#ready) {
      if (room === 0) break
      isHot ??= queue.length > share
      if (queue.length > share !== isHot) continue
      const taken = queue.splice(0, Math.min(share, room))
      batch.set(key, taken)
      room -= taken.length
    }
    for (const [key, taken] of batch) {
      const queue = this.#ready.get(key) ?? []
      const more = queue.splice(0, room)
      taken.push(...more)
      room -= more.length
      this.#ready.delete(key)
      this.#held.set(key, queue)
      this.#readyCount -= taken.length + queue.length
      this.#waiting -= taken.length
    }
    return batch
  }

  #giveUp(): void {
    const { giveUpMs, elapsed } = this.#options
    const before = elapsed() - giveUpMs
    for (const [key, queue] of this.#ready) {
      const late = queue.findIndex(({ since }) => since >= before)
      for (const { resolve } of queue.splice(0, late === -1 ? queue.length : late)) {
        resolve(null)
        this.#waiting -= 1
        this.#readyCount -= 1
      }
      if (queue.length === 0) this.#ready.delete(key)
    }
  }

  async #run(batch: Map<string, Waiting<Item, Result>[]>): Promise<void> {
    this.#inFlight += 1
    const all = [...batch.values()].flat()
    this.#lastSize = all.length
    try {
      const results = await this.#options.work(all.map(({ item }) => item))
      all.forEach(({ resolve }, index) => {
        resolve(results[index] as Result)
      })
    } catch (error) {
      for (const { reject } of all) reject(error)
    }
    this.#inFlight -= 1
    for (const key of batch.keys()) {
      const queue = this.#held.get(key) ?? []
      this.#held.delete(key)
      if (queue.length === 0) continue
      this.#ready.set(key, queue)
      this.#readyCount += queue.length
    }
    this.#dispatch()
    this.#resolveDrained()
  }
}
