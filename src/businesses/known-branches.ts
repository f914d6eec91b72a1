// The branches that orders name: learned from them, cached in the process, and read again after a
// change.
import type { PosBranch } from '../../contract/pos-order.ts'
import type { Queryable, Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { derivedId, type Uuid } from '../kernel/ids.ts'

/** What processing an order needs to know of a branch. */
export interface KnownBranch {
  id: Uuid
  /** The zone that the POS or the merchant set; null means the zone of the business. */
  timezone: string | null
  name: string
  nameAr: string | null
  reference: string | null
  dayEndsAt: string | null
  /** The merchant set the name, so orders do not change it. */
  namedByHand: boolean
}

/** Branches by business, with the configuration version at which they were read. */
export type BranchCache = Map<Uuid, { configVersion: number; branches: Map<Uuid, KnownBranch> }>

const MAX_BUSINESSES = 5_000

export function branchId(businessId: Uuid, posName: string, posBranchId: string): Uuid {
  return derivedId('branch', businessId, posName, posBranchId)
}

/** Reads the branches of businesses whose cached copy is missing or old. */
export async function loadBranches(
  tx: Queryable,
  books: readonly { businessId: Uuid; configVersion: number }[],
  cache: BranchCache,
): Promise<void> {
  const due = books.filter((book) => cache.get(book.businessId)?.configVersion !== book.configVersion)
  if (due.length === 0) return
  const rows = await tx.query<KnownBranch & { businessId: Uuid }>(LOAD, [due.map((book) => book.businessId)])
  for (const { businessId, configVersion } of due) {
    cache.delete(businessId)
    cache.set(businessId, { configVersion, branches: new Map() })
  }
  for (const { businessId, ...branch } of rows) cache.get(businessId)?.branches.set(branch.id, branch)
  for (const businessId of cache.keys()) {
    if (cache.size <= MAX_BUSINESSES) break
    cache.delete(businessId)
  }
}

const LOAD: Statement = {
  name: 'load_branches',
  text: `
select business_id as "businessId", id, timezone, name, name_ar as "nameAr", reference, day_ends_at as "dayEndsAt",
  named_by_hand as "namedByHand"
from branches where business_id = any ($1::uuid[])`,
}

/** The branch after this order: `known` itself when the order has nothing new. */
export function learnBranch(known: KnownBranch | undefined, id: Uuid, seen: PosBranch): KnownBranch {
  const learned: KnownBranch = {
    id,
    timezone: known?.timezone ?? seen.timezone ?? null,
    name: known?.namedByHand ? known.name : seen.name,
    nameAr: known?.namedByHand ? known.nameAr : (seen.name_ar ?? known?.nameAr ?? null),
    reference: seen.reference ?? known?.reference ?? null,
    dayEndsAt: seen.day_ends_at ?? known?.dayEndsAt ?? null,
    namedByHand: known?.namedByHand ?? false,
  }
  const same =
    known !== undefined &&
    known.name === learned.name &&
    known.nameAr === learned.nameAr &&
    known.reference === learned.reference &&
    known.dayEndsAt === learned.dayEndsAt
  return same ? known : learned
}

/**
 * Writes new and changed branches. An order sets the zone only once; later only the merchant
 * changes it.
 */
export async function writeBranches(
  tx: Queryable,
  rows: readonly { businessId: Uuid; posName: string; posBranchId: string; branch: KnownBranch }[],
  now: EpochMs,
): Promise<void> {
  if (rows.length === 0) return
  await tx.query(WRITE, [
    rows.map((row) => row.businessId),
    rows.map((row) => row.branch.id),
    rows.map((row) => row.posName),
    rows.map((row) => row.posBranchId),
    rows.map((row) => row.branch.name),
    rows.map((row) => row.branch.nameAr),
    rows.map((row) => row.branch.reference),
    rows.map((row) => row.branch.timezone),
    rows.map((row) => row.branch.dayEndsAt),
    instant(now),
  ])
}

const WRITE: Statement = {
  name: 'write_branches',
  text: `
insert into branches (business_id, id, pos_name, pos_branch_id, name, name_ar, reference, timezone, day_ends_at, created_at, updated_at, updated_by)
select *, $10::timestamptz, $10::timestamptz, 'pos:' || pos_name
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
  as r (business_id, id, pos_name, pos_branch_id, name, name_ar, reference, timezone, day_ends_at)
on conflict (business_id, id) do update set name = excluded.name, name_ar = excluded.name_ar,
  reference = excluded.reference, day_ends_at = excluded.day_ends_at, updated_at = excluded.updated_at,
  updated_by = excluded.updated_by`,
}
