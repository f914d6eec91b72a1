// The operations of the business API for setting up: the work list, the state of a POS, test orders.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerGetPosStatus } from './get-pos-status.ts'
import { registerGetWorkList } from './get-work-list.ts'
import { registerSendTestOrder, registerVoidTestOrder } from './test-orders.ts'

/** In the order of the API reference. */
export function onboardingRoutes(app: ApiServer, ctx: AppContext): void {
  registerGetWorkList(app, ctx)
  registerGetPosStatus(app, ctx)
  registerSendTestOrder(app, ctx)
  registerVoidTestOrder(app, ctx)
}
