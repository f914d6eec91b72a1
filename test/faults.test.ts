// The faults, one round of each that matters most, or of all of them at full size: every
// acknowledged order is stored once, and the ledger is proven. `npm run test:faults` runs more
// rounds.
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { FAULTS } from '../tools/faults/faults.ts'
import { isSound, runFaults } from '../tools/faults/run.ts'
import { mountSmallDisk } from '../tools/faults/small-disk.ts'
import { isFullSize, runs } from './support/runs.ts'

const BRIEF = ['kill', 'restart', 'connections', 'postgres', 'clocks']
const OF_THEIR_OWN = ['soak', 'disk']

/** The message of a failure has the seed, with which `npm run test:faults` repeats the plan. */
async function strike(names: readonly string[]): Promise<void> {
  const faults = FAULTS.filter(({ name }) => names.includes(name))
  const seed = randomInt(1_000_000)
  const results = await runFaults({
    faults,
    rounds: 1,
    clients: isFullSize ? 8 : 6,
    pauseMs: isFullSize ? 0 : 100,
    soakDeliveries: runs(2_000, 400),
    seed,
    say: () => {},
  })
  assert.equal(results.length, names.length)
  for (const result of results) assert.ok(isSound(result), `seed ${seed}: ${JSON.stringify(result)}`)
}

test('no acknowledged order is lost and nothing is given twice when servers and PostgreSQL are killed, or clocks are wrong', async () => {
  const all = FAULTS.map(({ name }) => name).filter((name) => !OF_THEIR_OWN.includes(name))
  await strike(isFullSize ? all : BRIEF)
})

test('a simulated world at the highest fault level ends without a difference, whatever breaks meanwhile', async () => {
  await strike(['soak'])
})

test('no acknowledged order is lost and nothing is given twice when the disk is full', async (t) => {
  const disk = await mountSmallDisk()
  if (typeof disk === 'string') return t.skip(disk)
  await disk.close()
  await strike(['disk'])
})
