// The results of faults as a table for people, and below it whatever was not as it must be, in words.
import { type FaultResult, isSound } from './run.ts'

export function report(results: readonly FaultResult[]): string {
  const head = [
    'fault',
    'rounds',
    'acknowledged',
    'lost',
    'doubled',
    'differences',
    'given up',
    's to 2xx, median',
    'worst',
  ]
  const rows = results.map(
    ({ name, rounds, acknowledged, lost, doubled, differences, givenUp, seconds_to_success }) => {
      const seconds = seconds_to_success.map((each) => each ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b)
      const shown = [seconds[seconds.length >> 1], seconds.at(-1)].map((each) => each?.toFixed(2) ?? '–')
      return [name, ...[rounds, acknowledged, lost, doubled, differences.length, givenUp].map(String), ...shown]
    },
  )
  const words = results
    .filter((each) => !isSound(each))
    .flatMap(({ name, odd, differences }) => [
      `${name} is not sound:`,
      ...[...odd, ...differences].slice(0, 20).map((line) => `  ${line}`),
    ])
  return [...table([head, ...rows]), ...words].join('\n')
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, n) => Math.max(...rows.map((row) => (row[n] ?? '').length)))
  return rows.map((row) =>
    row.map((cell, n) => (n === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[n] ?? 0))).join('  '),
  )
}
