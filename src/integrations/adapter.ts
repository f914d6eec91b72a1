// What every POS adapter offers: it turns the POS's own body into the canonical order, purely, and
// never throws on a body.
import type { PaymentKind, PosOrder } from '../../contract/pos-order.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { NonPersonal } from './toolkit/non-personal.ts'

export interface PosAdapter extends BodyProfile {
  readonly name: string
  /**
   * The reference that names the business in this body, cheaply, so that the business can be looked
   * up before the body is parsed; null when there is none, and then `parse` says so, whatever its
   * context.
   */
  peekReference(body: unknown): string | null
  /** Parses what JSON.parse gave. Every JSON value has an outcome. */
  parse(body: unknown, context: PosContext): ParseOutcome
  /**
   * How this POS is told which products a reward is good for, and how many pieces of them together.
   */
  allowedProducts(productIds: readonly string[], quantity: number): unknown
  /** What this POS is told as the cap of a percentage that has none. */
  readonly unlimited: number | null
}

/** What keeping bodies needs of an adapter, apart from how it reads them (kept.ts). */
export interface BodyProfile {
  /** What in a body may outlast it, as nobody is known by it. */
  readonly impersonal: NonPersonal
  /**
   * A made-up body with the keys and their order of real ones: the zstd dictionary of stored
   * bodies. Its bytes never change.
   */
  readonly sampleBody: Buffer
}

/** What an adapter must know of the business, as its POS does not say it. */
export interface PosContext {
  /** ISO 4217: its minor unit is the unit of all money in the order. */
  currency: string
  /**
   * IANA zone: of times that carry none, and of the business day where the POS does not name it.
   */
  timezone: string
  /** ISO 3166-1 alpha-2, of phone numbers that name none; null when it is not known. */
  country: string | null
  /**
   * What the business says of its own payment methods, by folded name (`foldText`); it wins over
   * what their names suggest.
   */
  paymentKinds?: ReadonlyMap<string, PaymentKind>
}

/**
 * `timestamp` is the event's own time; 0 when an event that is ignored has none. `event` is `''`
 * when an order came without the name of an event.
 */
export type ParseOutcome =
  | { kind: 'order'; businessReference: string; event: string; timestamp: EpochMs; order: PosOrder }
  | {
      kind: 'ignored'
      businessReference: string
      event: string
      timestamp: EpochMs
      reason: IgnoredReason
      posOrderId?: string
    }
  | { kind: 'invalid'; errors: PosProblem[] }

/**
 * `draft`: an order that is not one yet. `unknown_event`: an event that is not about an order.
 * `unknown_status`: an order with a status, a type or a source that this version of the adapter
 * does not know; a later version can read it, so it can be replayed.
 */
export type IgnoredReason = 'draft' | 'unknown_event' | 'unknown_status'

/**
 * One thing that makes the body unusable, with its remedy. `pointer` is RFC 6901:
 * `/order/products/0/quantity`.
 */
export interface PosProblem {
  pointer: string
  message: string
  message_ar: string
}
