// The operations of the business API on privacy notices.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerCreateNotice } from './create-notice.ts'
import { registerDeleteNotice } from './delete-notice.ts'
import { registerGetNotice, registerListNotices } from './get-notices.ts'
import { registerPublishNotice } from './publish-notice.ts'
import { registerUpdateNotice } from './update-notice.ts'

/** In the order of the API reference. */
export function privacyNoticeRoutes(app: ApiServer, ctx: AppContext): void {
  registerListNotices(app, ctx)
  registerCreateNotice(app, ctx)
  registerGetNotice(app, ctx)
  registerUpdateNotice(app, ctx)
  registerPublishNotice(app, ctx)
  registerDeleteNotice(app, ctx)
}
