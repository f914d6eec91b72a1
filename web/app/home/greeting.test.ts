// The greeting follows the hour at the business, not that of the reader.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { greeting } from './greeting.ts'

test('the greeting follows the hour at the business', () => {
  const at = (time: string) => greeting('Sara', new Date(`2026-11-30T${time}+03:00`), 'Asia/Riyadh').en
  assert.deepEqual(
    [at('04:00:00'), at('11:59:59'), at('12:00:00'), at('17:00:00'), at('03:59:59')],
    ['Good morning, Sara', 'Good morning, Sara', 'Good afternoon, Sara', 'Good evening, Sara', 'Good evening, Sara'],
  )
  assert.equal(greeting('سارة', new Date('2026-11-30T23:30:00Z'), 'Pacific/Auckland').ar, 'مساء الخير، سارة')
})
