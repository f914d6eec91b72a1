// The cache of connections: which business a reference of a POS belongs to.
import { LRUCache } from 'lru-cache'
import type { Queryable, Statement } from '../db/database.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import { countryOf } from '../kernel/country.ts'
import type { Uuid } from '../kernel/ids.ts'
import { normaliseReference } from '../kernel/text.ts'

/** The business of a reference, with the settings that reading an order needs. */
export interface Connected {
  businessId: Uuid
  /** SHA-256 of the secret that the POS must send; null when the connection has none. */
  secretHash: Buffer | null
  /** Of the previous secret, and until when it is accepted. */
  oldSecretHash: Buffer | null
  oldSecretUntil: EpochMs | null
  currency: string
  timezone: string
  /** ISO 3166-1 alpha-2; null when neither the business nor its time zone names one. */
  country: string | null
  language: 'ar' | 'en'
}

/**
 * Finds the business of a reference. Cached for a few seconds, because a shop sends many orders a
 * minute.
 */
export interface Connections {
  find(posName: string, reference: string): Promise<Connected | null>
  /** Clears the cached connection of this reference. */
  forget(posName: string, reference: string): void
}

/** Only existing connections are cached, so that a new connection takes effect immediately. */
export function createConnections(q: Queryable, clock: Clock): Connections {
  const remembered = new LRUCache<string, { business: Connected; until: EpochMs }>({ max: MAX_REMEMBERED })
  return {
    async find(posName, reference) {
      const key = `${posName} ${reference}`
      const known = remembered.get(key)
      const left = known ? known.until - clock.now() : 0
      // More time is left than the cache allows when the clock was set back: the age of the entry
      // is unknown.
      if (known && left > 0 && left <= REMEMBERED_MS) return known.business
      remembered.delete(key)
      const [row] = await q.query<Connected>(FIND_BUSINESS, [posName, normaliseReference(reference)])
      if (!row) return null
      const business = { ...row, country: countryOf(row) }
      remembered.set(key, { business, until: clock.now() + REMEMBERED_MS })
      return business
    },
    forget: (posName, reference) => void remembered.delete(`${posName} ${reference}`),
  }
}

export const FIND_BUSINESS: Statement = {
  name: 'find_business',
  text: `
select b.id as "businessId", c.secret_hash as "secretHash", c.old_secret_hash as "oldSecretHash",
  c.old_secret_until as "oldSecretUntil", b.currency, b.timezone, b.country, b.language
from pos_connections c join businesses b on b.id = c.business_id
where c.pos_name = $1 and c.reference_key = $2`,
}

export const MAX_REMEMBERED = 10000
export const REMEMBERED_MS = 5000
