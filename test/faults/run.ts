// Runs faults: rounds of each under load, and after each fault the account of what was acknowledged and what is there.
import { setTimeout as delay } from 'node:timers/promises'
import { type BenchWorld, withWorld } from '../../bench/world.ts'
import { type Audit, audit } from './audit.ts'
import { type Clients, startClients, type Told } from './clients.ts'
import type { Fault } from './faults.ts'
import { type Server, startPair } from './pair.ts'
import { type Detour, startProxy } from './proxy.ts'

export interface FaultPlan {
  faults: readonly Fault[]
  /** Of each fault. */
  rounds: number
  clients: number
  /** Told what is going on. */
  say: (line: string) => void
}

export interface FaultResult extends Audit, Pick<Told, 'odd' | 'refused' | 'givenUp'> {
  name: string
  title: string
  rounds: number
  /** From the harm to the answer 2xx of a request that was begun after it, by round; null when none came within 30 s. */
  seconds_to_success: (number | null)[]
}

export async function runFaults({ faults, rounds, clients: count, say }: FaultPlan): Promise<FaultResult[]> {
  return await withWorld({ businesses: 6, customersPerBusiness: 40 }, {}, async (world) => {
    await using opened = new AsyncDisposableStack()
    const address = new URL(world.databaseUrl)
    const proxy = await startProxy(Number(address.port))
    opened.defer(() => proxy.close())
    address.port = String(proxy.port)
    // By TCP, through the proxy, and not by the server's socket.
    address.search = ''
    const pair = await startPair(world, address.href)
    for (const server of pair) opened.defer(() => server.end('SIGKILL'))
    const results: FaultResult[] = []
    const everything = new Map<string, number>()
    for (const [n, fault] of faults.entries()) {
      say(`${fault.name}: ${fault.title} …`)
      results.push(
        await runFault(
          { world, pair, proxy, clients: startClients(world, pair, count, n + 1) },
          fault,
          rounds,
          everything,
        ),
      )
    }
    return results
  })
}

async function runFault(
  around: { world: BenchWorld; pair: readonly [Server, Server]; proxy: Detour; clients: Clients },
  fault: Fault,
  rounds: number,
  everything: Map<string, number>,
): Promise<FaultResult> {
  const { world, clients } = around
  const seconds: (number | null)[] = []
  for (let round = 0; round < rounds; round++) {
    await delay(500)
    let success: Promise<number | null> = Promise.resolve(null)
    const struck = () => {
      success = clients.nextSuccess(30)
    }
    await fault.strike({ ...around, round, struck })
    seconds.push(await success)
  }
  await delay(500)
  const { acknowledged, odd, refused, givenUp } = await clients.stop()
  // What earlier faults left is looked at again: it must survive the later ones.
  for (const [id, reference] of acknowledged) everything.set(id, reference)
  const found = await audit(world, everything)
  return {
    ...{ name: fault.name, title: fault.title, rounds, seconds_to_success: seconds },
    ...{ ...found, acknowledged: acknowledged.size, odd, refused, givenUp },
  }
}

/** Whether nothing was lost, doubled or unproven, and the service came back each time. */
export function isSound({
  lost,
  doubled,
  differences,
  odd,
  seconds_to_success: seconds,
  acknowledged,
}: FaultResult): boolean {
  const back = seconds.every((each) => each !== null)
  return lost === 0 && doubled === 0 && differences.length === 0 && odd.length === 0 && back && acknowledged > 0
}
