// The result of a run: a table for people, and the same as data.
import { type Counts, type Oddity, quantile } from '../deliver/counts.ts'
import type { Comparison, Difference } from './compare.ts'

export interface Summary {
  seed: string
  faultLevel: string
  days: number
  stories: number
  orders: number
  snapshots: number
  deliveries: number
  counts: Counts
  seconds: number
  comparisons: readonly ({ shop: string } & Comparison)[]
  claims: Claims
  /** How many scripted cases were played, by kind. */
  cases: Readonly<Record<string, number>>
  oddities: readonly Oddity[]
  /** Differences that the verification of a temporary LoyaPro found; null when it was not run. */
  unproven: readonly string[] | null
}

/** The claims, and how they had to end. */
export interface Claims {
  made: number
  spent: number
  back: number
  held: number
  /** Number of expected negative balances. */
  debts: number
  /** Number of expected refusals, by code. */
  refusals: Readonly<Record<string, number>>
  /** Number of expected flags, by flag. */
  flags: Readonly<Record<string, number>>
}

export function isClean({ comparisons, oddities, unproven }: Summary): boolean {
  return (
    comparisons.every(({ differences }) => differences.length === 0) &&
    oddities.length === 0 &&
    (unproven ?? []).length === 0
  )
}

export function asData(summary: Summary) {
  const { counts, ...rest } = summary
  const { latencies, ...numbers } = counts
  return {
    ...rest,
    ...numbers,
    rate: rate(summary),
    latency_ms: {
      p50: round(quantile(latencies, 0.5)),
      p95: round(quantile(latencies, 0.95)),
      p99: round(quantile(latencies, 0.99)),
    },
    differences: differencesOf(summary),
    ok: isClean(summary),
  }
}

export function asLines(summary: Summary): string[] {
  const { counts, comparisons, unproven } = summary
  const differences = differencesOf(summary)
  const times = [0.5, 0.95, 0.99].map((share) => `${round(quantile(counts.latencies, share))} ms`).join(' / ')
  const rows: [string, string | number][] = [
    ['world', `seed ${summary.seed}, ${summary.days}  days, fault level ${summary.faultLevel}`],
    ['sales, orders, snapshots', `${summary.stories}, ${summary.orders}, ${summary.snapshots}`],
    ['deliveries', `${summary.deliveries}, acknowledged ${counts.acknowledged}`],
    ['requests', `${counts.requests}: torn ${counts.torn}, retried ${counts.retries}`],
    ['answers', countsOf(counts.results)],
    ['time', `${round(summary.seconds)} s, ${rate(summary)} deliveries/s, p50 / p95 / p99 ${times}`],
    ['claims', claimsLine(summary.claims)],
    ['refused, as they must be', countsOf(summary.claims.refusals)],
    ['flagged, as they must be', countsOf(summary.claims.flags)],
    ['special cases', countsOf(summary.cases)],
    ...comparisons.map(({ shop, customers, balances, differences: found }): [string, string] => [
      `compared: ${shop}`,
      `${customers} customers, ${balances} balances, ${found.length === 0 ? 'no difference' : `${found.length} differ`}`,
    ]),
    ...(unproven === null
      ? []
      : [['verify', unproven.length === 0 ? 'proven' : `${unproven.length} differences`] as [string, string]]),
    ['wrong answers', summary.oddities.length],
    ['result', isClean(summary) ? 'no difference' : 'DIFFERENT'],
  ]
  return [
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(26)} ${value}`),
    '',
    ...differences.slice(0, MOST_SHOWN).flatMap(show),
    ...more(differences.length, 'differences'),
    ...summary.oddities.slice(0, MOST_SHOWN).map(({ what, order, detail }) => `order ${order}: ${what}: ${detail}`),
    ...more(summary.oddities.length, 'wrong answers'),
    ...(unproven ?? []).slice(0, MOST_SHOWN),
  ]
}

function claimsLine({ made, spent, back, held, debts }: Claims): string {
  return `${made}: spent ${spent}, given back ${back}, still held ${held}; ${debts} balances below 0`
}

function countsOf(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ')
}

const MOST_SHOWN = 20

function more(count: number, what: string): string[] {
  return count > MOST_SHOWN ? [`and ${count - MOST_SHOWN} more ${what}; --json has all`] : []
}

function show({ shop, phone, program, what, expected, found, sales }: Difference): string[] {
  if (what === 'unknown_customer') return [`${shop}: ${phone} is a customer whom the world does not know`]
  return [
    `${shop} ${program}: ${phone} has ${what} ${found}, must have ${expected}`,
    ...sales.map(({ order, returns, expected: units, found: moved }) => {
      const family = returns.length > 0 ? ` with its returns ${returns.join(', ')}` : ''
      return `    sale ${order}${family}: moved ${moved}, must move ${units}`
    }),
  ]
}

function differencesOf({ comparisons }: Summary): Difference[] {
  return comparisons.flatMap(({ differences }) => differences)
}

function rate({ counts, seconds }: Summary): number {
  return seconds > 0 ? Math.round(counts.acknowledged / seconds) : 0
}

function round(number: number): number {
  return Math.round(number * 10) / 10
}
