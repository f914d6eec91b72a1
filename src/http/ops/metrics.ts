// GET /metrics: what LoyaPro counts and times, in the text format of Prometheus. Keep it from the public at the proxy.
import type { AppContext } from '../../context.ts'
import type { ApiServer } from '../server.ts'

export function registerMetrics(app: ApiServer, ctx: AppContext): void {
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    const { registry, ingestWaiting } = ctx.metrics
    ingestWaiting.set(ctx.ingest.depth())
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
