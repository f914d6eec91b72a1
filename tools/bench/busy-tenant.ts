// node tools/bench/busy-tenant.ts: latency of orders and checks of one business, alone and while another business has 60 searches in flight.
import { setTimeout as wait } from 'node:timers/promises'
import { createApiKey } from '../../src/businesses/api-keys.ts'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { must } from '../../src/kernel/assert.ts'
import { phoneOf, referenceOf } from '../harness/bodies.ts'
import { checkBody, makeCodes } from '../harness/codes.ts'
import { percentiles } from '../harness/statistics.ts'
import { postRequest, Wire } from '../harness/wire.ts'
import { type World, withWorld } from '../harness/world.ts'
import { startLoyaPro, type Target } from './processes.ts'

const SIZE = { businesses: 2, customersPerBusiness: 20_000 }
const SECONDS = Number(process.argv[2] ?? 15)
const PER_SECOND = 20
const SEARCHES = 60

let orders = 0

const result = await withWorld(SIZE, {}, async (world) => {
  await using opened = new AsyncDisposableStack()
  const target = await startLoyaPro(world)
  opened.defer(() => target.stop())
  const codes = (await makeCodes(world, 80)).filter(({ reference }) => reference === referenceOf(1))
  const checks = codes.map((code) => Buffer.from(checkBody(code)))
  await measure(world, target, checks, 5)
  const quiet = await measure(world, target, checks, SECONDS)
  const attack = await startAttack(world, target)
  await wait(1_000)
  const attacked = await measure(world, target, checks, SECONDS)
  return { quiet, attacked, searches: attack.stop() }
})
const ratio = (of: 'order' | 'check') => Math.round((result.attacked[of].p95 / result.quiet[of].p95) * 100) / 100
process.stdout.write(
  `${JSON.stringify({ ...result, p95_ratio: { order: ratio('order'), check: ratio('check') } }, null, 2)}\n`,
)

/** Latency of orders and checks of the second business, each sent at a steady rate. */
async function measure({ token }: World, { ports, path }: Target, checks: readonly Buffer[], seconds: number) {
  const port = must(ports[0], 'a port')
  const send = async (to: string, bodyOf: (n: number) => Buffer) => {
    const wire = new Wire(port)
    const times: number[] = []
    for (let n = 0; n < seconds * PER_SECOND; n++) {
      const began = performance.now()
      await new Promise((resolve) => wire.send(postRequest(to, token, bodyOf(n)), resolve))
      times.push(performance.now() - began)
      await wait(Math.max(0, 1000 / PER_SECOND - (performance.now() - began)))
    }
    wire.close()
    return percentiles(times)
  }
  const [order, check] = await Promise.all([
    send(path, (n) => Buffer.from(JSON.stringify(orderOf(n)))),
    send(path.replace(/order$/, 'reward'), (n) => must(checks[n % checks.length], 'a code')),
  ])
  return { order, check }
}

function orderOf(n: number) {
  const customer = { name: 'Sample', phone: phoneOf(1, n % SIZE.customersPerBusiness, SIZE) }
  return foodicsBody({ id: `busy-${orders++}`, business: { reference: referenceOf(1) }, customer })
}

/**
 * Connections of the first business, each of which sends the next search after the answer to the
 * last.
 */
async function startAttack({ ctx, businesses }: World, { ports }: Target) {
  const businessId = must(businesses[0], 'the first business')
  const { secret } = await createApiKey(
    ctx.db.by('system:tool'),
    { businessId, name: 'Sample', scopes: ['customers:read'] },
    ctx,
  )
  const head = (n: number) =>
    Buffer.from(
      `GET /api/v1/customers?limit=200&q=mer%20${n % 10}%20${n % 7} HTTP/1.1\r\nhost: sample\r\nauthorization: Bearer ${secret}\r\n\r\n`,
    )
  const answers: Record<number, number> = {}
  let isOver = false
  const wires = Array.from({ length: SEARCHES }, () => new Wire(must(ports[0], 'a port')))
  for (const [n, wire] of wires.entries()) {
    const next = (round: number) => {
      if (isOver || !wire.isOpen) return
      wire.send(head(n + round), (answer) => {
        answers[answer?.status ?? 0] = (answers[answer?.status ?? 0] ?? 0) + 1
        next(round + 1)
      })
    }
    next(0)
  }
  return {
    /** Answers by status. */
    stop: () => {
      isOver = true
      for (const wire of wires) wire.close()
      return answers
    },
  }
}
