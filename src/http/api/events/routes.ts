// The operations of the business API on events.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerListEvents } from './list-events.ts'
import { createEventStreams } from './streams.ts'

export function eventRoutes(app: ApiServer, ctx: AppContext): void {
  const streams = createEventStreams(ctx)
  // Streams never end by themselves, and the server waits for every connection.
  app.addHook('preClose', async () => streams.close())
  registerListEvents(app, ctx, streams)
}
