// Plural forms of both languages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plural } from './text.ts'

const customers = (count: number) =>
  plural(count, {
    en: { zero: 'No customers', one: '1 customer', other: '# customers' },
    ar: {
      zero: 'لا يوجد عملاء',
      one: 'عميل واحد',
      two: 'عميلان',
      few: '# عملاء',
      many: '# عميلًا',
      other: '# عميل',
    },
  })

test('Arabic uses each of its six forms', () => {
  const of = (count: number) => customers(count).ar
  assert.deepEqual([0, 1, 2, 3, 10, 11, 99, 100, 103].map(of), [
    'لا يوجد عملاء',
    'عميل واحد',
    'عميلان',
    '3 عملاء',
    '10 عملاء',
    '11 عميلًا',
    '99 عميلًا',
    '100 عميل',
    '103 عملاء',
  ])
})

test('English has a sentence for none, and groups thousands', () => {
  assert.deepEqual(
    [0, 1, 2, 12345].map((count) => customers(count).en),
    ['No customers', '1 customer', '2 customers', '12,345 customers'],
  )
})
