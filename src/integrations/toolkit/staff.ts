// Reads the staff of an order: who created it and who closed it at the POS.
import type { PosStaff } from '../../../contract/pos-order.ts'
import { idOf, objectOf, textOf } from './clean.ts'

/** The members of the canonical order, absent where the POS does not state them. */
export function staffOf(createdBy: unknown, closedBy: unknown): { created_by?: PosStaff; closed_by?: PosStaff } {
  const created = readStaff(createdBy)
  const closed = readStaff(closedBy)
  return { ...(created && { created_by: created }), ...(closed && { closed_by: closed }) }
}

/** Undefined when the value names nobody; no order is refused for its staff. */
function readStaff(value: unknown): PosStaff | undefined {
  const json = objectOf(value)
  const id = idOf(json?.id)
  const name = textOf(json?.name)
  if (id === undefined && name === undefined) return undefined
  return { ...(id !== undefined && { id }), ...(name !== undefined && { name }) }
}
