// Hangs the doors of LoyaPro on one server: limits, ids, logs, documents, routes. It never listens
// by itself.
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import underPressure from '@fastify/under-pressure'
import Fastify, { LogController } from 'fastify'
import { registerApi } from '../http/api/index.ts'
import { requireApiKeys } from '../http/auth/authenticate.ts'
import { authenticateBody, authenticatePosRequests } from '../http/auth/pos.ts'
import { MAX_BODY } from '../http/auth/usage.ts'
import { registerHealth } from '../http/ops/health.ts'
import { registerMetrics } from '../http/ops/metrics.ts'
import { consentRoute } from '../http/pages/consent.ts'
import { answerClientError } from '../http/plugins/client-error.ts'
import { answerError, sendProblem } from '../http/plugins/error-mapper.ts'
import { API_QUEUE, takeTurns } from '../http/plugins/fair-turns.ts'
import { takeApiBodies, takePosBodies } from '../http/plugins/json-body.ts'
import { watchMethods } from '../http/plugins/method-not-allowed.ts'
import { describeRoutes, registerDocs } from '../http/plugins/openapi.ts'
import { logRequests } from '../http/plugins/request-log.ts'
import { openScope } from '../http/plugins/scope.ts'
import { refuseUnstorableText } from '../http/plugins/storable-text.ts'
import { validatorCompiler } from '../http/plugins/validation.ts'
import { connectRoute } from '../http/pos/connect.ts'
import { orderRoute } from '../http/pos/order.ts'
import { redeemRoute } from '../http/pos/redeem.ts'
import { rewardRoute } from '../http/pos/reward.ts'
import { Problem } from '../http/problem.ts'
import type { ApiServer } from '../http/server.ts'
import { createFairQueue } from '../kernel/fair-queue.ts'
import type { AppContext } from './context.ts'

export interface AppOptions {
  /** Requests that one API key may make in a minute. */
  apiRequestsPerMinute?: number
  deadlines?: Deadlines
  /** Connections at the same time, at most: more are closed as they come. */
  maxConnections?: number
  /** Milliseconds that the event loop may lag before requests are refused; 0 means no limit. */
  maxEventLoopDelayMs?: number
  /** Whether what a process does before it serves is done; `/readyz` says 503 until then. */
  isPrepared?: () => boolean
}

/** Milliseconds. */
export interface Deadlines {
  /**
   * From the beginning of a connection or of a request until its headers have arrived, and until
   * all of it has.
   */
  headersMs: number
  requestMs: number
  /** How often the connections are looked through for those that are late. */
  checkMs: number
}

export async function buildApp(
  ctx: AppContext,
  {
    apiRequestsPerMinute = 12_000,
    deadlines = DEADLINES,
    maxConnections = ctx.config.maxConnections,
    maxEventLoopDelayMs = 1_000,
    isPrepared = () => true,
  }: AppOptions = {},
): Promise<ApiServer> {
  const app = createServer(ctx, deadlines)
  app.server.maxConnections = maxConnections
  const refuseOtherMethods = watchMethods(app)
  describeRoutes(app, ctx)
  logRequests(app, ctx)
  await openScope(app, '/pos/1.0.0/:pos_name', async (scope) => {
    await refuseUnderPressure(scope, maxEventLoopDelayMs)
    authenticatePosRequests(scope, ctx)
    takePosBodies(scope, MAX_BODY, (request, raw) => authenticateBody(ctx, request, raw))
    orderRoute(scope, ctx)
    rewardRoute(scope, ctx)
    redeemRoute(scope, ctx)
    connectRoute(scope, ctx)
  })
  await openScope(app, '', async (browsers) => {
    await tellBrowsers(browsers)
    browsers.setNotFoundHandler((request, reply) => sendProblem(new Problem('not_found'), request, reply))
    registerHealth(browsers, ctx, isPrepared)
    registerMetrics(browsers, ctx)
    await openScope(browsers, '', async (scope) => {
      refuseUnstorableText(scope)
      consentRoute(scope, ctx)
    })
    await registerDocs(browsers)
    await openScope(browsers, '/api/v1', async (scope) => {
      await refuseUnderPressure(scope, maxEventLoopDelayMs)
      requireApiKeys(scope, ctx)
      limitTime(scope)
      await limitRate(scope, apiRequestsPerMinute)
      takeApiBodies(scope)
      refuseUnstorableText(scope)
      takeTurns(scope, createFairQueue(API_QUEUE))
      registerApi(scope, { ...ctx, db: ctx.apiDb })
    })
  })
  await openScope(app, '', async (scope) => {
    await tellBrowsers(scope)
    refuseOtherMethods(scope)
  })
  return app
}

/**
 * On every answer: most of them tell of persons, and none is anything else than what its type says.
 */
const EVERYWHERE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

const NOTHING_LOADED = "default-src 'none';frame-ancestors 'none'"
const ADDED_BY_HOOKS = { ...EVERYWHERE, 'content-security-policy': NOTHING_LOADED, 'x-frame-options': 'DENY' }

/**
 * Not at the till's door: these headers are made anew for every answer, and no till asks for them.
 */
async function tellBrowsers(scope: ApiServer): Promise<void> {
  await scope.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    frameguard: { action: 'deny' },
  })
}

/**
 * A till sends an order in well under a second; a slow mobile network needs some for a large one.
 */
const DEADLINES: Deadlines = { headersMs: 10_000, requestMs: 30_000, checkMs: 1_000 }

function createServer(ctx: AppContext, { headersMs, requestMs, checkMs }: Deadlines): ApiServer {
  const app = Fastify({
    loggerInstance: ctx.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    // What is logged of a request names it by its id as it is: a logger for each would cost more
    // than the line.
    childLoggerFactory: (logger) => logger,
    genReqId: (request) => readRequestId(request.headers['x-request-id']) ?? ctx.ids.next(),
    bodyLimit: MAX_BODY,
    // Milliseconds. An idle connection may wait longer for its next request than a request may take
    // to arrive.
    requestTimeout: requestMs,
    http: { headersTimeout: headersMs, connectionsCheckingInterval: checkMs },
    connectionTimeout: 75_000,
    keepAliveTimeout: 72_000,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    // A request with a broken address has met no hook.
    frameworkErrors: (error, request, reply) => answerError(error, request, reply.headers(ADDED_BY_HOOKS)),
    clientErrorHandler: answerClientError,
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setErrorHandler(answerError)
  app.decorateRequest('businessId', null)
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(EVERYWHERE).header('x-request-id', request.id)
    done()
  })
  refuseWhileClosing(app)
  return app
}

/**
 * A caller's own id for its request, so that both logs speak of the same thing; only if it is fit
 * to be logged.
 */
function readRequestId(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && /^[\w.:-]{1,128}$/.test(header) ? header : null
}

/**
 * What was accepted before the server closes is answered; requests that come later on open
 * connections are told to come again. Either way the connection ends with the answer, or the server
 * would wait for it until it has been idle for long.
 */
function refuseWhileClosing(app: ApiServer): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
    // An answer that was on its way when closing began has left its connection open.
    const sweep = setInterval(() => app.server.closeIdleConnections(), 100)
    app.server.once('close', () => clearInterval(sweep))
  })
  app.addHook('onRequest', (_request, _reply, done) => {
    done(closing ? new Problem('unavailable', { headers: { 'retry-after': '2' } }) : undefined)
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) reply.header('connection', 'close')
    done()
  })
}

/**
 * An event loop that lags a second behind answers nobody in time; refusing some helps the others.
 * Not in the first seconds of a process: to start is work as well, and what is measured then says
 * nothing of what comes.
 */
async function refuseUnderPressure(scope: ApiServer, maxEventLoopDelay: number): Promise<void> {
  const startedUntil = performance.now() + 5_000
  await scope.register(underPressure, {
    maxEventLoopDelay,
    pressureHandler: async () => {
      if (performance.now() > startedUntil) throw new Problem('unavailable', { headers: { 'retry-after': '5' } })
    },
  })
}

/**
 * Operations of the business API answer within 30 seconds, or 503. Not the POS door: there 503
 * promises that nothing was applied, which only the database can tell; its own limits end the wait.
 */
function limitTime(scope: ApiServer): void {
  scope.addHook('onRoute', (route) => {
    route.handlerTimeout ??= 30_000
  })
}

/**
 * Counted for each key, after it was verified. Headers are those of the IETF draft:
 * RateLimit-Limit, -Remaining, -Reset.
 */
async function limitRate(scope: ApiServer, max: number): Promise<void> {
  await scope.register(rateLimit, {
    max,
    timeWindow: 60_000,
    enableDraftSpec: true,
    keyGenerator: (request) => request.caller.keyId,
    errorResponseBuilder: (_request, { ttl }) =>
      new Problem('rate_limited', {
        detail: {
          en: `This API key can make ${max} requests per minute. Try again in ${Math.ceil(ttl / 1000)} s.`,
          ar: `الحد الأقصى لمفتاح API هذا هو ${max} في الدقيقة. الثواني المتبقية قبل المحاولة التالية: ${Math.ceil(ttl / 1000)}.`,
        },
      }),
  })
}
