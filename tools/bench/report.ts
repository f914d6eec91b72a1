// The result as a table for people, with the targets.
import type { Measured } from './measure.ts'
import type { BenchResult } from './run.ts'

export function report(result: BenchResult): string {
  const { machine, a, b, loyapro, half_load: half, statements_per_order: statements, deep } = result
  const columns: [string, Measured][] = [
    ['A', a],
    ['B', b],
    ['LoyaPro', loyapro],
    ['half load', half],
  ]
  const row = (label: string, cell: (one: Measured) => string | number | null) => [
    label,
    ...columns.map(([, one]) => String(cell(one) ?? '–')),
  ]
  const stored = row('stored bytes per order', (one) => Math.round(one.stored_bytes_per_order))
  const wal = row('WAL bytes per order', (one) => Math.round(one.wal_bytes_per_order))
  for (const cells of [stored, wal]) cells[2] = '–'
  return [
    `${machine.cores} cores of ${machine.cpu}, ${machine.system}, Node ${machine.node}, PostgreSQL ${machine.postgres}`,
    `${result.businesses} businesses, ${result.customers} customers, bodies of ${result.body_bytes} bytes`,
    '',
    ...table([
      ['', ...columns.map(([name]) => name)],
      row('orders/s', (one) => Math.round(one.orders_per_second)),
      row('p50 ms', (one) => one.latency_ms.p50.toFixed(1)),
      row('p95 ms', (one) => one.latency_ms.p95.toFixed(1)),
      row('p99 ms', (one) => one.latency_ms.p99.toFixed(1)),
      row('CPU ms per order, server', (one) => one.cpu_ms_per_order.server?.toFixed(3) ?? null),
      row('CPU ms per order, PostgreSQL', (one) => one.cpu_ms_per_order.postgres?.toFixed(3) ?? null),
      row('CPU ms per order, load', (one) => one.cpu_ms_per_order.load.toFixed(3)),
      wal,
      stored,
      ['statements per order', String(statements.a), '–', String(statements.loyapro), ''],
      row('memory MB', (one) => one.rss_mb),
      row('failed', (one) => Object.values(one.failed).reduce((sum, n) => sum + n, 0)),
    ]),
    '',
    ...tillLines(result),
    '',
    ...verdicts(result),
    ...(deep ? ['', ...deepLines(deep)] : []),
  ].join('\n')
}

function tillLines({ check, redeem, orders_beside_till: orders }: BenchResult): string[] {
  const row = (label: string, { latency_ms: ms, calls, per_second, failed }: BenchResult['check']) => [
    label,
    String(calls),
    per_second.toFixed(0),
    ms.p50.toFixed(1),
    ms.p95.toFixed(1),
    ms.p99.toFixed(1),
    String(Object.values(failed).reduce((sum, n) => sum + n, 0)),
  ]
  const beside = `beside ${Math.round(orders)} orders/s`
  return table([
    [beside, 'calls', 'calls/s', 'p50 ms', 'p95 ms', 'p99 ms', 'failed'],
    row('check', check),
    row('redeem', redeem),
  ])
}

/**
 * The targets and whether they are reached: ratios of one run, or bytes, which do not depend on the
 * machine.
 */
function verdicts(result: BenchResult): string[] {
  const { ratio_to_a, ratio_to_b, loyapro, half_load, check, redeem, differences, deep } = result
  const lines: [string, number | null, string, number][] = [
    ['orders/s, LoyaPro over A', ratio_to_a, '≥', 3],
    ['orders/s, LoyaPro over B', ratio_to_b, '≥', 0.3],
    ['WAL bytes per order', loyapro.wal_bytes_per_order, '≤', 1500],
    ['stored bytes per order', loyapro.stored_bytes_per_order, '≤', 1200],
    ['p99 ms at half load', half_load.latency_ms.p99, '<', 50],
    ['p95 ms of a check at half load', check.latency_ms.p95, '<', 25],
    ['p95 ms of a redemption at half load', redeem.latency_ms.p95, '<', 40],
    ['memory MB of a process', loyapro.rss_mb, '<', 300],
    ...(deep
      ? ([['cost of an order, many over few stored', deep.cost_ratio, '≤', 1.2]] as [string, number, string, number][])
      : []),
    ['differences that the proof found', differences, '≤', 0],
  ]
  return table([
    ['', 'measured', 'target', ''],
    ...lines.map(([label, value, sign, target]) => [
      label,
      String(value ?? '–'),
      `${sign} ${target}`,
      value === null ? '' : reaches(value, sign, target) ? 'reached' : 'not reached',
    ]),
  ])
}

function reaches(value: number, sign: string, target: number): boolean {
  return sign === '≥' ? value >= target : sign === '<' ? value < target : value <= target
}

function deepLines(deep: NonNullable<BenchResult['deep']>): string[] {
  const rows: [string, Measured][] = [
    [`${deep.small.stored} stored`, deep.small],
    [`${deep.large.stored} stored`, deep.large],
    ...Object.entries(deep.processes).map(([n, one]): [string, Measured] => [`${n} processes`, one]),
  ]
  return table([
    ['', 'orders/s', 'p99 ms', 'CPU ms, server', 'CPU ms, PostgreSQL', 'WAL bytes'],
    ...rows.map(([label, one]) =>
      [
        label,
        one.orders_per_second,
        one.latency_ms.p99,
        one.cpu_ms_per_order.server,
        one.cpu_ms_per_order.postgres,
        one.wal_bytes_per_order,
      ].map((cell) => String(cell ?? '–')),
    ),
  ])
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, n) => Math.max(...rows.map((row) => [...(row[n] ?? '')].length)))
  return rows.map((row) =>
    row
      .map((cell, n) => (n === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[n] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}
