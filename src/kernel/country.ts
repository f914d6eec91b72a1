// The country of a business: where a phone number that names no country belongs. ISO 3166-1 alpha-2
// codes.
import { COUNTRY_ZONES } from './country-zones.ts'

/**
 * The business's own country, else that of its time zone; null when neither is known, as in the
 * zone UTC.
 */
export function countryOf({ country, timezone }: { country: string | null; timezone: string }): string | null {
  return country ?? countryOfZone(timezone)
}

/**
 * The country of an IANA time zone, in any case and by any of its names; null for a zone that is no
 * country's.
 */
export function countryOfZone(timezone: string): string | null {
  const known = BY_ZONE.get(timezone) ?? lookedUp.get(timezone)
  if (known !== undefined) return known
  const country = look(timezone)
  if (lookedUp.size < MAX_LOOKED_UP) lookedUp.set(timezone, country)
  return country
}

const BY_ZONE: ReadonlyMap<string, string> = new Map(
  COUNTRY_ZONES.split(/,\s+/).flatMap((entry) => {
    const [country = '', zones = ''] = entry.split(/:\s+/)
    return zones.split(/\s+/).map((zone) => [zone, country] as const)
  }),
)

const lookedUp = new Map<string, string | null>()
const MAX_LOOKED_UP = 2_000

/** By another name of the same zone: `Asia/Kolkata` is `Asia/Calcutta`. */
function look(timezone: string): string | null {
  const moment = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timezone)
  for (const [zone, country] of BY_ZONE) {
    if (moment.withTimeZone(zone).equals(moment)) return country
  }
  return null
}
