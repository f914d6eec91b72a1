// The Fastify server with what applies to every request: time limits, request IDs, common headers,
// validation and errors.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { LogController } from 'fastify'
import type { AppContext } from '../server/context.ts'
import { MAX_BODY } from './auth/usage.ts'
import { answerClientError } from './plugins/client-error.ts'
import { refuseWhileClosing } from './plugins/closing.ts'
import type { Deadlines } from './plugins/deadlines.ts'
import { answerError } from './plugins/error-mapper.ts'
import { addCommonHeaders, HEADERS_WITHOUT_HOOKS } from './plugins/headers.ts'
import { requestIdOf } from './plugins/request-id.ts'
import { serializerCompiler } from './plugins/serialization.ts'
import { validatorCompiler } from './plugins/validation.ts'
import type { ApiServer } from './server.ts'

export interface ServerOptions {
  deadlines: Deadlines
  /** Maximum number of concurrent connections; further ones are closed at once. */
  maxConnections: number
}

export function createServer(ctx: AppContext, { deadlines, maxConnections }: ServerOptions): ApiServer {
  const app = Fastify({
    loggerInstance: ctx.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    // Log lines name the request by its ID; a logger per request would cost more than the line.
    childLoggerFactory: (logger) => logger,
    genReqId: (request) => requestIdOf(request) ?? ctx.ids.next(),
    bodyLimit: MAX_BODY,
    requestTimeout: deadlines.requestMs,
    http: { headersTimeout: deadlines.headersMs, connectionsCheckingInterval: deadlines.checkMs },
    // An idle connection may wait longer for its next request than a request may take to arrive.
    connectionTimeout: 75_000,
    keepAliveTimeout: 72_000,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    // No hook runs for a request with a malformed URL.
    frameworkErrors: (error, request, reply) => answerError(error, request, reply.headers(HEADERS_WITHOUT_HOOKS)),
    clientErrorHandler: answerClientError,
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.server.maxConnections = maxConnections
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerError)
  app.decorateRequest('businessId', null)
  addCommonHeaders(app)
  refuseWhileClosing(app)
  return app
}
