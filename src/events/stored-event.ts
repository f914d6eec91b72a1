// An event as it is stored: one element of the column `events`.
import type { Actor } from '../../contract/actor.ts'
import type { EventType } from '../../contract/events/event.ts'
import type { EpochMs } from '../kernel/clock.ts'

export interface StoredEvent {
  readonly type: EventType
  readonly at: EpochMs
  /** Null: by the POS of the order. */
  readonly actor: Actor | null
  readonly subject: string
  readonly data: Readonly<Record<string, unknown>>
}
