// The operations of the business API on webhook deliveries.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerGetDelivery } from './get-delivery.ts'
import { registerListDeliveries } from './list-deliveries.ts'
import { registerListUnmatched } from './list-unmatched.ts'
import { registerReplayDelivery } from './replay-delivery.ts'

/** In the order of the API reference. */
export function deliveryRoutes(app: ApiServer, ctx: AppContext): void {
  registerListDeliveries(app, ctx)
  registerGetDelivery(app, ctx)
  registerReplayDelivery(app, ctx)
  registerListUnmatched(app, ctx)
}
