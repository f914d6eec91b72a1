// Plays the recorded history of the demo into an API of its own, whose clock shows the time of the
// visits: so customers, movements and claims are as old as they would be in a shop.
import { issuePosToken } from '../businesses/pos-tokens.ts'
import { createDatabase, type Database } from '../db/database.ts'
import type { Demo } from '../demo/demo.ts'
import { playHistory } from '../demo/history.ts'
import { readRecording } from '../demo/recording.ts'
import { findDemo, saveLoaded, savePosition } from '../demo/state.ts'
import type { Answer, Request, Send } from '../demo/visitor.ts'
import { assert } from '../kernel/assert.ts'
import { type EpochMs, ManualClock } from '../kernel/clock.ts'
import { parseId } from '../kernel/ids.ts'
import { ensurePartitions } from '../orders/partitions.ts'
import { buildApp } from './app.ts'
import { type AppContext, createContext } from './context.ts'

export interface DemoHistory {
  /**
   * Sends what lies in the past, then what is left of the week as its time comes. Resolves when it
   * ends or is stopped; never rejects.
   */
  play(onProgress: (sent: number, due: number) => void): Promise<void>
  stop(): Promise<void>
}

/** Null when the business of the demo has no history, or has received all of it. */
export async function createDemoHistory(ctx: AppContext, databaseUrl: string, demo: Demo): Promise<DemoHistory | null> {
  const businessId = parseId('business', demo.business_id)
  assert(businessId, 'the demo names its business')
  const state = await findDemo(ctx.db, businessId)
  if (!state || state.removedAt !== null) return null
  const stopping = new AbortController()
  const { signal } = stopping
  let playing: Promise<void> = Promise.resolve()
  const play = async (onProgress: (sent: number, due: number) => void): Promise<void> => {
    const recording = await readRecording()
    if (!recording || state.position >= recording.visits.length) return
    const begins = recording.from + state.shift
    await ensurePartitions(ctx.db, begins)
    const clock = new ManualClock(begins)
    const api = await openApi(ctx, databaseUrl, clock, demo)
    try {
      await playHistory({
        ...state,
        recording,
        clock,
        onProgress,
        signal,
        send: api.send,
        now: () => ctx.clock.now(),
        save: (position) => savePosition(api.db, businessId, position),
        saveLoaded: () => saveLoaded(api.db, businessId, ctx.clock.now()),
        log: ctx.log,
      })
    } finally {
      await api.close()
    }
  }
  return {
    play(onProgress) {
      playing = play(onProgress).catch((error: unknown) => {
        ctx.log.error({ err: error }, 'the history of the demo could not be sent; the next start continues')
      })
      return playing
    },
    async stop() {
      stopping.abort()
      await playing
    },
  }
}

/** As long as the recording can go on behind the present. */
const TOKEN_VALID_MS = 10 * 86_400_000

const UNLIMITED = { requests: 1_000_000, bytes: 1_000_000_000 }

/**
 * The commits of the history do not wait for the disk: a crash of PostgreSQL can lose the last of
 * them, and with them the position, so that they are sent again.
 */
const SETTINGS = { synchronous_commit: 'off' }
const CONNECTIONS = 4

async function openApi(
  { config, log, clock: present, seal }: AppContext,
  databaseUrl: string,
  clock: ManualClock,
  demo: Demo,
): Promise<{ db: Database; send: Send; close(): Promise<void> }> {
  const db = createDatabase({
    url: databaseUrl,
    max: CONNECTIONS,
    applicationName: 'loyapro_demo',
    settings: SETTINGS,
    onError: (error) => log.warn({ err: error }, 'an idle database connection was lost'),
  })
  const ctx = createContext({
    config,
    db,
    log: log.child({}, { level: 'error' }),
    clock,
    messages: { sendPassword: async () => {} },
    limits: { posToken: UNLIMITED, posBusiness: UNLIMITED, apiKey: UNLIMITED, apiBusiness: UNLIMITED },
  })
  const app = await buildApp(ctx, { maxEventLoopDelayMs: 0, apiRequestsPerMinute: UNLIMITED.requests })
  await app.ready()
  const expiresAt: EpochMs = present.now() + TOKEN_VALID_MS
  const issued = await issuePosToken(db, 'standard', expiresAt, { seal, ids: ctx.ids, clock })
  assert(issued.kind === 'issued', `no token for the history of the demo: ${issued.kind}`)
  const bearers = { pos: issued.token, business: demo.api_key }
  return {
    db,
    send: async ({ method, path, by, body, idempotencyKey }: Request): Promise<Answer> => {
      const headers = {
        authorization: `Bearer ${bearers[by]}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      }
      const answer = await app.inject({ method, url: path, headers, ...(body && { payload: JSON.stringify(body) }) })
      return { status: answer.statusCode, body: answer.json() }
    },
    close: async () => {
      await app.close()
      await ctx.ingest.close()
      await db.close()
    },
  }
}
