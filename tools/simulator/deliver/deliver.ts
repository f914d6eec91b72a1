// Sends all deliveries of a world to LoyaPro, in order of their due time, several at a time, until
// each is acknowledged.
import { setTimeout as delay } from 'node:timers/promises'
import { bodyOf } from '../bodies/body.ts'
import type { Copy, Fault } from '../world/fault-level.ts'
import { Random } from '../world/random.ts'
import type { Shop, Ticket, World } from '../world/types.ts'
import { type Delivery, ticketOf } from '../world/world.ts'
import { type Counts, noCounts, type Oddity } from './counts.ts'
import { type Answer, isRetryLater, type Line, type Request } from './send.ts'
import { Witness } from './witness.ts'

export interface DeliverOptions {
  line: Line
  /** By name of the POS. */
  tokens: Readonly<Record<string, { name: string; token: string }>>
  concurrency: number
  /**
   * Waits for the answer to each ticket of a sale before it sends the next one.
   */
  careful: boolean
  /** Seconds of the world per second; null: as fast as LoyaPro answers. */
  speed: number | null
  signal: AbortSignal
  onProgress(done: number): void
}

export interface Delivered {
  counts: Counts
  oddities: readonly Oddity[]
  acknowledged: Acknowledged
}

/** POS ids of the acknowledged orders, by the key of the shop. */
export type Acknowledged = ReadonlyMap<string, ReadonlySet<string>>

/** Rejects when LoyaPro is unreachable for long, and when the signal is aborted. */
export async function deliverAll(
  world: World & { deliveries: readonly Delivery[] },
  options: DeliverOptions,
): Promise<Delivered> {
  const state = newState(world.seed)
  const first = world.deliveries[0]?.due ?? 0
  const began = performance.now()
  const answered = new Map<number, Promise<void>>()
  let next = 0
  let done = 0
  const work = async () => {
    for (let delivery = world.deliveries[next++]; delivery; delivery = world.deliveries[next++]) {
      options.signal.throwIfAborted()
      if (options.speed !== null) await waitUntil(began + (delivery.due - first) / options.speed, options.signal)
      const before = options.careful ? answered.get(delivery.story) : undefined
      const made = Promise.resolve(before).then(() => deliverOne(world, delivery, options, state))
      if (options.careful) answered.set(delivery.story, made)
      await made
      options.onProgress(++done)
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, work))
  return state
}

export function newState(seed: string): State {
  return {
    counts: noCounts(),
    oddities: [],
    acknowledged: new Map(),
    refusals: new Map(),
    witness: new Witness(),
    random: new Random(`${seed} retries`),
  }
}

/** The observations of one phase of a run. */
export interface State {
  counts: Counts
  oddities: Oddity[]
  acknowledged: Map<string, Set<string>>
  /** Number of expected refusals, by error code. */
  refusals: Map<string, number>
  witness: Witness
  random: Random
}

/** Enough attempts for some minutes. */
const MOST_TRIES = 60

function deliverOne(world: World, delivery: Delivery, options: DeliverOptions, state: State): Promise<void> {
  const { shop, ticket } = ticketOf(world, delivery)
  const { story, order, snapshot, copy } = delivery
  return deliverTicket({ shop, ticket, copy, key: `${story}/${order}/${snapshot}/${copy.shuffled}` }, options, state)
}

/** One ticket to send; `key` identifies its bytes. */
export interface Sending {
  shop: Shop
  ticket: Ticket
  copy: Copy
  key: string
}

/** Sends a ticket until it is acknowledged, and checks the answer. */
export async function deliverTicket(
  { shop, ticket, copy: { shuffled, fault }, key }: Sending,
  { line, tokens, signal }: Pick<DeliverOptions, 'line' | 'tokens' | 'signal'>,
  state: State,
): Promise<void> {
  const pos = tokens[shop.pos]
  if (!pos) throw new Error(`there is no token for a ${shop.pos} till`)
  const body = bodyOf(shop, ticket, shuffled)
  const request = { method: 'POST', path: `/pos/1.0.0/${pos.name}/order`, bearer: pos.token, body } as const
  const answer = await retryUntilAcknowledged(request, fault, { line, signal }, state)
  state.counts.acknowledged += 1
  if (judgeAnswer(answer, key, ticket.id, state)) {
    const orders = state.acknowledged.get(shop.key) ?? new Set()
    state.acknowledged.set(shop.key, orders.add(ticket.id))
  }
}

/**
 * Sends a request until there is an answer; with a fault, after a torn attempt.
 */
export async function retryUntilAcknowledged(
  request: Request,
  fault: Fault | null,
  { line, signal }: Pick<DeliverOptions, 'line' | 'signal'>,
  { counts, random }: State,
): Promise<Answer> {
  if (fault) {
    counts.requests += 1
    counts.torn += 1
    await line.tear(request, fault, signal)
  }
  for (let tries = 1; ; tries++) {
    counts.requests += 1
    const began = performance.now()
    const answer = await line.send(request, signal).catch((error: unknown) => {
      if (signal.aborted || tries >= MOST_TRIES) throw error
      return null
    })
    if (answer && !isRetryLater(answer)) {
      counts.latencies.push(performance.now() - began)
      return answer
    }
    if (tries >= MOST_TRIES) throw new Error(`LoyaPro asked to retry for too long: ${answer?.status} ${answer?.text}`)
    counts.retries += 1
    // Half of the delay is random, so that refused requests do not return all at once.
    const wait = (answer?.retryAfter ?? Math.min(5, 0.1 * 2 ** tries)) * 1000
    await delay(wait + random.int(0, Math.ceil(wait / 2)), undefined, { signal })
  }
}

/** Whether LoyaPro acknowledged the order. */
function judgeAnswer(
  { status, text }: Answer,
  key: string,
  order: string,
  { counts, oddities, witness }: State,
): boolean {
  const answer = readObject(text)
  const result = status === 200 && typeof answer?.result === 'string' ? answer.result : `status ${status}`
  counts.results[result] = (counts.results[result] ?? 0) + 1
  if (!EXPECTED.has(result)) oddities.push({ what: result, order, detail: text.slice(0, 500) })
  const contradiction = answer && EXPECTED.has(result) ? witness.contradiction(key, answer) : null
  if (contradiction) oddities.push({ what: 'contradiction', order, detail: contradiction })
  return EXPECTED.has(result) && result !== 'ignored'
}

/** The expected answer to a call: a status, and the error code for an error. */
export type ExpectedAnswer = readonly [status: number, code?: string]

/** Checks the answer to a call that has one correct answer. */
export function outcomeOf(
  { status, text }: Pick<Answer, 'status' | 'text'>,
  [must, code]: ExpectedAnswer,
  { call, order }: { call: string; order: string },
  { oddities, refusals }: State,
): void {
  if (status !== must || (code !== undefined && readObject(text)?.code !== code)) {
    const what = `${call} answered ${status}, must answer ${must} ${code ?? ''}`
    oddities.push({ what, order, detail: text.slice(0, 500) })
  } else if (code !== undefined) refusals.set(code, (refusals.get(code) ?? 0) + 1)
}

/** Every delivery of a world is valid: no answer may be invalid, unmatched or failed. */
const EXPECTED: ReadonlySet<string> = new Set(['processed', 'duplicate', 'stale', 'parked', 'ignored'])

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}

async function waitUntil(at: number, signal: AbortSignal): Promise<void> {
  const wait = at - performance.now()
  if (wait > 0) await delay(wait, undefined, { signal })
}
