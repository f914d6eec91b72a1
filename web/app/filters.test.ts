// Filters in the URL.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day, filters, flag, idOf, oneOf, readSearch, text, writeSearch } from './filters.ts'

const read = filters({ q: text, status: oneOf('paid', 'void'), flagged: flag, from: day, branch: idOf('brn') })

test('what is written is read again', () => {
  const search = { q: '0501234567', status: 'paid', flagged: true, from: '2026-11-30' } as const
  assert.deepEqual(read(readSearch(writeSearch(search))), search)
})

test('a number stays the text that was typed', () => {
  assert.deepEqual(readSearch('?q=0501234567&n=12'), { q: '0501234567', n: '12' })
})

test('what is empty, unknown or not valid is left out', () => {
  assert.equal(writeSearch({ q: '', status: undefined }), '')
  assert.deepEqual(read({ q: '', status: 'sold', flagged: 'yes', from: 'today', branch: 'brn_1', other: '1' }), {})
})
