// The URL of the list of customers and the query that it makes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countFilters, customerQuery, nextSort, readCustomerFilters } from './customer-filters.ts'

const set = (query: object) => Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))

test('what the URL says and the list does not know is left out', () => {
  const given = { q: 'sara', segment: 'gone', minVisits: '3', maxVisits: 'x', sort: 'nonsense', period: '7d' }
  assert.deepEqual(readCustomerFilters(given), { q: 'sara', segment: 'gone', minVisits: 3 })
})

test('a balance needs its program, and so does a sort by it', () => {
  const query = set(customerQuery({ minBalance: 5, sort: 'balance', order: 'desc' }, 'brn_x'))
  assert.deepEqual(query, { include: 'figures', branch_id: 'brn_x' })
  const program = 'prg_01kb4w7x2jf8m9t3v6q0c5n1rd'
  assert.deepEqual(set(customerQuery({ program, minBalance: 5, sort: 'balance', order: 'desc' }, undefined)), {
    include: 'figures',
    program_id: program,
    min_balance: 5,
    sort: 'balance',
    order: 'desc',
  })
})

test('a heading sorts by the largest, then the smallest, then not', () => {
  assert.deepEqual(nextSort({}, 'visits'), { sort: 'visits', order: 'desc' })
  assert.deepEqual(nextSort({ sort: 'visits', order: 'desc' }, 'visits'), { sort: 'visits', order: 'asc' })
  assert.deepEqual(nextSort({ sort: 'visits', order: 'asc' }, 'visits'), {})
  assert.deepEqual(nextSort({ sort: 'visits', order: 'asc' }, 'spend'), { sort: 'spend', order: 'desc' })
})

test('only the filters of the dialog are counted', () => {
  assert.equal(countFilters({ q: 'sara', segment: 'new', minVisits: 0, excluded: true }), 2)
})
