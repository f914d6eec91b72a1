// The country of a business is that of its time zone, unless configured.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countryOf, countryOfZone } from './country.ts'

test('A13: a time zone has a country, by any of its names', () => {
  const zones: [string, string | null][] = [
    ['Asia/Riyadh', 'SA'],
    ['Africa/Algiers', 'DZ'],
    ['Asia/Hebron', 'PS'],
    ['Asia/Gaza', 'PS'],
    ['Asia/Jerusalem', 'IL'],
    ['Asia/Baghdad', 'IQ'],
    ['Asia/Tokyo', 'JP'],
    ['Japan', 'JP'],
    ['Europe/Istanbul', 'TR'],
    ['Turkey', 'TR'],
    ['Europe/Berlin', 'DE'],
    ['Africa/Casablanca', 'MA'],
    ['Africa/El_Aaiun', 'EH'],
    ['Asia/Kolkata', 'IN'],
    ['Asia/Kuwait', 'KW'],
    ['asia/dubai', 'AE'],
    ['UTC', null],
    ['Etc/GMT-3', null],
    ['+03:00', null],
  ]
  for (const [zone, country] of zones) assert.equal(countryOfZone(zone), country, zone)
})

test('A13: the configured country takes precedence over the time zone', () => {
  assert.equal(countryOf({ country: 'EG', timezone: 'Asia/Riyadh' }), 'EG')
  assert.equal(countryOf({ country: null, timezone: 'Africa/Algiers' }), 'DZ')
  assert.equal(countryOf({ country: null, timezone: 'UTC' }), null)
})

test('the table agrees with the CLDR of the runtime, and every zone with inhabitants has a country', () => {
  const zones = Intl.supportedValuesOf('timeZone')
  const known = zones.filter((zone) => countryOfZone(zone) !== null)
  const countries = new Set(known.map((zone) => countryOfZone(zone) ?? ''))
  for (const country of countries) {
    const listed = new Intl.Locale(`und-${country}`).getTimeZones() ?? []
    assert.deepEqual(
      known.filter((zone) => countryOfZone(zone) === country),
      listed.filter((zone) => zones.includes(zone)).sort(),
      country,
    )
  }
  const nobody = zones.filter((zone) => countryOfZone(zone) === null)
  // Territories without a calling code in the phone library.
  const islands = ['Atlantic/South_Georgia', 'Indian/Kerguelen', 'Pacific/Midway', 'Pacific/Pitcairn', 'Pacific/Wake']
  assert.deepEqual(
    nobody.filter((zone) => !/^(Antarctica|Etc)\/|^UTC$/.test(zone)),
    islands,
  )
})
