// One log line and one measurement for every request, when its answer is out. Never a body, a
// header or a query.
import type { AppContext } from '../../server/context.ts'
import type { ApiServer } from '../server.ts'

export function logRequests(app: ApiServer, ctx: AppContext): void {
  // A line of this kind holds nothing that must be hidden, and there is one for every request: it
  // is not searched for it.
  const log = ctx.log.child({}, { redact: { paths: [] } })
  app.addHook('onResponse', (request, reply, done) => {
    // The pattern, not the address: an address may hold a phone number, and there are too many of
    // them to count by.
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
