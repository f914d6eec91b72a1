// Lanes carry batches: one while that is enough, more when a crowd waits. What comes meanwhile
// gathers for the next batch.

export interface KeyedBatcherOptions<Item, Result> {
  /**
   * Handles a batch; gives one result an item, in their order. It does not throw: a failure is a
   * result.
   */
  work: (items: Item[]) => Promise<Result[]>
  /**
   * Items of one key are never in two batches at once, and are handled in the order in which they
   * came.
   */
  keyOf: (item: Item) => string
  /** Batches in flight at most. */
  lanes: number
  maxBatch: number
  /** Items that may wait beyond the batches in flight, in all and of one key. */
  maxWaiting: number
  maxWaitingOfOne: number
  /** Once the first of a key's items has waited so many milliseconds, no more of it are taken. */
  maxWaitMs: number
  /**
   * Whoever has waited so many milliseconds when its turn comes is given up: it would be answered
   * when nobody listens.
   */
  giveUpMs: number
  /** Milliseconds that only ever grow; those of the process when not given. */
  elapsed?: () => number
}

interface Waiting<Item, Result> {
  item: Item
  /** When it came. */
  since: number
  resolve: (result: Result | null) => void
  reject: (error: unknown) => void
}

/**
 * So many that wait are worth a batch of their own beside those in flight. Fewer wait for the one
 * in flight: a batch of many costs each of them less, and whoever shares the machine with the
 * database is soon glad of it.
 */
const CROWD = 40

/**
 * Where the last batch had company, the next one has it as well, if it waits for it a little: so
 * many milliseconds, or until so many are there. Whoever comes to a quiet server does not wait.
 */
const GATHER_MS = 8
const ENOUGH = 32

/**
 * Milliseconds after which whoever waits is not left behind a batch that takes long: it may stand
 * before a lock.
 */
const PATIENCE_MS = 25

export class KeyedBatcher<Item, Result> {
  #options: Required<KeyedBatcherOptions<Item, Result>>
  /**
   * Of keys that no batch in flight holds: those that came first, then those that were held, in
   * turn.
   */
  #ready = new Map<string, Waiting<Item, Result>[]>()
  /** Of keys that one does hold: what came for them meanwhile. */
  #held = new Map<string, Waiting<Item, Result>[]>()
  #waiting = 0
  #readyCount = 0
  #inFlight = 0
  #turn: NodeJS.Immediate | undefined
  #patience: NodeJS.Timeout | undefined
  #gathering: NodeJS.Timeout | undefined
  #lastSize = 0
  #drained: (() => void)[] = []

  constructor(options: KeyedBatcherOptions<Item, Result>) {
    this.#options = { elapsed: () => performance.now(), ...options }
  }

  get depth(): number {
    return this.#waiting
  }

  /** Whether whatever comes now would not be taken. */
  get isFull(): boolean {
    return this.#waiting >= this.#options.maxWaiting
  }

  /**
   * Null when too many wait already, in all or of its key, or for too long; or, later, when its
   * turn came too late. Then nothing was done with it, and the sender may come again.
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
      // What arrives in the same turn of the event loop shares a batch.
      this.#turn ??= setImmediate(() => {
        this.#turn = undefined
        this.#dispatch()
      })
    }
    return result
  }

  /** Resolves when everything that was taken is answered. */
  async drained(): Promise<void> {
    if (this.#waiting + this.#inFlight > 0) await new Promise<void>((resolve) => this.#drained.push(resolve))
  }

  #dispatch(): void {
    const gathers = this.#inFlight === 0 && this.#lastSize > 2 && this.#readyCount > 0 && this.#readyCount < ENOUGH
    if (gathers) {
      this.#gathering ??= setTimeout(() => this.#dispatchNow(), GATHER_MS)
    } else {
      this.#dispatchNow()
    }
  }

  #dispatchNow(): void {
    clearTimeout(this.#gathering)
    this.#gathering = undefined
    while (this.#readyCount > 0 && this.#inFlight < this.#options.lanes) {
      if (this.#inFlight > 0 && this.#readyCount < CROWD) {
        this.#patience ??= setTimeout(() => {
          this.#patience = undefined
          if (this.#inFlight < this.#options.lanes) this.#start()
          this.#dispatch()
        }, PATIENCE_MS)
        return
      }
      this.#start()
    }
  }

  #start(): void {
    this.#giveUp()
    if (this.#readyCount > 0) void this.#run(this.#gather())
    else this.#tellDrained()
  }

  #tellDrained(): void {
    if (this.#waiting + this.#inFlight === 0) for (const resolve of this.#drained.splice(0)) resolve()
  }

  /**
   * A batch of the keys whose turn it is. No key takes more than its share while others could fill
   * the batch; and one with more than that has none but its like beside it: its lock may be another
   * process's for long, and all of its batch wait for that.
   */
  #gather(): Map<string, Waiting<Item, Result>[]> {
    clearTimeout(this.#patience)
    this.#patience = undefined
    const { maxBatch } = this.#options
    const share = Math.ceil(maxBatch / 4)
    const batch = new Map<string, Waiting<Item, Result>[]>()
    let room = maxBatch
    let floods: boolean | undefined
    for (const [key, queue] of this.#ready) {
      if (room === 0) break
      floods ??= queue.length > share
      if (queue.length > share !== floods) continue
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
    this.#tellDrained()
  }
}
