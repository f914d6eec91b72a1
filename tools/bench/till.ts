// Till calls during ingest: codes are checked and redeemed at a steady rate while orders arrive at
// half load.
import { randomUUID } from 'node:crypto'
import { type Code, checkBody, makeCodes, redeemBody } from '../harness/codes.ts'
import { type Percentiles, round } from '../harness/statistics.ts'
import type { World } from '../harness/world.ts'
import type { DriveResult } from './load.ts'
import { type Load, startLoad, type Target } from './processes.ts'

/** The measurements of one kind of till call. */
export interface TillCall {
  calls: number
  failed: Record<string, number>
  per_second: number
  latency_ms: Percentiles
}

export interface TillFigures {
  /** Orders per second during the measurement. */
  orders_per_second: number
  check: TillCall
  redeem: TillCall
}

export interface TillStretch {
  load: Load
  seconds: number
  /** Rate of orders. */
  ordersPerSecond: number
  /** Rate of checks, and of redemptions. */
  callsPerSecond: number
  /** Seconds of till calls before the measurement. */
  warmUpSeconds: number
  signal?: AbortSignal
}

/**
 * All codes are made in advance. Each is checked once, or redeemed once for a separate order;
 * latency counts from the instant at which a call was due.
 */
export async function measureTill(
  world: World,
  target: Target,
  { load, seconds, ordersPerSecond, callsPerSecond, warmUpSeconds, signal }: TillStretch,
): Promise<TillFigures> {
  // Random instants can give more calls than the average.
  const countOf = (time: number) => Math.ceil(time * callsPerSecond * 1.25) + 20
  const codes = (await makeCodes(world, 2 * (countOf(warmUpSeconds) + countOf(seconds)))).values()
  await using opened = new AsyncDisposableStack()
  const startTill = async (call: 'reward' | 'redeem', bodyOf: (code: Code) => string) => {
    const till = await startLoad({ world: world.size, seed: 1 }, signal)
    opened.defer(() => till.stop())
    const path = target.path.replace(/order$/, call)
    const how = { kind: 'open', perSecond: callsPerSecond, connections: 64 } as const
    const { ports, token } = target
    return (time: number) => {
      const bodies = [...codes.take(countOf(time)).map(bodyOf)]
      return till.drive({ ports, path, token, seconds: time, most: bodies.length, bodies, how })
    }
  }
  const check = await startTill('reward', checkBody)
  const redeem = await startTill('redeem', (code) => redeemBody(code, randomUUID()))
  await Promise.all([check(warmUpSeconds), redeem(warmUpSeconds)])
  const how = { kind: 'open', perSecond: ordersPerSecond, connections: 256 } as const
  const { ports, path, token } = target
  const [orders, checked, redeemed] = await Promise.all([
    load.drive({ ports, path, token, seconds, how }),
    check(seconds),
    redeem(seconds),
  ])
  return { orders_per_second: round(orders.perSecond, 1), check: callOf(checked), redeem: callOf(redeemed) }
}

export function callOf({ done, failed, perSecond, ms }: DriveResult): TillCall {
  return { calls: done, failed, per_second: round(perSecond, 1), latency_ms: ms }
}
