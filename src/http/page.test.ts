// Pagination: the additional row makes the cursor, and any other cursor is refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Type } from 'typebox'
import { readCursor, toPage } from './page.ts'
import { Problem } from './problem.ts'

const Position = Type.Object({ id: Type.Integer() }, { additionalProperties: false })

/** A list operation: the rows after the position, one more than the limit. */
function list(rows: readonly number[], limit: number, cursor?: string) {
  const after = readCursor(Position, cursor)?.id ?? Number.NEGATIVE_INFINITY
  const found = rows.filter((row) => row > after).slice(0, limit + 1)
  return toPage(
    found,
    limit,
    (id) => ({ id }),
    (id) => `row ${id}`,
  )
}

test('following the cursors returns every row once, in order, for any page size', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: -1_000, max: 1_000 })),
      fc.integer({ min: 1, max: 20 }),
      (ids, limit) => {
        const rows = ids.sort((a, b) => a - b)
        const seen: string[] = []
        let cursor: string | null | undefined
        do {
          const page = list(rows, limit, cursor ?? undefined)
          assert(page.data.length <= limit)
          seen.push(...page.data)
          cursor = page.next_cursor
        } while (cursor !== null)
        assert.deepEqual(
          seen,
          rows.map((id) => `row ${id}`),
        )
      },
    ),
  )
})

test('a list that ends with a full page has no next page', () => {
  assert.equal(list([1, 2], 2).next_cursor, null)
  assert.notEqual(list([1, 2, 3], 2).next_cursor, null)
  assert.deepEqual(list([], 2), { data: [], next_cursor: null })
})

test('a cursor of another list or any other text is 422 for the query', () => {
  const ofAnotherList = Buffer.from(JSON.stringify({ name: 'x' })).toString('base64url')
  const text = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.json().map((json) => Buffer.from(json).toString('base64url')),
  )
  const refused = (cursor: string) =>
    assert.throws(
      () => readCursor(Position, cursor),
      (error) =>
        error instanceof Problem && error.code === 'invalid_request' && error.errors?.[0]?.pointer === '/cursor',
    )
  refused(ofAnotherList)
  refused('null')
  fc.assert(fc.property(text, refused))
})
