// The open event streams of this process: one query per second finds the businesses that have new
// events, however many streams are open, and none is sent while none is open.
import type { ServerResponse } from 'node:http'
import { eventsAfter, lastEvents } from '../../../events/live.ts'
import type { RecordedEvent } from '../../../events/readers.ts'
import type { Uuid } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import { eventToJson } from './event-to-json.ts'

export interface EventStreams {
  /** Throws 429 `rate_limited` when too many are open. */
  reserve(businessId: Uuid): (opening: Opening) => void
  close(): void
}

interface Opening {
  raw: ServerResponse
  headers: NodeJS.Dict<number | string | string[]>
  /** The number of the last event that the client knows. */
  position: number
  /** The client connects for the first time. */
  isNew: boolean
  /** Whether the caller may still read the events. */
  isAllowed(): Promise<boolean>
}

interface Stream extends Opening {
  businessId: Uuid
}

const POLL_MS = 1_000
const HEARTBEAT_MS = 15_000
/** A browser waits so long before it connects again. */
const RETRY_MS = 3_000
const MAX_STREAMS = 400
const MAX_OF_BUSINESS = 20
const EVENTS_AT_ONCE = 500
/** A client that does not read is disconnected; it continues where it was. */
const MAX_BUFFERED_BYTES = 1_000_000

export function createEventStreams(ctx: Pick<AppContext, 'db' | 'log'>): EventStreams {
  const open = new Set<Stream>()
  let reserved = new Map<Uuid, number>()
  let timers: NodeJS.Timeout[] = []
  let isPolling = false

  const leave = (stream: Stream) => {
    if (!open.delete(stream)) return
    count(stream.businessId, -1)
    if (open.size > 0) return
    for (const timer of timers) clearInterval(timer)
    timers = []
  }
  const count = (businessId: Uuid, by: number) => {
    const number = (reserved.get(businessId) ?? 0) + by
    if (number > 0) reserved.set(businessId, number)
    else reserved.delete(businessId)
  }
  const poll = async () => {
    if (isPolling) return
    isPolling = true
    try {
      await sendNewEvents(ctx, open)
    } catch (error) {
      ctx.log.warn({ err: error }, 'events could not be read for open streams')
    } finally {
      isPolling = false
    }
  }
  const beat = () => {
    for (const stream of open) void keepAlive(stream)
  }
  return {
    reserve(businessId) {
      const all = reserved.values().reduce((sum, one) => sum + one, 0)
      if (all >= MAX_STREAMS || (reserved.get(businessId) ?? 0) >= MAX_OF_BUSINESS) throw tooMany()
      count(businessId, 1)
      return (opening) => {
        const stream: Stream = { ...opening, businessId }
        open.add(stream)
        opening.raw.once('close', () => leave(stream))
        begin(stream)
        if (timers.length > 0) return
        timers = [setInterval(() => void poll(), POLL_MS), setInterval(beat, HEARTBEAT_MS)]
        for (const timer of timers) timer.unref()
        if (!stream.isNew) void poll()
      }
    },
    close() {
      for (const stream of open) stream.raw.end()
      reserved = new Map()
    },
  }
}

function begin({ raw, headers, position, isNew }: Stream): void {
  raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
  // The id of the first message is the position, so that a client that loses the connection before
  // the first event continues from here.
  raw.write(`retry: ${RETRY_MS}\n${isNew ? `id: ${position}\n` : ''}event: ready\ndata: {}\n\n`)
}

/** A caller who may no longer read is disconnected, and refused when it connects again. */
async function keepAlive({ raw, isAllowed }: Stream): Promise<void> {
  // A database that is away for a moment ends no stream.
  const allowed = await isAllowed().catch(() => true)
  if (allowed) raw.write(': \n\n')
  else raw.end()
}

async function sendNewEvents({ db }: Pick<AppContext, 'db'>, open: ReadonlySet<Stream>): Promise<void> {
  const byBusiness = Map.groupBy(open, ({ businessId }) => businessId)
  for (const { businessId, last } of await lastEvents(db, [...byBusiness.keys()])) {
    const behind = (byBusiness.get(businessId) ?? []).filter(({ position }) => position !== last)
    if (behind.length === 0) continue
    const from = Math.min(...behind.map(({ position }) => position))
    const events = await eventsAfter(db, businessId, from, EVENTS_AT_ONCE)
    for (const stream of behind) send(stream, events, last)
  }
}

function send(stream: Stream, events: readonly RecordedEvent[], last: number): void {
  const { raw, position } = stream
  const news = events.filter(({ seq }) => seq > position)
  const first = news[0]
  // Deleted meanwhile, or numbers of another database.
  if (first?.seq !== position + 1) {
    stream.position = last
    raw.write(`id: ${last}\nevent: reset\ndata: {}\n\n`)
    return
  }
  for (const event of news) {
    raw.write(`id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(eventToJson(event))}\n\n`)
  }
  stream.position = news.at(-1)?.seq ?? position
  if (raw.writableLength > MAX_BUFFERED_BYTES) raw.destroy()
}

function tooMany(): Problem {
  return new Problem('rate_limited', {
    detail: {
      en: `At most ${MAX_OF_BUSINESS} event streams of a business can be open at a time. Close one, or read the list of events.`,
      ar: `الحد الأقصى لتدفقات الأحداث المفتوحة للمنشأة هو ${MAX_OF_BUSINESS}. أغلق أحدها أو اقرأ قائمة الأحداث.`,
    },
    headers: { 'retry-after': '15' },
  })
}
