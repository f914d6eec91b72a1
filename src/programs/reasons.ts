// The words for what the ledger does of itself: releasing, expiring, writing off.
import type { Uuid } from '../kernel/ids.ts'
import { localDate } from '../kernel/local-date.ts'
import type { OwnReasons } from '../ledger/book.ts'
import type { Why } from './why.ts'

/** `zoneOf` gives the IANA zone of a business: the days in the sentences are its own. */
export function ledgerReasons(zoneOf: (businessId: Uuid) => string): OwnReasons<Why> {
  return {
    released: (lot, units, { businessId }) => {
      return { t: 'pending_release', u: units, d: localDate(lot.availableAt, zoneOf(businessId)) }
    },
    // Good until the last day before the end.
    expired: (lot, units, { businessId }) => {
      return { t: 'expiry', u: units, d: localDate((lot.expiresAt ?? lot.occurredAt) - 1, zoneOf(businessId)) }
    },
    extended: (lot, units, { businessId }) => {
      return { t: 'extended', u: units, d: localDate((lot.expiresAt ?? lot.occurredAt) - 1, zoneOf(businessId)) }
    },
    writtenOff: (_lot, units) => ({ t: 'write_off', u: units }),
  }
}
