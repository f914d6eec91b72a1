// The till beside ingest: codes are checked and redeemed at a steady rate while orders come in at
// half load.
import { randomUUID } from 'node:crypto'
import { lockBusinesses } from '../../src/db/business-lock.ts'
import { assert, must } from '../../src/kernel/assert.ts'
import { adjustBalance } from '../../src/programs/adjust.ts'
import { createProgramCache, loadPrograms, type ProgramCache } from '../../src/programs/store.ts'
import { makeClaim } from '../../src/rewards/claims/make-claim.ts'
import { phoneOf, referenceOf } from './bodies.ts'
import type { DriveResult } from './load.ts'
import { type Load, startLoad, type Target } from './processes.ts'
import { type Percentiles, round } from './statistics.ts'
import type { BenchWorld } from './world.ts'

/** Of one of the till's two calls. */
export interface TillCall {
  calls: number
  failed: Record<string, number>
  per_second: number
  latency_ms: Percentiles
}

export interface TillFigures {
  /** Orders that came in meanwhile. */
  orders_per_second: number
  check: TillCall
  redeem: TillCall
}

export interface TillStretch {
  load: Load
  seconds: number
  /** Orders that fall due. */
  ordersPerSecond: number
  /** Checks that fall due, and as many redemptions. */
  callsPerSecond: number
  /** For which tills call before anything is measured: shops have been open for a while. */
  warmUpSeconds: number
  signal?: AbortSignal
}

/**
 * Every code is made before, and checked once, or redeemed once for an order of its own; a call is
 * timed from when it was due.
 */
export async function measureTill(
  world: BenchWorld,
  target: Target,
  { load, seconds, ordersPerSecond, callsPerSecond, warmUpSeconds, signal }: TillStretch,
): Promise<TillFigures> {
  // As random instants have it some more may fall due than on average.
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

export interface Code {
  reference: number
  phone: string
  code: string
}

/** Minor units of cashback that each code is good for. */
export const AMOUNT = 500

/**
 * Of customers all over the world's businesses, each with enough cashback; good for longer than any
 * benchmark takes.
 */
export async function makeCodes(world: BenchWorld, count: number): Promise<Code[]> {
  const { size } = world
  const cache = createProgramCache()
  const codes: Code[] = new Array(count)
  let next = 0
  const worker = async () => {
    for (let k = next++; k < count; k = next++) {
      const n = k % size.businesses
      const m = Math.floor(k / size.businesses) % size.customersPerBusiness
      const phone = phoneOf(n, m, size)
      codes[k] = { reference: referenceOf(n), phone, code: await makeCode(world, cache, n, phone) }
    }
  }
  await Promise.all([worker(), worker(), worker()])
  return codes
}

function makeCode({ ctx, businesses }: BenchWorld, cache: ProgramCache, n: number, phone: string): Promise<string> {
  const businessId = must(businesses[n], 'the business')
  return ctx.db.transaction(async (tx) => {
    const lock = await lockBusinesses(tx, [businessId])
    const programs = must((await loadPrograms(tx, lock.businesses, cache)).get(businessId), 'its programs')
    const [row] = await tx.query<{ customerId: string; programId: string }>(WHO, [businessId, `+966${phone}`])
    const { customerId, programId } = must(row, 'the customer')
    const gift = { customerId, programId, units: AMOUNT, note: 'Sample', allowDebt: false }
    const given = await adjustBalance(tx, programs, gift, ctx)
    assert(given.kind === 'adjusted', `no cashback could be given: ${given.kind}`)
    const pick = { programId, amount: AMOUNT }
    const made = await makeClaim(tx, lock, programs, { customerId, pick, validMs: 86_400_000 }, ctx)
    assert(made.kind === 'claimed', `no code could be made: ${made.kind}`)
    return made.claim.code
  })
}

const WHO = `
select c.id as "customerId", p.id as "programId" from customers c join programs p on p.business_id = c.business_id
where c.business_id = $1 and c.phone = $2 and p.type = 'cashback'`

export function checkBody({ reference, phone, code }: Code): string {
  return JSON.stringify(request({ reference, phone, code }))
}

export function redeemBody(code: Code, orderId: string): string {
  return JSON.stringify({ ...request(code), order_id: orderId, discount_amount: AMOUNT / 100 })
}

function request({ reference, phone, code }: Code) {
  return {
    business_reference: reference,
    reward_code: code,
    customer_mobile_number: phone,
    mobile_country_code: 966,
  }
}

function callOf({ done, failed, perSecond, ms }: DriveResult): TillCall {
  return { calls: done, failed, per_second: round(perSecond, 1), latency_ms: ms }
}
