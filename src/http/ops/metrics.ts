// GET /metrics: the metrics in the text format of Prometheus, for callers with the metrics token.
import { createHash, timingSafeEqual } from 'node:crypto'
import { bearerIn } from '../../businesses/credentials.ts'
import type { AppContext } from '../../server/context.ts'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

export function registerMetrics(app: ApiServer, ctx: AppContext): void {
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    const { metricsToken } = ctx.config
    if (metricsToken === undefined || !isSame(bearerIn(request.headers.authorization), metricsToken)) throw notAllowed()
    const { registry, ingestWaiting } = ctx.metrics
    ingestWaiting.set(ctx.ingest.depth())
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

/** Constant-time comparison. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(expected))
}

function notAllowed(): Problem {
  return new Problem('unauthenticated', {
    detail: {
      en: 'The metrics token is missing or wrong. Set LOYAPRO_METRICS_TOKEN and send its value as `Authorization: Bearer …`.',
      ar: 'رمز المقاييس غير موجود أو غير صحيح. اضبط LOYAPRO_METRICS_TOKEN وأرسل قيمته بهذه الصيغة: Authorization: Bearer …',
    },
    headers: { 'www-authenticate': 'Bearer realm="LoyaPro metrics"' },
  })
}
