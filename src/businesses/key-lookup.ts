// Looks up API keys for many callers with few queries, so that unknown keys cost the database
// little.

/**
 * `patient`: the address of the caller has failed often. It waits for the next round of such
 * callers; the result is `busy` when too many wait.
 */
export type Lookup<Found> = (prefix: string, options?: { patient?: boolean }) => Promise<Found | null | 'busy'>

export interface LookupOptions {
  /** Milliseconds between two rounds of patient callers. */
  roundMs?: number
  /** Maximum number of prefixes of patient callers that wait for a round. */
  maxPatient?: number
  /** Maximum number of cached prefixes that were not found. */
  maxUnknown?: number
}

/**
 * One query runs at a time and takes all prefixes that arrived in the meantime. For patient
 * callers, a prefix that was not found is not looked up again: up to twice `maxUnknown` prefixes
 * are cached.
 */
export function createKeyLookup<Found>(
  findAll: (prefixes: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
  { roundMs = 250, maxPatient = 1_000, maxUnknown = 10_000 }: LookupOptions = {},
): Lookup<Found> {
  let unknown = new Set<string>()
  let unknownBefore = new Set<string>()
  let gathered = new Map<string, PromiseWithResolvers<Found | null>>()
  /** The prefixes of the running query: another caller of the same prefix shares its result. */
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
