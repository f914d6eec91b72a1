// An event inside of LoyaPro: ids are UUIDs and instants are numbers. The API shows them as
// `contract/events` describes them.
import type { Actor } from '../../contract/actor.ts'
import type { EventData, EventType } from '../../contract/events/event.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { IdKind, Uuid } from '../kernel/ids.ts'

/** What a field holds: an id of this kind, an instant, or a value that is shown as it is. */
export type FieldKind = IdKind | 'instant' | 'value'

/** Of each type: the kind of its subject, and its data in the order in which they are stored. */
export const EVENT_FIELDS = {
  'order.processed': {
    subject: 'order',
    data: { delivery_id: 'delivery', pos: 'value', pos_order_id: 'value', status: 'value', customer_id: 'customer' },
  },
  'movement.created': {
    subject: 'transfer',
    data: {
      customer_id: 'customer',
      program_id: 'program',
      kind: 'value',
      debit: 'value',
      credit: 'value',
      units: 'value',
      balance: 'value',
      occurred_at: 'instant',
    },
  },
  'reward.claimed': claim(),
  'reward.redeemed': claim(),
  'reward.restored': claim(),
  'reward.expired': claim(),
  'card.completed': {
    subject: 'card',
    data: {
      customer_id: 'customer',
      program_id: 'program',
      number: 'value',
      goal: 'value',
      won_at: 'instant',
      expires_at: 'instant',
    },
  },
  'customer.created': { subject: 'customer', data: {} },
  'customer.updated': { subject: 'customer', data: {} },
  'customer.merged': { subject: 'customer', data: { into: 'customer' } },
  'customer.erased': { subject: 'customer', data: {} },
  'subscription.started': subscription(),
  'subscription.renewed': subscription(),
  'subscription.ended': subscription(),
  'program.activated': { subject: 'program', data: { effective_from: 'instant' } },
  'delivery.failed': { subject: 'delivery', data: { pos: 'value', error: 'value' } },
} as const satisfies { [T in EventType]: { subject: IdKind; data: Record<keyof EventData<T>, FieldKind> } }

function claim() {
  return {
    subject: 'claim',
    data: {
      customer_id: 'customer',
      program_id: 'program',
      kind: 'value',
      status: 'value',
      reward_id: 'reward',
      name: 'value',
      units: 'value',
      order_id: 'order',
    },
  } as const
}

function subscription() {
  return {
    subject: 'subscription',
    data: {
      customer_id: 'customer',
      program_id: 'program',
      order_id: 'order',
      started_at: 'instant',
      ends_at: 'instant',
    },
  } as const
}

/** A field as it is inside, of a field as it is shown. */
type Inside<Kind, Shown> = Kind extends 'value'
  ? Shown
  : (Kind extends 'instant' ? EpochMs : Uuid) | Extract<Shown, null>

type Fields<T extends EventType> = (typeof EVENT_FIELDS)[T]['data']

type EventOf<T extends EventType> = {
  readonly type: T
  readonly at: EpochMs
  /** Null: by the POS of the order. */
  readonly actor: Actor | null
  /** The id of what it is about. */
  readonly subject: Uuid
  readonly data: {
    readonly [F in keyof EventData<T>]: F extends keyof Fields<T> ? Inside<Fields<T>[F], EventData<T>[F]> : never
  }
}

export type Event = { [T in EventType]: EventOf<T> }[EventType]
