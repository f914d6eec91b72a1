// Pagination of lists: an opaque cursor that contains the position of the last item, and one shape
// of response.
import type { Static, TSchema } from 'typebox'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { findUnstorable } from './plugins/storable-text.ts'
import { Problem } from './problem.ts'

/**
 * The query parameters of a list: `Type.Object({ ...pageQuery, q: … }, { additionalProperties:
 * false })`.
 */
export const pageQuery = {
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'Maximum number of items to return.' }),
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 500,
      description: '`next_cursor` of the previous page. Omit it for the first page.',
    }),
  ),
}

/** The response of a list: `{ data, next_cursor }`. `next_cursor` is null on the last page. */
export function pageOf<T extends TSchema>(item: T) {
  return Type.Object({
    data: Type.Array(item),
    next_cursor: Type.Union([Type.String(), Type.Null()], {
      description: 'Pass it as `cursor` to get the next page. null on the last page.',
    }),
  })
}

/**
 * The position in a cursor, validated against `position`; null for the first page. Throws 422
 * `invalid_request` for any text that is not a cursor of this list.
 */
export function readCursor<T extends TSchema>(position: T, cursor: string | undefined): Static<T> | null {
  if (cursor === undefined) return null
  const value = decode(cursor)
  if (findUnstorable(value) === null && Value.Check(position, value)) return value
  throw new Problem('invalid_request', {
    detail: {
      en: 'The cursor is not valid for this list. Start again without it.',
      ar: 'قيمة cursor غير صحيحة لهذه القائمة. ابدأ من جديد بدونها.',
    },
    errors: [{ in: 'query', pointer: '/cursor', message: 'must be the next_cursor of the previous page' }],
  })
}

/**
 * One page of `limit + 1` rows: the additional row only shows that there is a next page.
 * `positionOf` returns the sort columns of the last row of the page.
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => unknown,
  toJson: (row: Row) => Item,
): { data: Item[]; next_cursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const more = rows.length > limit && last !== undefined
  return { data: page.map(toJson), next_cursor: more ? encode(positionOf(last)) : null }
}

/** A page of items, and the position after which the next one begins; null on the last page. */
export function toPageAt<Item>(data: Item[], next: unknown): { data: Item[]; next_cursor: string | null } {
  return { data, next_cursor: next === null ? null : encode(next) }
}

function encode(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
