// A lane serves its share of the businesses: one batch in flight, the next gathers meanwhile. No timer: batches grow with load.

export interface LaneOptions<Item, Result> {
  /** Handles a batch; gives one result an item, in their order. It does not throw: a failure is a result. */
  work: (items: Item[]) => Promise<Result[]>
  maxBatch: number
  /** Items that may wait beyond the batch in flight. */
  maxQueue: number
}

interface Waiting<Item, Result> {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

export class Lane<Item, Result> {
  #options: LaneOptions<Item, Result>
  #queue: Waiting<Item, Result>[] = []
  #running: Promise<void> | null = null

  constructor(options: LaneOptions<Item, Result>) {
    this.#options = options
  }

  get depth(): number {
    return this.#queue.length
  }

  /** Null when the queue is full: nothing was taken, and the sender may come again. */
  submit(item: Item): Promise<Result> | null {
    if (this.#queue.length >= this.#options.maxQueue) return null
    const result = new Promise<Result>((resolve, reject) => this.#queue.push({ item, resolve, reject }))
    this.#running ??= this.#run()
    return result
  }

  /** Resolves when everything that was taken is answered. */
  async drained(): Promise<void> {
    while (this.#running !== null) await this.#running
  }

  async #run(): Promise<void> {
    // Deliveries that arrived in the same turn of the event loop share a batch.
    await Promise.resolve()
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, this.#options.maxBatch)
      try {
        const results = await this.#options.work(batch.map((waiting) => waiting.item))
        batch.forEach((waiting, index) => {
          waiting.resolve(results[index] as Result)
        })
      } catch (error) {
        for (const waiting of batch) waiting.reject(error)
      }
    }
    this.#running = null
  }
}
