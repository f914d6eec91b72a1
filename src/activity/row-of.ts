// The row of what an operation changes, read before and after it in the same transaction.
import type { Transaction } from '../db/database.ts'
import { formatId, ID_PREFIXES, type IdKind, parseId, type Uuid } from '../kernel/ids.ts'
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

/** Whether what the id names has a row that `rowOf` reads. */
export function hasRow(subject: string | null): boolean {
  const kind = kindOf(subject)
  return kind !== null && TABLES[kind] !== undefined
}

export interface SubjectName {
  en: string
  ar: string | null
}

/** The present names of what these ids name; of what has none, or is gone, nothing. */
export async function namesOfSubjects(
  tx: Transaction,
  businessId: Uuid,
  subjects: readonly string[],
): Promise<Map<string, SubjectName>> {
  const byKind = Map.groupBy(new Set(subjects), kindOf)
  const found = await Promise.all(
    NAMED.map(async ([kind, nameAr]): Promise<[string, SubjectName][]> => {
      const ids = (byKind.get(kind) ?? []).flatMap((subject) => parseId(kind, subject) ?? [])
      if (ids.length === 0) return []
      const rows = await tx.query<{ id: Uuid; en: string | null; ar: string | null }>(
        `select id, name as en, ${nameAr} as ar from ${TABLES[kind]} where business_id = $1 and id = any($2::uuid[])`,
        [businessId, ids],
      )
      return rows.flatMap(({ id, en, ar }) => (en === null ? [] : [[formatId(kind, id), { en, ar }]]))
    }),
  )
  return new Map(found.flat())
}

/** Kinds whose rows have a name, and the column of the Arabic one. */
const NAMED = [
  ['branch', 'name_ar'],
  ['customer', 'null::text'],
  ['program', 'name_ar'],
  ['reward', 'name_ar'],
] as const

/** By table: what a business has of it without an ID, as one row. */
const ROWS_OF_BUSINESS = {
  businesses: 'select to_jsonb(t) as row from businesses t where id = $1',
  brands: 'select to_jsonb(t) as row from brands t where business_id = $1',
  adjustment_limits: `
select jsonb_object_agg(role, jsonb_build_object('per_adjustment', per_adjustment, 'per_day', per_day)) as row
from adjustment_limits where business_id = $1`,
} as const
export type RowOfBusiness = keyof typeof ROWS_OF_BUSINESS

/** Its values; empty while there are none. */
export async function rowOfBusiness(tx: Transaction, businessId: Uuid, table: RowOfBusiness): Promise<Values> {
  const [found] = await tx.query<{ row: Values | null }>(ROWS_OF_BUSINESS[table], [businessId])
  return found?.row ?? {}
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
  notice: 'privacy_notices',
}
