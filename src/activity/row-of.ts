// The row of what an operation changes, read before and after it in the same transaction.
import type { Transaction } from '../db/database.ts'
import { ID_PREFIXES, type IdKind, parseId, type Uuid } from '../kernel/ids.ts'
import type { Values } from './changes.ts'

/**
 * Of what this id names; null when it names nothing of the business that has a row of its own. An
 * order has none here: its row is what the POS said.
 */
export async function rowOf(tx: Transaction, businessId: Uuid, subject: string | null): Promise<Values | null> {
  const kind = kindOf(subject)
  const table = kind && TABLES[kind]
  const key = kind === 'staff' ? 'staff_id' : 'id'
  const id = kind && subject ? parseId(kind, subject) : null
  if (!table || id === null) return null
  const [row] = await tx.query<{ row: Values }>(
    `select to_jsonb(t) as row from ${table} t where business_id = $1 and ${key} = $2`,
    [businessId, id],
  )
  return row?.row ?? null
}

/** What an id names, by its prefix. */
export function kindOf(id: string | null): IdKind | null {
  const prefix = id?.slice(0, id.indexOf('_'))
  return KINDS.find((kind) => ID_PREFIXES[kind] === prefix) ?? null
}

const KINDS = Object.keys(ID_PREFIXES) as IdKind[]

/**
 * Tables of tenants, which the role of the API can read; those of staff are changed by `writeShared` alone.
 */
const TABLES: Partial<Record<IdKind, string>> = {
  branch: 'branches',
  customer: 'customers',
  program: 'programs',
  reward: 'rewards',
  claim: 'claims',
  subscription: 'subscriptions',
  staff: 'memberships',
  invitation: 'invitations',
}
