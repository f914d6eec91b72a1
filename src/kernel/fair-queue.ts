// A queue before a connection pool: limits the requests that run at the same time, and serves
// businesses in turn.

/** A `list` reads many rows; anything else is `single`. */
export type RequestKind = 'list' | 'single'

export interface FairQueueOptions {
  /** The maximum of requests that run at the same time: at most the connections of the pool. */
  maxRunning: number
  /** The maximum for one key, and for its lists. */
  maxRunningOfOne: number
  maxListsOfOne: number
  /** The maximum of waiting requests, in total and for one key. */
  maxWaiting: number
  maxWaitingOfOne: number
  /** The maximum time that a request waits, in milliseconds. */
  maxWaitMs: number
}

/**
 * Why a request was not run. `too_many_of_one`: its key is at a limit. `too_many`: the server is.
 * `gone`: the caller has disconnected.
 */
export type NotRun = 'too_many_of_one' | 'too_many' | 'gone'

/** Thrown by `run` when `work` was not started. */
export class NotRunError extends Error {
  override name = 'NotRunError'
  readonly reason: NotRun

  constructor(reason: NotRun) {
    super(`the request was not run: ${reason}`)
    this.reason = reason
  }
}

export interface FairQueue {
  /**
   * Runs `work` when it is the turn of `key`, immediately if there is room. Keys take turns; the
   * requests of one key keep their sequence within a kind. A request whose `isGone` returns true at
   * its turn is not started. Throws NotRunError.
   */
  run<T>(key: string, kind: RequestKind, work: () => Promise<T>, isGone?: () => boolean): Promise<T>
  /** The number of waiting requests. */
  readonly waiting: number
}

interface Waiter {
  start: () => void
  refuse: (reason: NotRun) => void
  isGone: () => boolean
}

/** The running and waiting requests of one key. */
interface Line {
  running: number
  lists: number
  waiting: Record<RequestKind, Waiter[]>
}

export function createFairQueue(options: FairQueueOptions): FairQueue {
  const lines = new Map<string, Line>()
  /** Keys with waiting requests, in the sequence of their turns. */
  const turns = new Map<string, Line>()
  let running = 0
  let waiting = 0

  const mayRun = (line: Line, kind: RequestKind) =>
    running < options.maxRunning &&
    line.running < options.maxRunningOfOne &&
    (kind === 'single' || line.lists < options.maxListsOfOne)

  const begin = (line: Line, kind: RequestKind) => {
    running += 1
    line.running += 1
    if (kind === 'list') line.lists += 1
  }

  const end = (key: string, line: Line, kind: RequestKind) => {
    running -= 1
    line.running -= 1
    if (kind === 'list') line.lists -= 1
    if (line.running === 0 && waitingOf(line) === 0) lines.delete(key)
    startNext()
  }

  const startNext = () => {
    while (running < options.maxRunning) {
      const next = nextTurn()
      if (next === null) return
      next.start()
    }
  }

  /**
   * The first request that can run, of the first key that has one; this key moves to the end of the
   * queue.
   */
  const nextTurn = (): Waiter | null => {
    for (const [key, line] of turns) {
      const kind = KINDS.find((one) => line.waiting[one].length > 0 && mayRun(line, one))
      const waiter = kind && line.waiting[kind].shift()
      if (!kind || !waiter) continue
      waiting -= 1
      turns.delete(key)
      if (waitingOf(line) > 0) turns.set(key, line)
      if (!waiter.isGone()) {
        begin(line, kind)
        return waiter
      }
      waiter.refuse('gone')
      if (line.running === 0 && waitingOf(line) === 0) lines.delete(key)
    }
    return null
  }

  const turnOf = (key: string, line: Line, kind: RequestKind, isGone: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const refuse = (reason: NotRun) => {
        clearTimeout(timer)
        reject(new NotRunError(reason))
      }
      const waiter: Waiter = {
        isGone,
        refuse,
        start() {
          clearTimeout(timer)
          resolve()
        },
      }
      const giveUp = () => {
        line.waiting[kind].splice(line.waiting[kind].indexOf(waiter), 1)
        waiting -= 1
        if (waitingOf(line) === 0) turns.delete(key)
        refuse(isAtLimit(line, kind) ? 'too_many_of_one' : 'too_many')
        if (line.running === 0 && waitingOf(line) === 0) lines.delete(key)
      }
      const timer = setTimeout(giveUp, options.maxWaitMs)
      line.waiting[kind].push(waiter)
      waiting += 1
      turns.set(key, line)
    })

  const isAtLimit = (line: Line, kind: RequestKind) =>
    line.running >= options.maxRunningOfOne || (kind === 'list' && line.lists >= options.maxListsOfOne)

  return {
    async run(key, kind, work, isGone = () => false) {
      const line = lines.get(key) ?? { running: 0, lists: 0, waiting: { list: [], single: [] } }
      // A waiting request of this kind cannot run yet either, so none is overtaken.
      const runsNow = line.waiting[kind].length === 0 && mayRun(line, kind)
      if (!runsNow && waitingOf(line) >= options.maxWaitingOfOne) throw new NotRunError('too_many_of_one')
      if (!runsNow && waiting >= options.maxWaiting)
        throw new NotRunError(isAtLimit(line, kind) ? 'too_many_of_one' : 'too_many')
      lines.set(key, line)
      if (runsNow) begin(line, kind)
      else await turnOf(key, line, kind, isGone)
      try {
        return await work()
      } finally {
        end(key, line, kind)
      }
    },
    get waiting() {
      return waiting
    },
  }
}

/** Within one key, quick requests run before lists. */
const KINDS = ['single', 'list'] as const

function waitingOf({ waiting }: Line): number {
  return waiting.list.length + waiting.single.length
}
