// Runs faults: rounds of each under load, and after each fault a comparison of the acknowledged and
// the stored orders.
import { setTimeout as delay } from 'node:timers/promises'
import { type Code, makeCodes } from '../harness/codes.ts'
import { createServer, type Server, startAll } from '../harness/server.ts'
import { withWorld } from '../harness/world.ts'
import { Random } from '../simulator/world/random.ts'
import { type Audit, audit, type Expected } from './audit.ts'
import { type Outcomes, startClients } from './clients.ts'
import type { Fault, FaultContext } from './fault.ts'
import { startProxy } from './proxy.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'

export interface FaultPlan {
  faults: readonly Fault[]
  /** Number of rounds of each fault. */
  rounds: number
  clients: number
  /** Milliseconds that each client waits between two orders. Default: none. */
  pauseMs?: number
  /** Default: 2,000. */
  soakDeliveries?: number
  /** Decides every moment, choice and order. The timing of the machine is not reproducible. */
  seed: number
  /** Called with each line of progress. */
  say: (line: string) => void
}

export interface FaultResult extends Audit, Pick<Outcomes, 'odd' | 'refused' | 'givenUp'> {
  name: string
  title: string
  /** Why the fault was not run, with all counts 0; null when it was run. */
  notRun: string | null
  rounds: number
  /**
   * Seconds from the harm to the first 2xx answer to a request that began after it, by round; null
   * when there was none within 30 s.
   */
  seconds_to_success: (number | null)[]
  /** Further measurements of a fault, in words. */
  notes: string[]
}

/** Faults with special needs run after the others, in worlds of their own. */
export async function runFaults(plan: FaultPlan): Promise<FaultResult[]> {
  const results: FaultResult[] = []
  for (const needs of [undefined, 'no proxy', 'small disk'] as const) {
    const faults = plan.faults.filter((fault) => fault.needs === needs)
    if (faults.length === 0) continue
    const disk = needs === 'small disk' ? await mountSmallDisk() : null
    if (typeof disk === 'string') {
      results.push(...faults.map((fault) => ({ ...nothingOf(fault), notRun: disk })))
      continue
    }
    try {
      results.push(...(await runIn({ disk, isDirect: needs === 'no proxy' }, faults, plan)))
    } finally {
      await disk?.close()
    }
  }
  return results
}

async function runIn(
  { disk, isDirect }: { disk: SmallDisk | null; isDirect: boolean },
  faults: readonly Fault[],
  plan: FaultPlan,
): Promise<FaultResult[]> {
  const where = disk ? { under: disk.directory } : {}
  return await withWorld({ businesses: 6, customersPerBusiness: 40 }, where, async (world) => {
    await using opened = new AsyncDisposableStack()
    const address = new URL(world.databaseUrl)
    const proxy = await startProxy(Number(address.port))
    opened.defer(() => proxy.close())
    if (!isDirect) {
      // Over TCP, because a proxy cannot be in front of the Unix socket.
      address.searchParams.delete('host')
      address.port = String(proxy.port)
    }
    const options = { databaseUrl: address.href }
    const pair: [Server, Server] = [createServer(world.ctx, options), createServer(world.ctx, options)]
    opened.defer(async () => void (await Promise.all(pair.map((server) => server.stop('SIGKILL')))))
    await startAll(pair)
    const expected: Expected = { acknowledged: new Map(), codes: [], spent: new Map() }
    const results: FaultResult[] = []
    for (const fault of faults) {
      plan.say(`${fault.name}: ${fault.title} …`)
      results.push(await runFault({ world, pair, proxy, disk }, fault, plan, expected))
    }
    return results
  })
}

async function runFault(
  around: Pick<FaultContext, 'world' | 'pair' | 'proxy' | 'disk'>,
  fault: Fault,
  plan: FaultPlan,
  expected: Expected,
): Promise<FaultResult> {
  const random = new Random(`faults ${plan.seed} ${fault.name}`)
  const codes = await makeCodes(around.world, 10 + 30 * plan.rounds)
  const clients = startClients(around.world, around.pair, {
    clients: plan.clients,
    pauseMs: plan.pauseMs ?? 0,
    random: random.fork('clients'),
    codes,
  })
  const seconds: (number | null)[] = []
  const notes: string[] = []
  try {
    for (let round = 0; round < plan.rounds; round++) {
      await delay(500)
      let success: Promise<number | null> = Promise.resolve(null)
      const struck = () => {
        success = clients.nextSuccess(30)
      }
      const note = (text: string) => void notes.push(`round ${round + 1}: ${text}`)
      await fault.strike({
        ...around,
        clients,
        soakDeliveries: plan.soakDeliveries ?? 2_000,
        round,
        random: random.fork(`round ${round}`),
        struck,
        note,
      })
      seconds.push(await success)
    }
    await delay(500)
    // A short round on a busy machine can end before a till has redeemed a code.
    for (const ends = performance.now() + 10_000; clients.outcomes.spent.size === 0 && performance.now() < ends; )
      await delay(50)
  } finally {
    await clients.stop()
  }
  const { outcomes } = clients
  const found = await audit(around.world, remember(expected, outcomes, codes))
  return {
    ...nothingOf(fault),
    rounds: plan.rounds,
    seconds_to_success: seconds,
    notes,
    ...found,
    acknowledged: outcomes.acknowledged.size,
    codes: outcomes.spent.size,
    odd: outcomes.odd,
    refused: outcomes.refused,
    givenUp: outcomes.givenUp,
  }
}

/** Adds the outcomes to those of earlier faults, which must survive the later ones. */
function remember(expected: Expected, outcomes: Outcomes, codes: readonly Code[]): Expected {
  for (const [id, reference] of outcomes.acknowledged) expected.acknowledged.set(id, reference)
  for (const [code, spent] of outcomes.spent) expected.spent.set(code, spent)
  expected.codes.push(...codes)
  return expected
}

function nothingOf({ name, title }: Fault): FaultResult {
  return {
    name,
    title,
    notRun: null,
    rounds: 0,
    seconds_to_success: [],
    notes: [],
    acknowledged: 0,
    codes: 0,
    lost: 0,
    doubled: 0,
    differences: [],
    odd: [],
    refused: {},
    givenUp: 0,
  }
}

/**
 * Whether nothing was lost, applied twice or unproven, and the service came back each time. A fault
 * that was not run is not sound.
 */
export function isSound(result: FaultResult): boolean {
  const { lost, doubled, differences, odd, seconds_to_success: seconds, acknowledged, codes } = result
  const back = seconds.length > 0 && seconds.every((each) => each !== null)
  return lost + doubled + differences.length + odd.length === 0 && back && acknowledged > 0 && codes > 0
}
