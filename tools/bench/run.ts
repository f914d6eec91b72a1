// The benchmark: short rounds of A, B and LoyaPro in turn, so that a slow minute of the machine
// affects all of them.
import { arch, cpus, platform, release } from 'node:os'
import { createSigner } from 'fast-jwt'
import { proveBusiness } from '../../src/audit/verify.ts'
import { createBodies } from '../harness/bodies.ts'
import { median, round } from '../harness/statistics.ts'
import { type World, withWorld } from '../harness/world.ts'
import { type Deep, runDeep } from './deep.ts'
import { type Measured, measure, medianOf } from './measure.ts'
import { countStatements } from './meters.ts'
import { type PlainWorld, withPlainWorld } from './plain-world.ts'
import type { Plan } from './plan.ts'
import { type Load, startLoad, startLoyaPro, startPlain, type Target } from './processes.ts'
import { measureTill, type TillFigures } from './till.ts'

export interface BenchResult {
  machine: { cpu: string; cores: number; system: string; node: string; postgres: string }
  command: string
  businesses: number
  customers: number
  body_bytes: number
  a: Measured
  b: Measured
  loyapro: Measured
  /** Median of the ratio of each round. */
  ratio_to_a: number
  ratio_to_b: number
  half_load: Measured & { rate: number }
  /** Till calls while orders arrive at half load. */
  check: TillFigures['check']
  redeem: TillFigures['redeem']
  orders_beside_till: number
  statements_per_order: { a: number; loyapro: number }
  /**
   * Differences that the verification of three businesses found. Must be 0; otherwise the numbers
   * above are of a broken engine.
   */
  differences: number
  deep: Deep | null
}

export async function runBench(plan: Plan): Promise<BenchResult> {
  const { businesses, customersPerBusiness, durable, under, say } = plan
  const size = { businesses, customersPerBusiness }
  say(`starting PostgreSQL, ${businesses} businesses with ${businesses * customersPerBusiness} customers …`)
  const options = { durable, ...(under !== undefined && { under }) }
  return await withWorld(size, options, (world) => withPlainWorld(world, (plain) => benchIn({ world, plain }, plan)))
}

/** Both databases of a benchmark. */
interface Worlds {
  world: World
  plain: PlainWorld
}

async function benchIn(worlds: Worlds, plan: Plan): Promise<BenchResult> {
  const { world } = worlds
  const { size } = world
  const { say } = plan
  await using opened = new AsyncDisposableStack()
  const load = await startLoad({ world: size, seed: 20_260_101 }, plan.signal)
  opened.defer(() => load.stop())
  const targets = await startTargets(worlds)
  for (const target of targets) opened.defer(() => target.stop())
  const compared = await compare(plan, worlds, load, targets)
  const [a, , loyapro] = targets
  const { perSecond, half } = await halfLoad(plan, world, load, loyapro, compared.loyapro.orders_per_second)
  say('half load, and codes checked and redeemed …')
  const till = await measureTill(world, loyapro, {
    load,
    seconds: plan.halfSeconds,
    ordersPerSecond: perSecond,
    callsPerSecond: plan.tillCallsPerSecond,
    warmUpSeconds: plan.warmUpSeconds,
    ...(plan.signal && { signal: plan.signal }),
  })
  say('counting statements …')
  const statements = {
    a: await statementsPerOrder(plan, world, load, a),
    loyapro: await statementsPerOrder(plan, world, load, loyapro),
  }
  say('proving the ledger …')
  const differences = await prove(world)
  for (const target of targets) await target.stop()
  return {
    machine: await machine(world),
    command: `npm run bench${plan.deep ? ' -- --deep' : ''}`,
    businesses: size.businesses,
    customers: size.businesses * size.customersPerBusiness,
    body_bytes: createBodies(size, 1).next(0).length,
    ...compared,
    half_load: { rate: perSecond, ...half },
    check: till.check,
    redeem: till.redeem,
    orders_beside_till: till.orders_per_second,
    statements_per_order: statements,
    differences,
    deep: plan.deep ? await runDeep(plan, plan.deep, world, load) : null,
  }
}

async function startTargets({ world, plain }: Worlds): Promise<[Target, Target, Target]> {
  const secret = world.ctx.config.secretKey.toString('hex')
  const token = createSigner({ key: secret, algorithm: 'HS256' })({ platform: 'pos', name: 'foodics' })
  return [
    await startPlain('a', { secret, databaseUrl: plain.url }, token),
    await startPlain('b', { secret, databaseUrl: null }, token),
    await startLoyaPro(world),
  ]
}

type Compared = Pick<BenchResult, 'a' | 'b' | 'loyapro' | 'ratio_to_a' | 'ratio_to_b'>

async function compare(
  plan: Plan,
  { world, plain }: Worlds,
  load: Load,
  targets: readonly Target[],
): Promise<Compared> {
  const how = { kind: 'closed', connections: plan.connections } as const
  const rounds: Record<Target['name'], Measured[]> = { a: [], b: [], loyapro: [] }
  const run = (target: Target, seconds: number) => {
    const db = target.name === 'a' ? plain.db : world.db
    return measure(target, { db, directory: world.directory, load, seconds, how })
  }
  plan.say('warming up …')
  for (const target of targets) await run(target, plan.warmUpSeconds)
  for (let n = 1; n <= plan.rounds; n++) {
    for (const target of targets) rounds[target.name].push(await run(target, plan.seconds))
    const last = Object.entries(rounds).map(([name, done]) => `${name} ${done.at(-1)?.orders_per_second}/s`)
    plan.say(`round ${n} of ${plan.rounds}: ${last.join(', ')}`)
  }
  const rate = (of: 'a' | 'b' | 'loyapro', n: number) => rounds[of][n]?.orders_per_second ?? 0
  const ratio = (to: 'a' | 'b') => round(median(rounds.a.map((_, n) => rate('loyapro', n) / rate(to, n))), 3)
  return {
    a: medianOf(rounds.a),
    b: medianOf(rounds.b),
    loyapro: medianOf(rounds.loyapro),
    ratio_to_a: ratio('a'),
    ratio_to_b: ratio('b'),
  }
}

async function halfLoad(plan: Plan, world: World, load: Load, loyapro: Target, saturation: number) {
  const perSecond = Math.max(1, Math.round(saturation / 2))
  plan.say(`half load, ${perSecond} orders/s …`)
  const how = { kind: 'open', perSecond, connections: 256 } as const
  const { db, directory } = world
  return { perSecond, half: await measure(loyapro, { db, directory, load, seconds: plan.halfSeconds, how }) }
}

async function statementsPerOrder(plan: Plan, { db, directory }: World, load: Load, { ports, path, token }: Target) {
  const how = { kind: 'closed', connections: 128 } as const
  let orders = 0
  const statements = await countStatements(db, directory, async () => {
    orders = (await load.drive({ ports, path, token, seconds: Math.min(2, plan.seconds), how })).done
  })
  return round(statements / Math.max(1, orders), 2)
}

/** Verifies the first businesses. */
async function prove({ ctx, businesses }: World): Promise<number> {
  let differences = 0
  for (const id of businesses.slice(0, 3)) differences += (await proveBusiness(ctx.db, id)).length
  return differences
}

async function machine({ db }: World): Promise<BenchResult['machine']> {
  const [row] = await db.query<{ version: string }>(`select current_setting('server_version') as version`)
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    system: `${platform()} ${arch()} ${release().split('-')[0]}`,
    node: process.versions.node,
    postgres: row?.version ?? '',
  }
}
