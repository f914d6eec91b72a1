// The commands of the guide "Redeem rewards at the POS" give the documented answers, for a customer
// who bought six hot drinks.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createApiKey } from '../../src/businesses/api-keys.ts'
import { connect } from '../../src/businesses/connections.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { testApp } from '../support/app.ts'
import { assertProven } from '../support/ledger.ts'
import { runRecipe } from './runner.ts'

test('redeem at the till', async (t) => {
  const app = await testApp(t)
  const { ctx, business } = app
  const { businessId, programs } = business
  await ctx.db.write('system:test', (tx) =>
    connect(tx, { posName: 'standard', reference: 'demo', businessId }, ctx.clock),
  )
  const cashier = await createApiKey(
    ctx.db.by('system:test'),
    { businessId, name: 'Sample till', scopes: ['claims:cashier'] },
    ctx,
  )
  const at = new Date(ctx.clock.now() - 60_000).toISOString()
  const sale = await app.post(
    standardBody({
      id: 'B-2000',
      business: { reference: 'demo' },
      timestamp: at,
      lines: [{ category_id: '_7ad32937', quantity: 6 }],
      order: {
        updated_at: at,
        opened_at: at,
        closed_at: at,
        business_date: at.slice(0, 10),
        customer: { name: 'Sample Guest', dial_code: 966, phone: '500000321' },
      },
    }),
    { pos: 'standard' },
  )
  assert.equal(sale.body.result, 'processed')
  const pocket = await mkdtemp(join(tmpdir(), 'loyapro-recipe-phone-'))
  t.after(() => rm(pocket, { recursive: true }))
  const phone = join(pocket, 'password')
  const commands = await runRecipe('redeem-at-the-till', {
    env: {
      LOYAPRO: app.url,
      API_KEY: business.apiKey,
      CASHIER_KEY: cashier.secret,
      POS_TOKEN: app.tokens.standard,
      POINTS: formatId('program', programs.points),
      STAMPS: formatId('program', programs.stamps),
      CASHBACK: formatId('program', programs.cashback),
      CUSTOMER: sale.body.customer.id,
      PHONE: phone,
    },
    steps: {
      'read-the-phone': async () =>
        writeFile(phone, /\b\d{6}\b/.exec(app.messages.at(-1)?.text ?? '')?.[0] ?? 'no password came'),
    },
  })
  assert(commands >= 12, `${commands} commands`)
  await assertProven(ctx.db, business)
})
