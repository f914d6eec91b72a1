// The recording of the demo: its times move by whole weeks, so that it ends in the present week.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRecording, shiftTo, stepsOf } from './recording.ts'

const HOUR_MS = 3_600_000
const WEEK_MS = 168 * HOUR_MS

const recording = await readRecording()
assert(recording)

test('the recording is small, in order of time, and has visits on every day of every week', () => {
  const { visits, from, weeks } = recording
  assert.deepEqual(
    visits.map(({ at }) => at),
    visits.map(({ at }) => at).toSorted((a, b) => a - b),
  )
  const days = new Set(visits.map(({ at }) => Math.floor((at - from) / (24 * HOUR_MS))))
  assert.equal(days.size, weeks * 7 + 1, 'the last night ends after midnight')
})

test('whenever the demo begins, the last recorded week is the present one', () => {
  for (let hours = 0; hours < 24 * 30; hours += 5) {
    const now = Date.parse('2031-05-01T00:00:00+03:00') + hours * HOUR_MS
    const shift: number = shiftTo(recording, now)
    assert.equal(shift % WEEK_MS, 0)
    const lastWeek: number = recording.from + shift + (recording.weeks - 1) * WEEK_MS
    assert(lastWeek <= now && now < lastWeek + WEEK_MS)
  }
})

test('times and dates move, ids and amounts do not', () => {
  const line = `{"at":"2026-01-04T07:13:28+03:00","steps":[{"order":{"timestamp":"2026-01-04T07:13:30+03:00","business_date":"2026-01-31",
    "order":{"id":"S-2026","total":17}}}]}`
  assert.deepEqual(stepsOf({ at: 0, line }, 2 * WEEK_MS), [
    {
      order: {
        timestamp: '2026-01-18T07:13:30+03:00',
        business_date: '2026-02-14',
        order: { id: 'S-2026', total: 17 },
      },
    },
  ])
})
