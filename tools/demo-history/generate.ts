// Writes examples/demo-history.jsonl.gz: nine weeks of a sample coffee shop with three branches, as
// its POS would send them. `node tools/demo-history/generate.ts` gives the same bytes every time.
import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { Random } from '../simulator/world/random.ts'
import { visitsOfDay } from './days.ts'
import { createMishaps } from './mishaps.ts'
import { createPeople } from './people.ts'
import { isoTime, type Recorded } from './recording.ts'

/** A Sunday. The player shifts whole weeks, so that weekdays stay. */
const FROM = Date.parse('2026-01-04T00:00:00+03:00')
/** Eight weeks of history, and one more, so that any time of the week can be the present. */
const WEEKS = 9
const DAY_MS = 86_400_000

function generate(): Recorded[] {
  const random = new Random('demo-history')
  const people = createPeople(random.fork('people'))
  const visits: Recorded[] = []
  for (let day = 0; day < WEEKS * 7; day++) {
    const midnight = FROM + day * DAY_MS
    visits.push(...visitsOfDay(random.fork(day), { day, midnight, people }))
  }
  visits.push(...createMishaps(random.fork('mishaps'), FROM, WEEKS))
  return visits.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

const visits = generate()
const header = { format: 1, from: isoTime(FROM), weeks: WEEKS, visits: visits.length }
const text = [header, ...visits].map((line) => `${JSON.stringify(line)}\n`).join('')
const packed = gzipSync(text, { level: 9 })
// The header of gzip states the operating system, which must not change the file.
packed[9] = 255
writeFileSync(new URL('../../examples/demo-history.jsonl.gz', import.meta.url), packed)
process.stdout.write(`${visits.length} visits, ${Math.round(packed.length / 1024)} KB\n`)
