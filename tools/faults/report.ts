// The results of faults as a table for people, followed by everything that is wrong, in words.
import { type FaultResult, isSound } from './run.ts'

export function report(results: readonly FaultResult[]): string {
  const head = [
    'fault',
    'rounds',
    'acknowledged',
    'codes',
    'lost',
    'doubled',
    'differences',
    'given up',
    's to 2xx, median',
    'worst',
  ]
  const run = results.filter(({ notRun }) => notRun === null)
  const rows = run.map(({ name, rounds, acknowledged, codes, lost, doubled, differences, givenUp, ...rest }) => {
    const seconds = rest.seconds_to_success.map((each) => each ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b)
    const shown = [seconds[seconds.length >> 1], seconds.at(-1)].map((each) => each?.toFixed(2) ?? '–')
    return [name, ...[rounds, acknowledged, codes, lost, doubled, differences.length, givenUp].map(String), ...shown]
  })
  const notRun = results.flatMap(({ name, notRun: why }) => (why === null ? [] : [`${name} was not run: ${why}`]))
  const notes = run.flatMap(({ name, notes: lines }) => lines.map((line) => `${name}, ${line}`))
  const words = run
    .filter((each) => !isSound(each))
    .flatMap(({ name, odd, differences }) => [
      `${name} is not sound:`,
      ...[...odd, ...differences].slice(0, 20).map((line) => `  ${line}`),
    ])
  return [...table([head, ...rows]), ...notes, ...notRun, ...words].join('\n')
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, n) => Math.max(...rows.map((row) => (row[n] ?? '').length)))
  return rows.map((row) =>
    row.map((cell, n) => (n === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[n] ?? 0))).join('  '),
  )
}
