// The operations of the business API on its activity log.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerListActivity } from './list-activity.ts'
import { registerListActors } from './list-actors.ts'

export function activityRoutes(app: ApiServer, ctx: AppContext): void {
  registerListActivity(app, ctx)
  registerListActors(app, ctx)
}
