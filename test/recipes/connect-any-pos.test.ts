// The commands of the guide "Connect any POS" give the documented answers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../support/app.ts'
import { assertProven } from '../support/ledger.ts'
import { runRecipe } from './runner.ts'

test('connect any POS', async (t) => {
  const app = await testApp(t)
  const { databaseUrl = '', secretKey } = app.ctx.config
  const commands = await runRecipe('connect-any-pos', {
    env: {
      LOYAPRO: app.url,
      API_KEY: app.business.apiKey,
      DATABASE_URL: databaseUrl,
      LOYAPRO_SECRET_KEY: secretKey.toString('base64'),
    },
  })
  assert.equal(commands, 6)
  const { body } = await app.get('/orders')
  assert.deepEqual(
    body.data.map((order: { pos_order_id: string }) => order.pos_order_id),
    ['A-1002', 'A-1001'],
  )
  await assertProven(app.ctx.db, app.business)
})
