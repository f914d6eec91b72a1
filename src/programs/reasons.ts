// The reasons of movements that the ledger makes itself: release, expiry, write-off.
import type { Uuid } from '../kernel/ids.ts'
import { localDate } from '../kernel/local-date.ts'
import type { OwnReasons } from '../ledger/book.ts'
import type { Why } from './why.ts'

/** `zoneOf` returns the IANA time zone of a business; sentences show its local dates. */
export function ledgerReasons(zoneOf: (businessId: Uuid) => string): OwnReasons<Why> {
  return {
    released: (lot, units, { businessId }) => {
      return { t: 'pending_release', u: units, d: localDate(lot.availableAt, zoneOf(businessId)) }
    },
    // The last day before the expiry.
    expired: (lot, units, { businessId }) => {
      return { t: 'expiry', u: units, d: localDate((lot.expiresAt ?? lot.occurredAt) - 1, zoneOf(businessId)) }
    },
    extended: (lot, units, { businessId }) => {
      return { t: 'extended', u: units, d: localDate((lot.expiresAt ?? lot.occurredAt) - 1, zoneOf(businessId)) }
    },
    writtenOff: (_lot, units) => ({ t: 'write_off', u: units }),
  }
}
