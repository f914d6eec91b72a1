// The faults, a round or two of each that matters most: what was acknowledged is there, once, and
// proven. `npm run test:faults` has all.
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { FAULTS } from '../tools/faults/faults.ts'
import { isSound, runFaults } from '../tools/faults/run.ts'
import { mountSmallDisk } from '../tools/faults/small-disk.ts'

/** The message of a failure has the seed, with which `npm run test:faults` repeats the plan. */
async function strike(names: readonly string[]): Promise<void> {
  const faults = FAULTS.filter(({ name }) => names.includes(name))
  const seed = randomInt(1_000_000)
  const results = await runFaults({ faults, rounds: 1, clients: 8, seed, say: () => {} })
  assert.equal(results.length, names.length)
  for (const result of results) assert.ok(isSound(result), `seed ${seed}: ${JSON.stringify(result)}`)
}

test('killed servers and a killed PostgreSQL lose nothing that was acknowledged, and give nothing twice; nor do clocks that are off', async () => {
  await strike(['kill', 'restart', 'connections', 'postgres', 'clocks'])
})

test('a town at full hostility ends without a difference, whatever breaks meanwhile', async () => {
  await strike(['siege'])
})

test('a full disk loses nothing that was acknowledged, and gives nothing twice', async (t) => {
  const disk = await mountSmallDisk()
  if (typeof disk === 'string') return t.skip(disk)
  await disk.close()
  await strike(['disk'])
})
