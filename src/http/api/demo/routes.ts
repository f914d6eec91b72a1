// The operations of the business API on the demo of a first start.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerGetDemo } from './get-demo.ts'
import { registerListDemoMails } from './list-demo-mails.ts'
import { registerRemoveDemo } from './remove-demo.ts'

/** In the order of the API reference. */
export function demoRoutes(app: ApiServer, ctx: AppContext): void {
  registerGetDemo(app, ctx)
  registerListDemoMails(app, ctx)
  registerRemoveDemo(app, ctx)
}
