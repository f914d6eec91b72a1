// The recorded history of the demo: weeks of orders and redemptions of a sample shop, with their
// times moved to the present.
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { EpochMs } from '../kernel/clock.ts'

export interface Recording {
  /** The local midnight of a Sunday on which it begins, as recorded. */
  readonly from: EpochMs
  readonly weeks: number
  /** In order of time. */
  readonly visits: readonly RecordedVisit[]
}

export interface RecordedVisit {
  /** As recorded. */
  readonly at: EpochMs
  /** As it is in the file; `stepsOf` moves its times. */
  readonly line: string
}

/** What a visit sends, one after the other. `$code` stands for the code of the latest claim. */
export type Step =
  | { readonly order: Readonly<Record<string, unknown>> }
  | { readonly redeem: Readonly<Record<string, unknown>> }
  | { readonly claim: { readonly phone: string; readonly pick: string; readonly amount?: number } }

const FILE = new URL('../../examples/demo-history.jsonl.gz', import.meta.url)

/** Null when the installation has no recording. */
export async function readRecording(): Promise<Recording | null> {
  const packed = await readFile(FILE).catch(() => null)
  if (packed === null) return null
  const [head = '', ...lines] = (await promisify(gunzip)(packed)).toString().trimEnd().split('\n')
  const { from, weeks } = JSON.parse(head)
  return { from: Date.parse(from), weeks, visits: lines.map((line) => ({ at: timeOf(line), line })) }
}

const WEEK_MS = 7 * 86_400_000

/**
 * What is added to recorded times, so that the last week of the recording is the present one. Whole
 * weeks, so that every weekday stays; the zone of the shop has no daylight saving time.
 */
export function shiftTo({ from, weeks }: Pick<Recording, 'from' | 'weeks'>, now: EpochMs): number {
  return (Math.floor((now - from) / WEEK_MS) - (weeks - 1)) * WEEK_MS
}

/** Every visit begins with its time, so that a line need not be parsed to know when it is due. */
function timeOf(line: string): EpochMs {
  return Date.parse(line.slice('{"at":"'.length, '{"at":"'.length + '2026-01-04T07:13:28+03:00'.length))
}

/** The requests of a visit, with every time and every date in them moved. */
export function stepsOf({ line }: RecordedVisit, shift: number): Step[] {
  return JSON.parse(line, (_key, value) => (typeof value === 'string' ? moved(value, shift) : value)).steps
}

function moved(text: string, shift: number): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/.test(text)) {
    return `${new Date(Date.parse(text) + shift + ZONE_MS).toISOString().slice(0, 19)}+03:00`
  }
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return text
  return new Date(Date.parse(text) + shift).toISOString().slice(0, 10)
}

const ZONE_MS = 3 * 3_600_000
