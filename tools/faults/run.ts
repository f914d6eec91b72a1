// Runs faults: rounds of each under load, and after each fault the account of what was acknowledged
// and what is there.
import { setTimeout as delay } from 'node:timers/promises'
import { type Code, makeCodes } from '../harness/codes.ts'
import { createServer, type Server, startAll } from '../harness/server.ts'
import { withWorld } from '../harness/world.ts'
import { Random } from '../simulator/world/random.ts'
import { type Audit, audit, type Expected } from './audit.ts'
import { startClients, type Told } from './clients.ts'
import type { Fault, FaultContext } from './fault.ts'
import { startProxy } from './proxy.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'

export interface FaultPlan {
  faults: readonly Fault[]
  /** Of each fault. */
  rounds: number
  clients: number
  /** From which every moment, choice and order follows; what the machine makes of it is its own. */
  seed: number
  /** Told what is going on. */
  say: (line: string) => void
}

export interface FaultResult extends Audit, Pick<Told, 'odd' | 'refused' | 'givenUp'> {
  name: string
  title: string
  /** Why it was not run; null when it was. Then there is nothing else. */
  notRun: string | null
  rounds: number
  /**
   * From the harm to the answer 2xx of a request that was begun after it, by round; null when none
   * came within 30 s.
   */
  seconds_to_success: (number | null)[]
  /** What else a fault measured, in words. */
  notes: string[]
}

/** Faults with needs of their own have a world of their own, after the others. */
export async function runFaults(plan: FaultPlan): Promise<FaultResult[]> {
  const results: FaultResult[] = []
  for (const needs of [undefined, 'no detour', 'small disk'] as const) {
    const faults = plan.faults.filter((fault) => fault.needs === needs)
    if (faults.length === 0) continue
    const disk = needs === 'small disk' ? await mountSmallDisk() : null
    if (typeof disk === 'string') {
      results.push(...faults.map((fault) => ({ ...nothingOf(fault), notRun: disk })))
      continue
    }
    try {
      results.push(...(await runIn({ disk, isDirect: needs === 'no detour' }, faults, plan)))
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
      // Not by its socket, which nobody stands before.
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
    random: random.fork('crowd'),
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
      await fault.strike({ ...around, clients, round, random: random.fork(`round ${round}`), struck, note })
      seconds.push(await success)
    }
    await delay(500)
    // A short round on a busy machine may be over before a till has had its turn.
    for (const ends = performance.now() + 10_000; clients.told.spent.size === 0 && performance.now() < ends; )
      await delay(50)
  } finally {
    await clients.stop()
  }
  const { told } = clients
  const found = await audit(around.world, remember(expected, told, codes))
  return {
    ...nothingOf(fault),
    rounds: plan.rounds,
    seconds_to_success: seconds,
    notes,
    ...found,
    acknowledged: told.acknowledged.size,
    codes: told.spent.size,
    odd: told.odd,
    refused: told.refused,
    givenUp: told.givenUp,
  }
}

/** What earlier faults left is looked at again: it must survive the later ones. */
function remember(expected: Expected, told: Told, codes: readonly Code[]): Expected {
  for (const [id, reference] of told.acknowledged) expected.acknowledged.set(id, reference)
  for (const [code, spent] of told.spent) expected.spent.set(code, spent)
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
 * Whether nothing was lost, doubled or unproven, and the service came back each time. What was not
 * run shows nothing.
 */
export function isSound(result: FaultResult): boolean {
  const { lost, doubled, differences, odd, seconds_to_success: seconds, acknowledged, codes } = result
  const back = seconds.length > 0 && seconds.every((each) => each !== null)
  return lost + doubled + differences.length + odd.length === 0 && back && acknowledged > 0 && codes > 0
}
