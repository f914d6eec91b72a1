// The country of a business (ISO 3166-1 alpha-2). It determines the country of phone numbers that
// name none.
import { COUNTRY_ZONES } from './country-zones.ts'

/** The configured country, else that of the time zone; null when neither is known, as for UTC. */
export function countryOf({ country, timezone }: { country: string | null; timezone: string }): string | null {
  return country ?? countryOfZone(timezone)
}

/**
 * The country of an IANA time zone, by any of its names, in any case; null for a zone without a
 * country.
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

/** Zones by their alternative names: `Asia/Kolkata` is `Asia/Calcutta`. */
function look(timezone: string): string | null {
  const moment = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timezone)
  for (const [zone, country] of BY_ZONE) {
    if (moment.withTimeZone(zone).equals(moment)) return country
  }
  return null
}
