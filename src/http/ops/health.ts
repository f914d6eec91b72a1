// GET /healthz and GET /readyz: whether the process is alive, and whether it can serve.
import { sqlState } from '../../db/errors.ts'
import type { AppContext } from '../../server/context.ts'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

/** `isPrepared`: whether start-up, including the demo, is complete. */
export function registerHealth(app: ApiServer, ctx: AppContext, isPrepared: () => boolean): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'alive' }))

  const isReady = shared(() => ctx.healthDb.query('select from business_locks limit 1'))
  app.get('/readyz', { schema: { hide: true } }, async () => {
    if (!isPrepared())
      throw new Problem('unavailable', { detail: 'LoyaPro is starting.', headers: { 'retry-after': '1' } })
    try {
      await isReady()
      return { status: 'ready' }
    } catch (error) {
      const reason =
        sqlState(error) === UNDEFINED_TABLE
          ? 'The database has no schema. Run `loyapro migrate`.'
          : 'The database does not respond.'
      throw new Problem('unavailable', { detail: reason, headers: { 'retry-after': '5' }, cause: error })
    }
  })
}

const UNDEFINED_TABLE = '42P01'

/** Concurrent callers share one run, so that at most one query is active. */
function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null
  return () => {
    running ??= work().finally(() => {
      running = null
    })
    return running
  }
}
