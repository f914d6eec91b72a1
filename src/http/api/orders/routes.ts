// The operations of the business API on orders and decisions about them.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerApplyVoid } from './apply-void.ts'
import { registerRejectOrder, registerReleaseOrder } from './decide-ceiling.ts'
import { registerGetOrder } from './get-order.ts'
import { registerListCustomerOrders } from './list-customer-orders.ts'
import { registerListOrders } from './list-orders.ts'

/** In the order of the API reference. */
export function orderRoutes(app: ApiServer, ctx: AppContext): void {
  registerListCustomerOrders(app, ctx)
  registerListOrders(app, ctx)
  registerGetOrder(app, ctx)
  registerApplyVoid(app, ctx)
  registerReleaseOrder(app, ctx)
  registerRejectOrder(app, ctx)
}
