// One stretch of load on one server, and the cost per order.
import type { Database } from '../../src/db/database.ts'
import { median, type Percentiles, round } from '../harness/statistics.ts'
import type { ClosedDrive, DriveResult, OpenDrive } from './load.ts'
import { memoryOf, read } from './meters.ts'
import type { Load, Target } from './processes.ts'

export interface Measured {
  orders: number
  failed: Record<string, number>
  orders_per_second: number
  latency_ms: Percentiles
  cpu_ms_per_order: { server: number | null; postgres: number | null; load: number }
  wal_bytes_per_order: number
  full_page_images_per_order: number
  stored_bytes_per_order: number
  rss_mb: number | null
}

export interface Stretch {
  db: Database
  directory: string
  load: Load
  seconds: number
  most?: number
  how: ClosedDrive | OpenDrive
}

export async function measure(target: Target, { db, directory, load, seconds, most, how }: Stretch): Promise<Measured> {
  const { ports, path, token, pids } = target
  const before = await read(db, pids, directory)
  const driven = await load.drive({ ports, path, token, seconds, how, ...(most !== undefined && { most }) })
  const after = await read(db, pids, directory)
  return perOrder(driven, before, after, await memoryOf(pids))
}

type Readings = Awaited<ReturnType<typeof read>>

function perOrder(driven: DriveResult, before: Readings, after: Readings, memory: number | null): Measured {
  const orders = Math.max(1, driven.done)
  const each = (key: keyof Readings, places: number) => {
    const [from, to] = [before[key], after[key]]
    return from === null || to === null ? null : round((to - from) / orders, places)
  }
  return {
    orders: driven.done,
    failed: driven.failed,
    orders_per_second: round(driven.perSecond, 1),
    latency_ms: driven.ms,
    cpu_ms_per_order: {
      server: each('serverCpuMs', 4),
      postgres: each('postgresCpuMs', 4),
      load: round(driven.loadCpuMs / orders, 4),
    },
    wal_bytes_per_order: each('walBytes', 0) ?? 0,
    full_page_images_per_order: each('fullPageImages', 3) ?? 0,
    stored_bytes_per_order: each('databaseBytes', 0) ?? 0,
    rss_mb: memory === null ? null : round(memory / 2 ** 20, 0),
  }
}

/**
 * The median of each number over the rounds, the sum of failures and orders, and the maximum of
 * memory.
 */
export function medianOf(rounds: readonly Measured[]): Measured {
  const of = (pick: (one: Measured) => number) => round(median(rounds.map(pick)), 4)
  const maybe = (pick: (one: Measured) => number | null) =>
    rounds.some((one) => pick(one) === null) ? null : of((one) => pick(one) ?? 0)
  const failed: Record<string, number> = {}
  for (const one of rounds) for (const [key, n] of Object.entries(one.failed)) failed[key] = (failed[key] ?? 0) + n
  const memories = rounds.flatMap(({ rss_mb }) => (rss_mb === null ? [] : [rss_mb]))
  return {
    orders: rounds.reduce((sum, one) => sum + one.orders, 0),
    failed,
    orders_per_second: of((one) => one.orders_per_second),
    latency_ms: {
      p50: of((one) => one.latency_ms.p50),
      p95: of((one) => one.latency_ms.p95),
      p99: of((one) => one.latency_ms.p99),
      max: Math.max(...rounds.map((one) => one.latency_ms.max)),
    },
    cpu_ms_per_order: {
      server: maybe((one) => one.cpu_ms_per_order.server),
      postgres: maybe((one) => one.cpu_ms_per_order.postgres),
      load: of((one) => one.cpu_ms_per_order.load),
    },
    wal_bytes_per_order: of((one) => one.wal_bytes_per_order),
    full_page_images_per_order: of((one) => one.full_page_images_per_order),
    stored_bytes_per_order: of((one) => one.stored_bytes_per_order),
    rss_mb: memories.length === 0 ? null : Math.max(...memories),
  }
}
