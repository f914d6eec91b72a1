// The operations of the business API on back-tests.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerCancelBackTest } from './cancel-back-test.ts'
import { registerCreateBackTest } from './create-back-test.ts'
import { registerGetBackTest } from './get-back-test.ts'
import { registerListBackTests } from './list-back-tests.ts'

/** In the order of the API reference. */
export function backTestRoutes(app: ApiServer, ctx: AppContext): void {
  registerListBackTests(app, ctx)
  registerCreateBackTest(app, ctx)
  registerGetBackTest(app, ctx)
  registerCancelBackTest(app, ctx)
}
