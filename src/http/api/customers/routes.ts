// The operations of the business API on customers, their balances and subscriptions.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerAdjustBalance, registerPreviewAdjustment } from './adjust-balance.ts'
import { registerChangePhone } from './change-phone.ts'
import { registerCreateCustomer } from './create-customer.ts'
import { registerCreateSubscription } from './create-subscription.ts'
import { registerEndSubscription } from './end-subscription.ts'
import { registerGetCustomer } from './get-customer.ts'
import { registerListCustomers } from './list-customers.ts'
import { registerListLedger } from './list-ledger.ts'
import { registerListSegments } from './list-segments.ts'
import { registerMergeCustomer, registerPreviewMerge } from './merge-customer.ts'
import { registerAddNote, registerListNotes, registerRemoveNote } from './notes.ts'
import { registerReleasePhone } from './release-phone.ts'
import { registerTimeline } from './timeline.ts'
import { registerUpdateCustomer } from './update-customer.ts'

/** In the order of the API reference. */
export function customerRoutes(app: ApiServer, ctx: AppContext): void {
  registerListCustomers(app, ctx)
  registerListSegments(app)
  registerCreateCustomer(app, ctx)
  registerGetCustomer(app, ctx)
  registerUpdateCustomer(app, ctx)
  registerChangePhone(app, ctx)
  registerReleasePhone(app, ctx)
  registerMergeCustomer(app, ctx)
  registerPreviewMerge(app, ctx)
  registerListNotes(app, ctx)
  registerAddNote(app, ctx)
  registerRemoveNote(app, ctx)
  registerListLedger(app, ctx)
  registerTimeline(app, ctx)
  registerAdjustBalance(app, ctx)
  registerPreviewAdjustment(app, ctx)
  registerCreateSubscription(app, ctx)
  registerEndSubscription(app, ctx)
}
