// Edges: the last second before and the first second after a change in a shop's programs.
import type { Ms, Scheme, Shop } from './types.ts'

/**
 * In whole seconds, like times on tickets; only those within opening hours, from the afternoon
 * until after midnight.
 */
export function edgesOf({ schemes, zone }: Shop, firstDay: string, days: number): Ms[] {
  const dates = Array.from({ length: days }, (_, day) => Temporal.PlainDate.from(firstDay).add({ days: day }))
  const edges = schemes.flatMap((scheme) => [
    ...scheme.versions.map(({ from }) => from),
    ...(scheme.endsAt === null ? [] : [scheme.endsAt]),
    ...hoursOf(scheme, dates, zone),
  ])
  const opens = instantOf(Temporal.PlainDate.from(firstDay), '16:00', zone)
  const closes = instantOf(Temporal.PlainDate.from(firstDay).add({ days }), '06:00', zone)
  return [...new Set(edges.map((edge) => Math.ceil(edge / 1000) * 1000))]
    .filter((edge) => opens < edge && edge < closes)
    .flatMap((edge) => [edge - 1000, edge])
}

/** Starts and ends of the hours of rules, on the nights on which they apply. */
function hoursOf({ versions, endsAt }: Scheme, dates: readonly Temporal.PlainDate[], zone: string): Ms[] {
  return versions.flatMap(({ from: since, definition }, index) => {
    const until = versions[index + 1]?.from ?? endsAt ?? Number.POSITIVE_INFINITY
    const rules = definition.type === 'subscription' ? [] : definition.rules
    return rules
      .flatMap(({ when = {} }) =>
        (when.hours ?? []).flatMap(({ from, to }) =>
          dates
            .filter((date) => when.weekdays?.includes(WEEKDAYS[date.dayOfWeek - 1] ?? 'mon') ?? true)
            .flatMap((date) => [
              instantOf(date, from, zone),
              to > from && to !== '24:00'
                ? instantOf(date, to, zone)
                : instantOf(date.add({ days: 1 }), to === '24:00' ? '00:00' : to, zone),
            ]),
        ),
      )
      .filter((edge) => since <= edge && edge <= until)
  })
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

function instantOf(date: Temporal.PlainDate, time: string, zone: string): Ms {
  return date.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone).epochMilliseconds
}
