// Events of subscriptions.
import { Type } from 'typebox'

const Subscription = Type.Object({
  version: Type.Literal(1),
  customer_id: Type.String(),
  program_id: Type.String(),
  order_id: Type.Union([Type.String(), Type.Null()]),
  started_at: Type.String(),
  ends_at: Type.String(),
})

/** Subject: the subscription. */
export const SUBSCRIPTION_EVENTS = {
  'subscription.started': Subscription,
  /** A further period began. */
  'subscription.renewed': Subscription,
  /** Ended by hand, or its purchase was returned. One that runs out has no event: `ends_at` is known. */
  'subscription.ended': Subscription,
}
