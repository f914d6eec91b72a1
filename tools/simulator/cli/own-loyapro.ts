// A LoyaPro of the simulator's own: its database in a scratch directory, its server a process of
// its own; both are removed after the run.
import { listBusinesses } from '../../../src/businesses/businesses.ts'
import type { AppContext } from '../../../src/server/context.ts'
import { fullApiKey, openBusiness, prove, setUpPos } from '../../harness/businesses.ts'
import { withContext } from '../../harness/context.ts'
import { withScratch } from '../../harness/scratch.ts'
import { createServer } from '../../harness/server.ts'
import type { Host } from '../options.ts'

export interface OwnLoyaPro extends Host {
  /** Stops the server, and derives every balance again; the differences, in words. */
  prove(): Promise<string[]>
}

/** Works with a LoyaPro that exists only for this work. Rejects when the server does not start. */
export function withOwnLoyaPro<T>(signal: AbortSignal, work: (own: OwnLoyaPro) => Promise<T>): Promise<T> {
  return withScratch({ name: 'simulate' }, (scratch) =>
    withContext(scratch, async (ctx) => {
      const host = await hostOf(ctx, '')
      signal.throwIfAborted()
      const server = createServer(ctx)
      await using stack = new AsyncDisposableStack()
      stack.defer(() => server.stop())
      await server.start()
      return await work({
        ...host,
        url: server.url,
        prove: async () => {
          await server.stop()
          return prove(ctx, await listBusinesses(ctx.db))
        },
      })
    }),
  )
}

/**
 * A LoyaPro at `url` on the database of the context. `tokens`: of points of sale that are set up.
 */
export async function hostOf(ctx: AppContext, url: string, tokens: { foodics?: string } = {}): Promise<Host> {
  const foodics = tokens.foodics ?? (await setUpPos(ctx, 'foodics'))
  const standard = await setUpPos(ctx, 'standard')
  return {
    url,
    tokens: { foodics: { name: 'foodics', token: foodics }, standard: { name: 'standard', token: standard } },
    open: (shop) => openShop(ctx, shop),
  }
}

/** The business of a shop, connected and without programs, with an API key of every scope. */
export async function openShop(
  ctx: AppContext,
  { name, nameAr, currency, zone, pos, reference }: Parameters<Host['open']>[0],
): Promise<{ apiKey: string }> {
  const spec = { name, nameAr, currency, timezone: zone, language: 'en', pos, reference } as const
  const businessId = await ctx.db.write('system:tool', (tx) => openBusiness(tx, spec, ctx))
  return { apiKey: await fullApiKey(ctx, businessId) }
}
