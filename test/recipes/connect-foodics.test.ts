// The commands of the guide "Connect Foodics" give the documented answers.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { formatId } from '../../src/kernel/ids.ts'
import { makeWorld } from '../../tools/simulator/foodics/world.ts'
import { openPair } from '../support/foodics-pair.ts'
import { assertProven } from '../support/ledger.ts'
import { runRecipe } from './runner.ts'

test('connect Foodics', async (t) => {
  const world = makeWorld({ orders: 200, reference: 551200 })
  const { app, minutes, foodics, clock } = await openPair(t, { connected: false, world })
  const dataDir = await mkdtemp(join(tmpdir(), 'loyapro-recipe-data-'))
  t.after(() => rm(dataDir, { recursive: true }))
  const commands = await runRecipe('connect-foodics', {
    env: {
      LOYAPRO: app.url,
      API_KEY: app.business.apiKey,
      BUSINESS: formatId('business', app.business.businessId),
      DATABASE_URL: app.ctx.config.databaseUrl ?? '',
      LOYAPRO_DATA_DIR: dataDir,
    },
    steps: {
      minutes: () => {
        // The command line has the clock on the wall; the server of this test follows it.
        clock.set(Math.max(clock.now(), Date.now()))
        return minutes(6)
      },
    },
  })
  assert(commands >= 8)
  assert(foodics.world.customers.some(({ phone }) => phone === '555000001'))
  await assertProven(app.ctx.db, app.business)
})
