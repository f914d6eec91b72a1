// The faults, a round or two of each that matters most: what was acknowledged is there, once, and proven. `npm run test:faults` has all.
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { FAULTS } from './faults/faults.ts'
import { isSound, runFaults } from './faults/run.ts'

test('killed servers and a killed PostgreSQL lose nothing that was acknowledged, and give nothing twice', async () => {
  const faults = FAULTS.filter(({ name }) => ['kill', 'restart', 'connections', 'postgres'].includes(name))
  const results = await runFaults({ faults, rounds: 1, clients: 8, seed: randomInt(1_000_000), say: () => {} })
  assert.equal(results.length, 4)
  for (const result of results) assert.ok(isSound(result), JSON.stringify(result))
})
