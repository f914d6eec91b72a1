// Parses option values (IDs and times) and formats tables.
import type { EpochMs } from '../kernel/clock.ts'
import { type IdKind, parseId, type Uuid } from '../kernel/ids.ts'
import { UsageError } from './command.ts'

/** `--business biz_…`. */
export function idOption(kind: IdKind, option: string, text: string): Uuid {
  const id = parseId(kind, text)
  if (id === null) throw new UsageError(`--${option} is not a valid ${kind} ID: ${text}`)
  return id
}

/** ISO 8601 with a time zone, or a date, which means its start in UTC. */
export function instantOption(option: string, text: string): EpochMs {
  const isInstant = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
  const at = isInstant ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) {
    throw new UsageError(`--${option} must be a time such as 2026-03-01T12:00:00+03:00, or a date: ${text}`)
  }
  return at
}

export function choiceOption<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((each) => each === text)
  if (choice === undefined) throw new UsageError(`--${option} must be one of ${choices.join(', ')}: ${text}`)
  return choice
}

/** ISO 8601 in UTC. */
export function formatTime(at: EpochMs | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

/** Columns are as wide as their widest value; null is shown as a dash. */
export function table(head: readonly string[], rows: readonly (readonly (string | null)[])[]): string[] {
  const all = [head, ...rows].map((row) => row.map((value) => value ?? '-'))
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all.map((row) =>
    row
      .map((value, column) => value.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
