// What a run says at its end: a table for people, and the same as data.
import { type Counts, type Oddity, quantile } from '../deliver/counts.ts'
import type { Comparison, Difference } from './compare.ts'

export interface Summary {
  seed: string
  hostility: string
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
  /** What the proof of a LoyaPro of one's own found; null when there was none to ask. */
  unproven: readonly string[] | null
}

/** What the customers claimed, and how that had to end. */
export interface Claims {
  made: number
  spent: number
  back: number
  held: number
  /** Balances that had to end below 0. */
  debts: number
  /** What was refused as it had to be, by code. */
  refusals: Readonly<Record<string, number>>
  /** Orders that had to be flagged, by flag. */
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
    ['world', `seed ${summary.seed}, ${summary.days} days, hostility ${summary.hostility}`],
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
