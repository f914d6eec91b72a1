// A server that closes completes accepted requests and refuses new ones.
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

/**
 * Requests that arrive on open connections while the server closes get 503 with Retry-After. Every
 * answer then closes its connection; otherwise the server would wait until it has been idle for
 * long.
 */
export function refuseWhileClosing(app: ApiServer): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
    // Answers that were already on their way have left their connections open.
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
