// One log line and one measurement per request, after its answer is sent; never a body, a header or
// a query.
import type { AppContext } from '../../server/context.ts'
import type { ApiServer } from '../server.ts'

export function logRequests(app: ApiServer, ctx: AppContext): void {
  // These lines contain nothing to redact, and there is one per request: redaction would only cost
  // time.
  const log = ctx.log.child({}, { redact: { paths: [] } })
  app.addHook('onResponse', (request, reply, done) => {
    // The pattern and not the URL: a URL may contain a phone number, and would be too many labels.
    const route = request.routeOptions.url ?? 'unknown'
    const { method } = request
    const { statusCode: status, elapsedTime } = reply
    ctx.metrics.httpDuration.observe({ method, route, status }, elapsedTime / 1000)
    const ms = Math.round(elapsedTime * 10) / 10
    const business = request.businessId === null ? {} : { business_id: request.businessId }
    log[status >= 500 ? 'warn' : 'info']({ request_id: request.id, route, method, status, ms, ...business }, 'request')
    done()
  })
}
