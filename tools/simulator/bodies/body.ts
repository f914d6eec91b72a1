// The bytes of a delivery: the ticket in the format of the shop's POS. Equal tickets give equal
// bytes.
import type { PosName } from '../world/pos-names.ts'
import type { Shop, Ticket } from '../world/types.ts'
import { foodicsBody } from './foodics.ts'
import { standardBody } from './standard.ts'

/** `shuffled` has the same content with the keys of every object in another order. */
export function bodyOf(shop: Shop, ticket: Ticket, shuffled: boolean): string {
  const body = BODIES[shop.pos](shop, ticket)
  return JSON.stringify(shuffled ? backwards(body) : body)
}

const BODIES: Record<PosName, (shop: Shop, ticket: Ticket) => unknown> = {
  foodics: foodicsBody,
  standard: standardBody,
}

function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, backwards(inner)]),
  )
}
