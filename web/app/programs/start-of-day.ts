// The instant at which a day begins in a time zone.

/** `2026-12-01` in `Asia/Riyadh` → `2026-11-30T21:00:00.000Z`. */
export function startOfDay(day: string, zone: string): string {
  const utc = Date.parse(`${day}T00:00:00Z`)
  // The offset is looked up twice: clocks may change between the first guess and the day.
  const guess = utc - offsetAt(utc, zone)
  return new Date(utc - offsetAt(guess, zone)).toISOString()
}

/** Milliseconds that the zone is ahead of UTC. */
function offsetAt(instant: number, zone: string): number {
  const options = {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  } as const
  const parts = new Intl.DateTimeFormat('en', options).formatToParts(instant)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - instant
}
