// Every event by its type, with the schema of its data.
import type { Static } from 'typebox'
import { CARD_EVENTS } from './card.ts'
import { CUSTOMER_EVENTS } from './customer.ts'
import { DELIVERY_EVENTS } from './delivery.ts'
import { MOVEMENT_EVENTS } from './movement.ts'
import { ORDER_EVENTS } from './order.ts'
import { PROGRAM_EVENTS } from './program.ts'
import { REWARD_EVENTS } from './reward.ts'
import { SUBSCRIPTION_EVENTS } from './subscription.ts'

/** `version` in the data is that of versions.ts. */
export const EVENT_DATA = {
  ...ORDER_EVENTS,
  ...MOVEMENT_EVENTS,
  ...REWARD_EVENTS,
  ...CARD_EVENTS,
  ...CUSTOMER_EVENTS,
  ...SUBSCRIPTION_EVENTS,
  ...PROGRAM_EVENTS,
  ...DELIVERY_EVENTS,
}

export type EventType = keyof typeof EVENT_DATA

/** The data of a type, without its version. */
export type EventData<T extends EventType> = Omit<Static<(typeof EVENT_DATA)[T]>, 'version'>
