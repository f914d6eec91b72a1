// What an integration with a POS consists of. Every folder beside this file has one; the registry
// finds them.
import type { PaymentKind, PosOrder } from '../../contract/pos-order.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Authentication } from './authentication.ts'
import type { ClientDefinition } from './client.ts'
import type { NonPersonal } from './toolkit/non-personal.ts'

/** Exported as `integration` from `<folder>/integration.ts`. */
export interface Integration {
  /** The name of the folder. `pos_systems.adapter` stores it. */
  readonly name: string
  /** The name of the POS in English and Arabic. */
  readonly title: { readonly en: string; readonly ar: string }
  readonly authentication: Authentication
  /**
   * The reference of the business that a webhook names, found without reading the rest, so that the
   * business is known before the body is read. Null when there is none.
   */
  reference(body: unknown, headers: RequestHeaders): string | null
  /** Reads what JSON.parse returned. Pure; every JSON value has an outcome. */
  read(body: unknown, context: PosContext): ParseOutcome
  readonly reward: RewardFormat
  /** Absent when LoyaPro cannot call this POS. */
  readonly client?: ClientDefinition
}

/** Header names are in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** How the answer to a reward check is written for a POS. */
export interface RewardFormat {
  /** The products that a reward can be used for, and how many pieces of them together. */
  allowedProducts(productIds: readonly string[], quantity: number): unknown
  /** The maximum of a percentage discount without a maximum. */
  readonly unlimited: number | null
}

/**
 * What the archive knows of the bodies of a POS; exported as `bodyProfile` from
 * `<folder>/body-profile.ts`. It is separate because the ingest thread stores bodies and does not
 * read them. Optional: without it, bodies are compressed with the dictionary of the standard
 * format.
 */
export interface BodyProfile {
  /** Stored with everything that `sampleBody` compressed. Unique and permanent. */
  readonly dictionary: number
  /**
   * A synthetic body with the keys of real ones, in their order: the zstd dictionary of stored
   * bodies. Its bytes never change; a better sample is a new file with a new number.
   */
  readonly sampleBody: Buffer
  /** The values that may outlive the body, because they identify nobody. */
  readonly nonPersonal: NonPersonal
}

/** What reading needs to know of the business, because the body does not state it. */
export interface PosContext {
  /** ISO 4217: its minor unit is the unit of all money in the order. */
  currency: string
  /** IANA zone of times without a zone, and of the business day where the POS does not state it. */
  timezone: string
  /** ISO 3166-1 alpha-2, for phone numbers without a country code; null when it is not known. */
  country: string | null
  /**
   * The kinds of the business's own payment methods, by folded name (`foldText`). They override
   * what the names suggest.
   */
  paymentKinds?: ReadonlyMap<string, PaymentKind>
}

/**
 * `businessReference` is the reference in the body; empty when a header names the business.
 * `timestamp` is the time of the event; 0 when an ignored event has none. `event` is empty when the
 * body does not name an event.
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
 * `draft`: the order is not placed yet. `unknown_event`: the event does not concern an order.
 * `unknown_status`: the order has a status, type or source that this version does not know; a later
 * version can read it in a replay.
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
