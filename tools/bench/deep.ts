// The deep part: the cost of an order beside few and beside millions of stored orders, and the
// throughput of several processes.

import { round } from '../harness/statistics.ts'
import type { World } from '../harness/world.ts'
import { type Measured, measure } from './measure.ts'
import type { Plan } from './plan.ts'
import { type Load, startLoyaPro, type Target } from './processes.ts'

export interface Deep {
  /** With the number of stored orders at the time of measurement. */
  small: Measured & { stored: number }
  large: Measured & { stored: number }
  /** Processor time of LoyaPro and PostgreSQL together for one order, large over small. */
  cost_ratio: number | null
  /** At saturation, by the number of processes. */
  processes: Record<number, Measured>
}

export async function runDeep(
  plan: Plan,
  stored: { small: number; large: number },
  world: World,
  load: Load,
): Promise<Deep> {
  const small = await withProcesses(plan, world, load, 1, async (target) => {
    // Warming up fills the database, so the orders are removed afterwards.
    await emptyOrders(world)
    return fillAndMeasure(plan, stored.small, world, load, target)
  })
  const processes: Deep['processes'] = {}
  for (const count of [1, 2, 4]) {
    plan.say(`${count} processes …`)
    const stretched = (target: Target) => measure(target, stretch(plan, world, load))
    processes[count] = await withProcesses(plan, world, load, count, stretched)
  }
  const large = await withProcesses(plan, world, load, 1, (target) =>
    fillAndMeasure(plan, stored.large, world, load, target),
  )
  const [before, after] = [costOf(small), costOf(large)]
  return { small, large, cost_ratio: before && after ? round(after / before, 3) : null, processes }
}

function stretch(plan: Plan, { db, directory }: World, load: Load) {
  return { db, directory, load, seconds: plan.seconds * 3, how: saturation(plan) }
}

function saturation({ connections }: Plan) {
  return { kind: 'closed', connections } as const
}

/** Warms up all processes. */
async function withProcesses<T>(
  plan: Plan,
  world: World,
  load: Load,
  count: number,
  use: (target: Target) => Promise<T>,
): Promise<T> {
  const target = await startLoyaPro(world, count)
  try {
    const { ports, path, token } = target
    await load.drive({ ports, path, token, seconds: plan.warmUpSeconds * 3, how: saturation(plan) })
    return await use(target)
  } finally {
    await target.stop()
  }
}

/** Fills the database with orders through the API, so that the stored layout is realistic. */
async function fillAndMeasure(plan: Plan, stored: number, world: World, load: Load, target: Target) {
  const { ports, path, token } = target
  for (let missing = await missingOf(world, stored); missing > 0; missing = await missingOf(world, stored)) {
    plan.say(`filling up to ${stored} orders, ${missing} to go …`)
    await load.drive({ ports, path, token, seconds: 60, most: missing, how: saturation(plan) })
  }
  await world.db.query('vacuum analyze')
  await world.db.query('checkpoint')
  plan.say(`at ${stored} orders …`)
  return { stored, ...(await measure(target, stretch(plan, world, load))) }
}

async function missingOf({ db }: World, stored: number): Promise<number> {
  const [row] = await db.query<{ count: number }>('select count(*) from orders')
  return stored - (row?.count ?? 0)
}

/** Removes all orders; the customers stay. */
async function emptyOrders({ db }: World): Promise<void> {
  await db.query('truncate orders, deliveries, transfers, lots, claims')
  await db.query(
    'update accounts set available = 0, pending = 0, held = 0, issued = 0, redeemed = 0, expired = 0, adjusted = 0, written_off = 0',
  )
  await db.query('vacuum full accounts')
}

function costOf({ cpu_ms_per_order: { server, postgres } }: Measured): number | null {
  return server === null || postgres === null ? null : server + postgres
}
