import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foodicsBody } from '../../pos/foodics/fixtures.ts'
import { testApp } from '../../../test/support/app.ts'
const app = await testApp()
test('smoke', async () => {
  const answer = await app.post(foodicsBody())
  console.log(answer.status, JSON.stringify(answer.body))
  for (const path of ['/programs', '/customers', '/customers?phone=%2B966500000001', '/customers?q=sam', '/orders', '/orders?pos_order_id=' + answer.body.order.pos_order_id, '/orders/' + answer.body.order.id, '/customers/' + answer.body.customer.id, '/customers/' + answer.body.customer.id + '/ledger', '/customers/' + answer.body.customer.id + '/orders', '/deliveries', '/deliveries/' + answer.body.event_id + '?include=body', '/business', '/branches', '/connections', '/keys', '/ledger/summary']) {
    const a = await app.get(path)
    console.log(path, a.status, JSON.stringify(a.body).slice(0, 900))
  }
  console.log(app.logLines.filter((l) => /"level":(50|"error")/.test(l)).join('\n'))
  assert.ok(true)
})
