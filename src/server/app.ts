// Assembles the HTTP server: which routes there are, and which plugins apply to them. It does not
// listen by itself.
import { registerAccount, registerApi, registerSignIn } from '../http/api/index.ts'
import { authenticateCallers } from '../http/auth/authenticate.ts'
import { originOf, requireOwnOrigin, requirePerson } from '../http/auth/person.ts'
import { authenticateBody, authenticatePosRequests } from '../http/auth/pos.ts'
import { limitNetworks, MAX_BODY } from '../http/auth/usage.ts'
import { createServer } from '../http/create-server.ts'
import { registerHealth } from '../http/ops/health.ts'
import { registerMetrics } from '../http/ops/metrics.ts'
import { consentRoute } from '../http/pages/consent.ts'
import { registerDashboard } from '../http/pages/dashboard.ts'
import { registerDocs } from '../http/pages/docs.ts'
import { logoRoute } from '../http/pages/logo.ts'
import { maskPhonesIn } from '../http/phones.ts'
import { trackMethods } from '../http/plugins/allowed-methods.ts'
import { DEADLINES, type Deadlines, limitHandlerTime } from '../http/plugins/deadlines.ts'
import { sendProblem } from '../http/plugins/error-mapper.ts'
import { addBrowserHeaders } from '../http/plugins/headers.ts'
import { parseApiBodies, parsePosBodies } from '../http/plugins/json-body.ts'
import { describeRoutes } from '../http/plugins/openapi.ts'
import { limitRate } from '../http/plugins/rate-limit.ts'
import { logRequests } from '../http/plugins/request-log.ts'
import { API_QUEUE, queueRequests, SIGN_IN_QUEUE } from '../http/plugins/request-queue.ts'
import { openScope } from '../http/plugins/scope.ts'
import { refuseUnstorableText } from '../http/plugins/storable-text.ts'
import { refuseUnderPressure } from '../http/plugins/under-pressure.ts'
import { checkRoute } from '../http/pos/check.ts'
import { connectRoute } from '../http/pos/connect.ts'
import { orderRoute } from '../http/pos/order.ts'
import { redeemRoute } from '../http/pos/redeem.ts'
import { Problem } from '../http/problem.ts'
import type { ApiServer } from '../http/server.ts'
import { createFairQueue, type FairQueue } from '../kernel/fair-queue.ts'
import type { AppContext } from './context.ts'

export interface AppOptions {
  /** Requests that one API key may make per minute. */
  apiRequestsPerMinute: number
  deadlines: Deadlines
  /** Maximum number of concurrent connections; further ones are closed at once. */
  maxConnections: number
  /** Milliseconds that the event loop may lag before requests are refused; 0 means no limit. */
  maxEventLoopDelayMs: number
  /** Whether start-up is complete; until then `/readyz` answers 503. */
  isPrepared: () => boolean
}

export async function buildApp(ctx: AppContext, given: Partial<AppOptions> = {}): Promise<ApiServer> {
  const options: AppOptions = { ...DEFAULTS, maxConnections: ctx.config.maxConnections, ...given }
  const app = createServer(ctx, options)
  const refuseOtherMethods = trackMethods(app)
  describeRoutes(app, ctx)
  logRequests(app, ctx)
  await openScope(app, '/pos/1.0.0/:pos_name', (scope) => posApi(scope, ctx, options))
  await openScope(app, '', async (browsers) => {
    await addBrowserHeaders(browsers)
    browsers.setNotFoundHandler((request, reply) => sendProblem(new Problem('not_found'), request, reply))
    registerHealth(browsers, ctx, options.isPrepared)
    registerMetrics(browsers, ctx)
    await openScope(browsers, '', async (scope) => {
      refuseUnstorableText(scope)
      consentRoute(scope, ctx)
    })
    await openScope(browsers, '', async (scope) => {
      await refuseUnderPressure(scope, options.maxEventLoopDelayMs)
      limitNetworks(scope, ctx)
      logoRoute(scope, ctx)
    })
    await registerDocs(browsers)
    registerDashboard(browsers, ctx)
    const api = { ...ctx, db: ctx.apiDb }
    const queue = createFairQueue(API_QUEUE)
    await openScope(browsers, '/api/v1', (scope) => signInApi(scope, api, options))
    await openScope(browsers, '/api/v1', (scope) => accountApi(scope, api, options, queue))
    await openScope(browsers, '/api/v1', (scope) => businessApi(scope, api, options, queue))
  })
  await openScope(app, '', async (scope) => {
    await addBrowserHeaders(scope)
    refuseOtherMethods(scope)
  })
  return app
}

const DEFAULTS = {
  apiRequestsPerMinute: 12_000,
  deadlines: DEADLINES,
  maxEventLoopDelayMs: 1_000,
  isPrepared: () => true,
}

async function posApi(scope: ApiServer, ctx: AppContext, { maxEventLoopDelayMs }: AppOptions): Promise<void> {
  await refuseUnderPressure(scope, maxEventLoopDelayMs)
  authenticatePosRequests(scope, ctx)
  parsePosBodies(scope, MAX_BODY, (request, raw) => authenticateBody(ctx, request, raw))
  orderRoute(scope, ctx)
  checkRoute(scope, ctx)
  redeemRoute(scope, ctx)
  connectRoute(scope, ctx)
}

/** For people who are not signed in yet. */
async function signInApi(scope: ApiServer, ctx: AppContext, options: AppOptions): Promise<void> {
  await refuseUnderPressure(scope, options.maxEventLoopDelayMs)
  requireOwnOrigin(scope, ctx)
  limitNetworks(scope, ctx)
  limitHandlerTime(scope)
  parseApiBodies(scope)
  refuseUnstorableText(scope)
  queueRequests(scope, createFairQueue(SIGN_IN_QUEUE), (request) => originOf(request).network)
  registerSignIn(scope, ctx)
}

/** For the account of the person who is signed in. */
async function accountApi(scope: ApiServer, ctx: AppContext, options: AppOptions, queue: FairQueue): Promise<void> {
  await refuseUnderPressure(scope, options.maxEventLoopDelayMs)
  requireOwnOrigin(scope, ctx)
  limitNetworks(scope, ctx)
  requirePerson(scope, ctx)
  limitHandlerTime(scope)
  parseApiBodies(scope)
  refuseUnstorableText(scope)
  queueRequests(scope, queue, (request) => request.person.staffId)
  registerAccount(scope, ctx)
}

async function businessApi(scope: ApiServer, ctx: AppContext, options: AppOptions, queue: FairQueue): Promise<void> {
  await refuseUnderPressure(scope, options.maxEventLoopDelayMs)
  authenticateCallers(scope, ctx)
  limitHandlerTime(scope)
  await limitRate(scope, options.apiRequestsPerMinute)
  parseApiBodies(scope)
  refuseUnstorableText(scope)
  maskPhonesIn(scope)
  queueRequests(scope, queue)
  registerApi(scope, ctx)
}
