// Looks up stored API keys for many callers with few queries, so that unknown keys cost the
// database next to nothing.

/**
 * `patient`: the caller's address has failed often. It waits for the next round of such callers;
 * beyond those that may wait the answer is `busy`.
 */
export type Lookup<Found> = (prefix: string, options?: { patient?: boolean }) => Promise<Found | null | 'busy'>

export interface LookupOptions {
  /** Milliseconds between two rounds for the patient. */
  roundMs?: number
  /** Prefixes of patient callers that wait for a round, at most. */
  maxPatient?: number
  /** Prefixes that were not found and are remembered, at most. */
  maxUnknown?: number
}

/**
 * One query runs at a time and takes all prefixes that came meanwhile. For patient callers, what
 * was not found before is not looked up again: up to twice `maxUnknown` prefixes are remembered.
 */
export function createKeyLookup<Found>(
  findAll: (prefixes: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
  { roundMs = 250, maxPatient = 1_000, maxUnknown = 10_000 }: LookupOptions = {},
): Lookup<Found> {
  let unknown = new Set<string>()
  let unknownBefore = new Set<string>()
  let gathered = new Map<string, PromiseWithResolvers<Found | null>>()
  /** Those of the query that runs: whoever asks for one of them meanwhile shares its answer. */
  let asked = new Map<string, PromiseWithResolvers<Found | null>>()
  let round: { prefixes: Set<string>; begins: Promise<void> } | null = null

  const remember = (prefix: string) => {
    if (unknown.size >= maxUnknown) {
      unknownBefore = unknown
      unknown = new Set()
    }
    unknown.add(prefix)
  }

  const runAll = async () => {
    while (gathered.size > 0) {
      asked = gathered
      gathered = new Map()
      try {
        const found = await findAll([...asked.keys()])
        for (const [prefix, { resolve }] of asked) {
          const one = found.get(prefix) ?? null
          if (one === null) remember(prefix)
          resolve(one)
        }
      } catch (error) {
        for (const { reject } of asked.values()) reject(error)
      }
    }
    asked = new Map()
  }

  const askFor = (prefix: string): Promise<Found | null> => {
    const shared = asked.get(prefix) ?? gathered.get(prefix)
    if (shared) return shared.promise
    const own = Promise.withResolvers<Found | null>()
    gathered.set(prefix, own)
    if (asked.size === 0) void runAll()
    return own.promise
  }

  const nextRound = () => {
    round ??= {
      prefixes: new Set(),
      begins: new Promise((resolve) =>
        setTimeout(() => {
          round = null
          resolve()
        }, roundMs).unref(),
      ),
    }
    return round
  }

  return async (prefix, { patient = false } = {}) => {
    if (patient) {
      if (unknown.has(prefix) || unknownBefore.has(prefix)) return null
      const { prefixes, begins } = nextRound()
      if (prefixes.size >= maxPatient && !prefixes.has(prefix)) return 'busy'
      prefixes.add(prefix)
      await begins
    }
    return askFor(prefix)
  }
}
