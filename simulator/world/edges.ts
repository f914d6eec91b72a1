// The seconds at which something begins or ends in a shop's programs: the last before, and the first after.
import type { Ms, Shop } from './types.ts'

/** As tills print them; only those that lie in the shop's days, which begin in the afternoon and end after midnight. */
export function edgesOf({ schemes, zone }: Shop, firstDay: string, days: number): Ms[] {
  const dates = Array.from({ length: days }, (_, day) => Temporal.PlainDate.from(firstDay).add({ days: day }))
  const at = (date: Temporal.PlainDate, time: string) =>
    date.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone).epochMilliseconds
  const terms = schemes.flatMap(({ versions, endsAt }) => [
    ...versions.map(({ from }) => from),
    ...(endsAt === null ? [] : [endsAt]),
  ])
  const times = new Set(
    schemes
      .flatMap(({ versions }) => versions.map(({ definition }) => definition))
      .flatMap((definition) => (definition.type === 'subscription' ? [] : definition.rules))
      .flatMap(({ when }) => when?.hours ?? [])
      .flatMap(({ from, to }) => [from, to === '24:00' ? '00:00' : to]),
  )
  const hours = [...times].flatMap((time) =>
    dates.map((date) => at(time < '12:00' ? date.add({ days: 1 }) : date, time)),
  )
  const opens = at(Temporal.PlainDate.from(firstDay), '16:00')
  const closes = at(Temporal.PlainDate.from(firstDay).add({ days }), '06:00')
  const whole = [...new Set([...terms, ...hours])].map((edge) => Math.ceil(edge / 1000) * 1000)
  // What happens once is met as often as what happens every night.
  const often = whole.flatMap((edge) => (terms.includes(edge) ? Array.from({ length: 10 }, () => edge) : [edge]))
  return often.filter((edge) => opens < edge && edge < closes).flatMap((edge) => [edge - 1000, edge])
}
