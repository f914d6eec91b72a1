// The load generator, a process of its own: sends orders as fast as the servers answer, or at a
// fixed rate.
import { createBodies, type WorldSize } from '../harness/bodies.ts'
import { gapMs, type Percentiles, percentiles } from '../harness/statistics.ts'
import { postRequest, Wire } from '../harness/wire.ts'

/** Saturation: each connection sends its next order after the answer to the last. */
export interface ClosedDrive {
  kind: 'closed'
  connections: number
}

/**
 * Orders are due at random instants with the given mean rate, whether or not the server keeps up.
 * Latency counts from the instant at which an order was due, so a stall counts for every order in
 * it.
 */
export interface OpenDrive {
  kind: 'open'
  perSecond: number
  /**
   * Maximum number of orders in flight; further ones wait in the generator, and their time counts.
   */
  connections: number
}

export interface Drive {
  ports: number[]
  path: string
  token: string
  seconds: number
  /** Maximum number of orders, to fill a database. */
  most?: number
  /** Bodies to send instead of new orders; `most` is at most their number. */
  bodies?: string[]
  how: ClosedDrive | OpenDrive
}

export interface DriveResult {
  seconds: number
  /** Number of answers with 200. */
  done: number
  /** Other answers and missing ones, by status. */
  failed: Record<string, number>
  perSecond: number
  ms: Percentiles
  loadCpuMs: number
}

/** The first message of the parent process. */
export interface LoadSetup {
  world: WorldSize
  seed: number
}

if (process.send) listen()

function listen(): void {
  let bodies: ReturnType<typeof createBodies> | undefined
  process.on('message', (message: LoadSetup | Drive) => {
    if ('world' in message) bodies = createBodies(message.world, message.seed)
    else if (bodies) void drive(message, bodies).then((result) => process.send?.(result))
  })
  process.on('disconnect', () => process.exit(0))
}

async function drive(what: Drive, bodies: ReturnType<typeof createBodies>): Promise<DriveResult> {
  const { ports, how, most = Number.POSITIVE_INFINITY } = what
  const wires = Array.from({ length: how.connections }, (_, n) => new Wire(ports[n % ports.length] as number))
  const tally = new Tally()
  const cpu = process.cpuUsage()
  const began = performance.now()
  const ends = began + what.seconds * 1000
  const given = what.bodies?.map((body) => Buffer.from(body)).values()
  const request = () => postRequest(what.path, what.token, given?.next().value ?? bodies.next(Date.now()))
  await (how.kind === 'closed'
    ? driveClosed(wires, tally, request, ends, most)
    : driveOpen(wires, tally, request, ends, most, how.perSecond))
  const seconds = (performance.now() - began) / 1000
  for (const wire of wires) wire.close()
  const { user, system } = process.cpuUsage(cpu)
  return {
    seconds,
    done: tally.times.length,
    failed: tally.failed,
    perSecond: tally.times.length / seconds,
    ms: percentiles(tally.times),
    loadCpuMs: (user + system) / 1000,
  }
}

class Tally {
  times: number[] = []
  failed: Record<string, number> = {}
  sent = 0

  count(status: number | undefined, ms: number): void {
    if (status === 200) this.times.push(ms)
    else this.failed[String(status ?? 'broken')] = (this.failed[String(status ?? 'broken')] ?? 0) + 1
  }
}

function driveClosed(wires: Wire[], tally: Tally, request: () => Buffer, ends: number, most: number): Promise<unknown> {
  return Promise.all(
    wires.map(
      (wire) =>
        new Promise<void>((resolve) => {
          const next = () => {
            const now = performance.now()
            if (now >= ends || tally.sent >= most || !wire.isOpen) return resolve()
            tally.sent += 1
            wire.send(request(), (answer) => {
              tally.count(answer?.status, performance.now() - now)
              next()
            })
          }
          next()
        }),
    ),
  )
}

function driveOpen(
  wires: Wire[],
  tally: Tally,
  request: () => Buffer,
  ends: number,
  most: number,
  perSecond: number,
): Promise<void> {
  return new Promise((resolve) => {
    const free = [...wires]
    const waiting: number[] = []
    let inFlight = 0
    let due = performance.now()
    const send = (at: number) => {
      const wire = free.pop()
      if (!wire) return void waiting.push(at)
      inFlight += 1
      wire.send(request(), (answer) => {
        inFlight -= 1
        tally.count(answer?.status, performance.now() - at)
        if (wire.isOpen) free.push(wire)
        const first = waiting.shift()
        if (first !== undefined) send(first)
      })
    }
    const clock = setInterval(() => {
      const now = performance.now()
      while (due <= now && due < ends && tally.sent < most) {
        tally.sent += 1
        send(due)
        due += gapMs(perSecond, Math.random())
      }
      const over = now >= ends || tally.sent >= most
      // Answers later than ten seconds after the end are not awaited.
      if (over && ((inFlight === 0 && waiting.length === 0) || now > ends + 10_000)) {
        clearInterval(clock)
        for (let lost = inFlight + waiting.length; lost > 0; lost--) tally.count(undefined, 0)
        resolve()
      }
    }, 1)
  })
}
