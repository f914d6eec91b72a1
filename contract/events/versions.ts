// The version of the data of each event. It rises when a schema changes incompatibly.

export const EVENT_VERSIONS = {
  'order.processed': 1,
  'movement.created': 1,
  'reward.claimed': 1,
  'reward.redeemed': 1,
  'reward.restored': 1,
  'reward.expired': 1,
  'card.completed': 1,
  'customer.created': 1,
  'customer.updated': 1,
  'customer.merged': 1,
  'customer.erased': 1,
  'subscription.started': 1,
  'subscription.renewed': 1,
  'subscription.ended': 1,
  'program.activated': 1,
  'delivery.failed': 1,
} as const
