// Sends the recorded history of the demo through the API: the past at once, the rest of the week as
// its time comes.
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { EpochMs, ManualClock } from '../kernel/clock.ts'
import { nameBranches } from './name-branches.ts'
import { type RecordedVisit, type Recording, stepsOf } from './recording.ts'
import { createVisitor, type Send } from './visitor.ts'

export interface HistoryDeps {
  recording: Recording
  /** What is added to recorded times. */
  shift: number
  /** Visits that were sent before. */
  position: number
  /** Visits that lay in the past when the demo was created. */
  due: number
  send: Send
  /** The clock of the API that receives the history: it shows the time of the visits. */
  clock: ManualClock
  /** The present. */
  now(): EpochMs
  /** Stores how many visits were sent; false when the demo was removed meanwhile. */
  save(position: number): Promise<boolean>
  /** Stores that the past is complete. */
  saveLoaded(): Promise<void>
  /** Called while the past is sent. */
  onProgress(sent: number, due: number): void
  log: Logger
  signal: AbortSignal
}

/**
 * Resolves when the recording ends, when the demo is removed, or when `signal` is aborted. A process
 * that is killed continues from the last position: what was sent after it is sent again, and has no
 * effect, because orders have ids and claims idempotency keys.
 */
export async function playHistory(deps: HistoryDeps): Promise<void> {
  const { recording, shift, clock, now, signal } = deps
  const visitor = createVisitor(deps)
  let { position } = deps
  let saved = position
  let isLoaded = position >= deps.due
  while (!signal.aborted) {
    const group = nextGroup(recording.visits, position, now() - shift)
    if (group.length === 0) {
      if (!isLoaded) {
        await nameBranches(deps.send)
        await deps.saveLoaded()
      }
      isLoaded = true
      const next = recording.visits[position]
      if (!next) return
      await wait(Math.min(Math.max(1, next.at + shift - now()), LONGEST_WAIT_MS), undefined, { signal }).catch(() => {})
      continue
    }
    // Nothing is sent to a demo that was removed while this waited.
    if (isLoaded && !(await deps.save(position))) return
    // Behind the last visit, as the POS sends an order some seconds after it was paid.
    clock.set(Math.min(now(), (group.at(-1)?.at ?? 0) + shift + SENT_AFTER_MS))
    const start = position
    await Promise.all(group.map((visit, index) => visitor.play(stepsOf(visit, shift), start + index)))
    if (signal.aborted) return
    position += group.length
    if (isLoaded || position - saved >= SAVED_EVERY || position >= deps.due) {
      if (!(await deps.save(position))) return
      saved = position
    }
    if (!isLoaded) deps.onProgress(Math.min(position, deps.due), deps.due)
  }
}

/** Visits of a short time are sent together, and share transactions: their order does not matter. */
const GROUP_MS = 3 * 3_600_000
const MAX_GROUP = 40

/** A process that is killed sends at most so many again. */
const SAVED_EVERY = 200

const SENT_AFTER_MS = 5_000

/** Clocks can be set, and a machine can sleep. */
const LONGEST_WAIT_MS = 60_000

function nextGroup(visits: readonly RecordedVisit[], position: number, until: EpochMs): RecordedVisit[] {
  const first = visits[position]
  if (!first) return []
  const end = Math.min(until, first.at + GROUP_MS)
  const group: RecordedVisit[] = []
  for (let index = position; index < visits.length && group.length < MAX_GROUP; index++) {
    const visit = visits[index]
    if (!visit || visit.at > end) break
    group.push(visit)
  }
  return group
}
