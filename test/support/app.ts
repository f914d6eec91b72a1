// A complete LoyaPro for a test: its own database, a real server on a free port, a sample business,
// and functions to call it.
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import { connect } from '../../src/businesses/connections.ts'
import type { LimitOptions } from '../../src/businesses/limits.ts'
import { openPools } from '../../src/db/pools.ts'
import { createSampleBusiness, type SampleBusiness } from '../../src/demo/sample-business.ts'
import type { ApiServer } from '../../src/http/server.ts'
import type { Integrations } from '../../src/integrations/registry.ts'
import { assert } from '../../src/kernel/assert.ts'
import { type Clock, systemClock } from '../../src/kernel/clock.ts'
import type { NotSent, OutgoingMail } from '../../src/mail/mailer.ts'
import type { PasswordMessage } from '../../src/messages/messages.ts'
import { ensurePartitions } from '../../src/orders/partitions.ts'
import { type AppOptions, buildApp } from '../../src/server/app.ts'
import { type AppContext, createContext } from '../../src/server/context.ts'
import { createLog } from '../../src/server/log.ts'
import { setUpPos } from '../../tools/harness/businesses.ts'
import { testDatabase } from './database.ts'

/** The POS systems that every test app has. */
export type TestPos = 'foodics' | 'standard'

export interface TestAppOptions {
  /** The shipped integrations when not given. */
  integrations?: Integrations
  /** A ManualClock, when the test moves time. */
  clock?: Clock
  app?: Partial<AppOptions>
  /** Address and client of Foodics, for tests of the integration. */
  foodics?: { url: string; client: { id: string; secret: string } }
  /** Milliseconds that LoyaPro waits for a POS. */
  posTimeoutMs?: number
  /** Limits of callers that differ from the defaults. */
  limits?: Partial<LimitOptions>
  /** METRICS_TOKEN when not given; none when null. */
  metricsToken?: null
  /** Routes of the test, to test what runs before every route. */
  furnish?: (app: ApiServer, ctx: AppContext) => Promise<void>
}

/**
 * A business with the programs of Sample North Coffee: points 1 per 1.00, stamps per hot drink with
 * goal 6, cashback 5 %, a plan.
 */
export interface TestBusiness extends SampleBusiness {
  /** Its reference in both POS systems. */
  reference: string
}

export interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of every shape, and assert what they find.
  body: any
}

export interface Call {
  method?: string
  path: string
  /** Sent as JSON, or as it is when it is text or bytes. */
  body?: unknown
  /** Bearer token; no Authorization header when null. */
  bearer?: string | null
  headers?: Record<string, string>
}

export interface TestApp {
  ctx: AppContext
  url: string
  business: TestBusiness
  /** Tokens by POS: `foodics` and `standard`. */
  tokens: Record<TestPos, string>
  /** The log, line by line. */
  logLines: string[]
  /** Messages to customers, oldest first. */
  messages: PasswordMessage[]
  /** Mails to staff that were sent, oldest first; the job `send_mails` sends them. */
  mails: OutgoingMail[]
  /** Why mails cannot be sent, while a test sets it. */
  mailTrouble: { error: NotSent | null }
  /** Posts an order, by default as `foodics`. */
  post(order: unknown, options?: { pos?: TestPos; headers?: Record<string, string> }): Promise<Answer>
  /** Calls the business API with the sample business's key: `get('/customers')`. */
  get(path: string, bearer?: string): Promise<Answer>
  /** Calls any path: `call({ method: 'POST', path: '/api/v1/programs', body, bearer: key })`. */
  call(call: Call): Promise<Answer>
  /** Stops the server, which ends with the test anyway. */
  close(): Promise<void>
  /** Another business with its own reference and key. */
  newBusiness(reference: string): Promise<TestBusiness>
}

/**
 * Everything ends with `t`; without `t`, with the file. The sample business has the reference
 * 440810, as in Foodics fixtures.
 */
export async function testApp(
  t: { after(end: () => Promise<void>): void } = { after },
  {
    clock = systemClock,
    app: appOptions = {},
    furnish,
    foodics,
    posTimeoutMs,
    metricsToken,
    limits = {},
    integrations,
  }: TestAppOptions = {},
): Promise<TestApp> {
  const ends: (() => Promise<void>)[] = []
  const { url: databaseUrl } = await testDatabase({ after: (drop) => void ends.push(drop) })
  const { close: closePools, ...pools } = openPools(databaseUrl, { extra: LANES })
  ends.unshift(closePools)
  const { db } = pools
  await ensurePartitions(db, clock.now())
  const logLines: string[] = []
  const messages: PasswordMessage[] = []
  const mails: OutgoingMail[] = []
  const mailTrouble: TestApp['mailTrouble'] = { error: null }
  const sendMail = async (mail: OutgoingMail) => {
    if (mailTrouble.error) throw mailTrouble.error
    mails.push(mail)
  }
  const sendPassword = async (message: PasswordMessage) => void messages.push(message)
  const log = createLog({ level: 'info', clock, destination: { write: (line) => void logLines.push(line) } })
  const ctx = createContext({
    config: {
      ...testConfig(databaseUrl),
      ...(metricsToken !== null && { metricsToken: METRICS_TOKEN }),
      ...foodicsConfig(foodics, posTimeoutMs),
    },
    ...pools,
    limits: { failedAttempts: 1_000_000, ...limits },
    log,
    clock,
    messages: { sendPassword },
    mailer: { kind: 'terminal', send: sendMail },
    ...(integrations && { integrations }),
  })
  // Other tests may use the machine, so the delay of the event loop is ignored.
  const app = await buildApp(ctx, { maxEventLoopDelayMs: 0, ...appOptions })
  await furnish?.(app, ctx)
  await app.listen({ host: '127.0.0.1', port: 0 })
  ends.unshift(
    () => app.close(),
    () => ctx.ingest.close(),
  )
  t.after(async () => {
    for (const end of ends) await end()
  })

  const tokens = { foodics: await tokenOf(ctx, 'foodics'), standard: await tokenOf(ctx, 'standard') }
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  // The port is known only now; the POS redirects merchants there.
  Object.assign(ctx.config, { publicUrl: url })
  const business = await newBusiness(ctx, '440810')
  return {
    ctx,
    url,
    business,
    tokens,
    logLines,
    messages,
    mails,
    mailTrouble,
    post: (order, { pos = 'foodics', headers = {} } = {}) =>
      call(url, { method: 'POST', path: `/pos/1.0.0/${pos}/order`, body: order, bearer: tokens[pos], headers }),
    get: (path, bearer = business.apiKey) => call(url, { path: `/api/v1${path}`, bearer }),
    call: (request) => call(url, request),
    close: () => app.close(),
    newBusiness: (reference) => newBusiness(ctx, reference),
  }
}

const LANES = 2
export const METRICS_TOKEN = 'sample-metrics-token'

function testConfig(databaseUrl: string): AppContext['config'] {
  return {
    databaseUrl,
    host: '127.0.0.1',
    port: 0,
    dataDir: '/nonexistent',
    lanes: LANES,
    logLevel: 'info',
    secretKey: randomBytes(32),
    retentionMonths: 13,
    maxConnections: 2_000,
  }
}

function foodicsConfig(foodics: TestAppOptions['foodics'], timeoutMs: number | undefined) {
  if (!foodics) return {}
  const { url, client } = foodics
  return {
    clients: { foodics: { apiUrl: url, consoleUrl: url, clientId: client.id, clientSecret: client.secret } },
    ...(timeoutMs !== undefined && { posTimeoutMs: timeoutMs }),
  }
}

async function tokenOf(ctx: AppContext, adapter: TestPos): Promise<string> {
  const token = await setUpPos(ctx, adapter)
  ctx.posKeys.forget()
  return token
}

function newBusiness(ctx: AppContext, reference: string): Promise<TestBusiness> {
  return ctx.db.write('system:test', async (tx) => {
    const business = await createSampleBusiness(tx, ctx)
    for (const posName of ['foodics', 'standard']) {
      const outcome = await connect(tx, { posName, reference, businessId: business.businessId }, ctx.clock)
      assert(outcome.kind === 'connected', `${reference} could not be connected: ${outcome.kind}`)
    }
    return { ...business, reference }
  })
}

async function call(url: string, { method = 'GET', path, body, bearer = null, headers = {} }: Call): Promise<Answer> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}
