// Memberships: who belongs to which business, in which role, and limited to which branches.
import type { Actor } from '../../contract/actor.ts'
import type { Role } from '../../contract/roles.ts'
import type { Queryable, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface NewMembership {
  businessId: Uuid
  staffId: Uuid
  role: Role
  /** Null: all branches. */
  branchIds: readonly Uuid[] | null
}

/** False when the person belongs to the business already. */
export async function addMember(
  tx: WriteTransaction,
  { businessId, staffId, role, branchIds }: NewMembership,
  clock: Clock,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into memberships (business_id, staff_id, role, branch_ids, created_at, created_by, updated_by)
     values ($1, $2, $3, $4::uuid[], $5::timestamptz, $6, $6) on conflict (business_id, staff_id) do nothing returning role`,
    [businessId, staffId, role, branchIds, instant(clock.now()), tx.actor],
  )
  return rows.length > 0
}

/** Everybody who belongs to one business belongs to the other instead, in the same role. */
export async function moveMembers(tx: WriteTransaction, from: Uuid, to: Uuid): Promise<void> {
  // Branches are those of the former business.
  await tx.query(
    `update memberships set business_id = $2, branch_ids = case when branch_ids is null then null else '{}'::uuid[] end, updated_by = $3
     where business_id = $1`,
    [from, to, tx.actor],
  )
}

/** A business as a person who belongs to it sees it before anything else. */
export interface Membership {
  business_id: Uuid
  role: Role
  branch_ids: Uuid[] | null
  name: string
  name_ar: string | null
  currency: string
  timezone: string
  language: 'ar' | 'en'
  created_at: EpochMs
  created_by: Actor
}

/** The businesses of a person, by name. */
export function listMemberships(q: Queryable, staffId: Uuid): Promise<Membership[]> {
  return q.query<Membership>(
    `select m.business_id, m.role, m.branch_ids, b.name, b.name_ar, b.currency, b.timezone, b.language, m.created_at, m.created_by
     from memberships m join businesses b on b.id = m.business_id where m.staff_id = $1 order by b.name, b.id`,
    [staffId],
  )
}
