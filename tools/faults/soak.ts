// The soak: the pair serves a simulated world at the highest fault level while one fault after the
// other strikes.
import { setTimeout as delay } from 'node:timers/promises'
import { listBusinesses } from '../../src/businesses/businesses.ts'
import { prove } from '../harness/businesses.ts'
import { hostOf } from '../simulator/cli/own-loyapro.ts'
import { asLines, isClean, type Summary } from '../simulator/compare/summary.ts'
import type { RunOptions } from '../simulator/options.ts'
import { runOnHost } from '../simulator/run.ts'
import { type Fault, type FaultContext, NothingToBreak } from './fault.ts'
import { DATABASE_FAULTS } from './faults-of-database.ts'
import { NETWORK_FAULTS } from './faults-of-network.ts'
import { PROCESS_FAULTS } from './faults-of-processes.ts'
import { startFront } from './front.ts'
import { TIMEOUT_MS } from './post.ts'
import { Successes } from './successes.ts'

export const SOAK: Fault = {
  name: 'soak',
  title:
    'a simulated world at the highest fault level, while processes, PostgreSQL and its network break one after the other',
  async strike(context) {
    await context.clients.whileQuiet(() => soak(context))
    context.struck()
  },
}

const STRIKES = [...PROCESS_FAULTS, ...DATABASE_FAULTS, ...NETWORK_FAULTS].filter(({ needs }) => needs === undefined)

async function soak(context: FaultContext): Promise<void> {
  const { world, pair, round, random, clients, note } = context
  const successes = new Successes()
  await using front = await startFront(pair, successes)
  const ending = new AbortController()
  const host = await hostOf(world.ctx, front.url, { foodics: world.token })
  await restart(pair)
  const run = runOnHost(host, {
    ...RUN,
    seed: `soak ${random.uuid()}`,
    size: { of: 'deliveries', count: context.soakDeliveries },
    signal: ending.signal,
  })
  try {
    const strikes = await strikeUntil(run, context, successes)
    const summary = await run.catch((error: Error) => error)
    if (summary instanceof Error) {
      clients.outcomes.odd.push(`the simulator failed in round ${round + 1}: ${summary.message}`)
      return
    }
    note(`${outcomeOf(summary)}; ${wordsOf(strikes)}`)
    if (!isClean(summary)) clients.outcomes.odd.push(`the simulator in round ${round + 1}:`, ...asLines(summary))
    for (const { name } of strikes.filter(({ seconds }) => seconds === null)) {
      clients.outcomes.odd.push(`the simulator got no 2xx within 30 s of ${name}`)
    }
    const shops = (await listBusinesses(world.db)).filter(({ id }) => !world.businesses.includes(id))
    clients.outcomes.odd.push(...(await prove(world.ctx, shops)))
  } finally {
    ending.abort()
    await run.catch(() => {})
  }
}

const RUN: Omit<RunOptions, 'seed' | 'signal' | 'size'> = {
  days: 14,
  faultLevel: 'full',
  concurrency: 24,
  speed: null,
  patienceMs: TIMEOUT_MS,
  waitUntil: null,
  screen: { write: () => {}, isTerminal: false },
}

/** A server reads POS systems when it starts, and otherwise some seconds later. */
async function restart(pair: FaultContext['pair']): Promise<void> {
  for (const server of pair) {
    await server.stop()
    await server.start()
  }
}

interface Strike {
  name: string
  /**
   * Seconds until the first 2xx answer to a request that began after the harm; null when there was
   * none within 30 s.
   */
  seconds: number | null
}

/**
 * Strikes with the faults in an order that depends on the seed, with a pause before each.
 */
async function strikeUntil(run: Promise<Summary>, context: FaultContext, successes: Successes): Promise<Strike[]> {
  let isOver = false
  const end = () => {
    isOver = true
  }
  const over = run.then(end, end)
  const turns = context.random.fork('turns').shuffled(STRIKES)
  const strikes: Strike[] = []
  for (let n = 0; ; n++) {
    const random = context.random.fork(`strike ${n}`)
    await Promise.race([delay(random.int(500, 3_000)), over])
    if (isOver) return strikes
    let served: Promise<number | null> = Promise.resolve(null)
    const struck = () => {
      served = successes.next(30)
    }
    const fault = turns[n % turns.length] as Fault
    try {
      await fault.strike({ ...context, round: Math.floor(n / turns.length), random, struck })
    } catch (error) {
      // The simulator only reads at its end, when it compares balances. Were LoyaPro stuck, the
      // simulator would run out of patience and report it.
      if (!isOver && !(error instanceof NothingToBreak)) throw error
      continue
    }
    const seconds = await Promise.race([served, over.then(() => null)])
    if (isOver) return strikes
    strikes.push({ name: fault.name, seconds })
  }
}

function outcomeOf({ deliveries, orders, claims, comparisons }: Summary): string {
  const balances = comparisons.reduce((sum, one) => sum + one.balances, 0)
  const differences = comparisons.reduce((sum, one) => sum + one.differences.length, 0)
  const all = `${deliveries} deliveries of ${orders} orders, ${claims.made} claims, ${balances} balances`
  return `${all}: ${differences === 0 ? 'no difference' : `${differences} differ`}`
}

function wordsOf(strikes: readonly Strike[]): string {
  const counts = [...Map.groupBy(strikes, ({ name }) => name)].map(([name, all]) => `${all.length} × ${name}`)
  const seconds = strikes.map((one) => one.seconds ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b)
  const [median, worst] = [seconds[seconds.length >> 1], seconds.at(-1)].map((each) => each?.toFixed(2) ?? '–')
  return `${strikes.length} strikes (${counts.join(', ')}), 2xx again after ${median} s, at worst ${worst} s`
}
