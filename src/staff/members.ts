// The people of a business: listed, changed and removed. A business keeps an owner, and whoever loses
// rights loses their sessions.
import { type Role, scopesOf } from '../../contract/roles.ts'
import type { Queryable, Transaction, WriteTransaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { endSessionsOf } from './sessions.ts'

export interface Member {
  staffId: Uuid
  name: string
  email: string
  role: Role
  branchIds: Uuid[] | null
  joinedAt: EpochMs
  /** Null when the person has not signed in for a long time. */
  lastSeenAt: EpochMs | null
}

/** At most as many as MOST_MEMBERS allows; owners first, then by name. */
export function listMembers(q: Queryable, businessId: Uuid): Promise<Member[]> {
  return q.query<Member>(`${MEMBERS} order by m.role <> 'owner', s.name, s.id`, [businessId])
}

export async function findMember(q: Queryable, businessId: Uuid, staffId: Uuid): Promise<Member | null> {
  const [member] = await q.query<Member>(`${MEMBERS} and m.staff_id = $2`, [businessId, staffId])
  return member ?? null
}

const MEMBERS = `
select s.id as "staffId", s.name, s.email, m.role, m.branch_ids as "branchIds", m.created_at as "joinedAt",
  (select max(seen_at) from staff_sessions where staff_id = s.id) as "lastSeenAt"
from memberships m join staff s on s.id = m.staff_id
where m.business_id = $1`

export interface MemberRights {
  role: Role
  /** Null: all branches. */
  branchIds: readonly Uuid[] | null
}

export type MemberOutcome = 'done' | 'not_found' | 'last_owner' | 'not_allowed'

export interface MemberTarget {
  businessId: Uuid
  staffId: Uuid
  /** The owner who does it; null when an API key does. */
  by: Uuid | null
}

/**
 * In order of precedence: not_allowed (whoever does it is no owner any more), not_found, last_owner,
 * done. Roll back unless `done`.
 */
export async function changeMember(
  tx: WriteTransaction,
  { businessId, staffId, by }: MemberTarget,
  rights: MemberRights,
  now: EpochMs,
): Promise<MemberOutcome> {
  const held = await holdMembers(tx, { businessId, staffId, by })
  const refusal = refuse(held, { businessId, staffId, by }, rights.role === 'owner')
  if (refusal !== null) return refusal
  await tx.query(
    'update memberships set role = $3, branch_ids = $4::uuid[], updated_by = $5 where business_id = $1 and staff_id = $2',
    [businessId, staffId, rights.role, rights.branchIds, tx.actor],
  )
  const before = held.find((one) => one.staffId === staffId)
  if (before && losesRights(before, rights)) await endSessionsOf(tx, staffId, now)
  return 'done'
}

/** As changeMember. The account stays: it may belong to other businesses. */
export async function removeMember(tx: WriteTransaction, target: MemberTarget, now: EpochMs): Promise<MemberOutcome> {
  const refusal = refuse(await holdMembers(tx, target), target, false)
  if (refusal !== null) return refusal
  await deleteMembership(tx, target)
  await endSessionsOf(tx, target.staffId, now)
  return 'done'
}

/** The person leaves; nobody else decides, and their sessions for other businesses stay. */
export async function leaveBusiness(
  tx: WriteTransaction,
  { businessId, staffId }: { businessId: Uuid; staffId: Uuid },
): Promise<Exclude<MemberOutcome, 'not_allowed'>> {
  const target = { businessId, staffId, by: null }
  const refusal = refuse(await holdMembers(tx, target), target, false)
  if (refusal === 'last_owner' || refusal === 'not_found') return refusal
  await deleteMembership(tx, target)
  return 'done'
}

/** Whether the person is an owner, who then stays one until the transaction ends. */
export async function holdOwner(tx: Transaction, businessId: Uuid, staffId: Uuid): Promise<boolean> {
  const rows = await tx.query(
    `select role from memberships where business_id = $1 and staff_id = $2 and role = 'owner' for share`,
    [businessId, staffId],
  )
  return rows.length > 0
}

/** Members and open invitations together. */
export const MOST_MEMBERS = 500

export async function hasRoomForMember(q: Queryable, businessId: Uuid): Promise<boolean> {
  const [row] = await q.query<{ n: number }>(
    `select (select count(*) from memberships where business_id = $1)::int
       + (select count(*) from invitations where business_id = $1)::int as n`,
    [businessId],
  )
  return (row?.n ?? 0) < MOST_MEMBERS
}

interface Held extends MemberRights {
  staffId: Uuid
}

/**
 * Locks all owners, the person who is changed and the one who does it, always in the same sequence: of
 * two owners who demote each other, the second one waits, and then is no owner.
 */
function holdMembers(tx: Transaction, { businessId, staffId, by }: MemberTarget): Promise<Held[]> {
  return tx.query<Held>(
    `select staff_id as "staffId", role, branch_ids as "branchIds" from memberships
     where business_id = $1 and (role = 'owner' or staff_id in ($2, $3)) order by staff_id for update`,
    [businessId, staffId, by],
  )
}

function refuse(
  held: readonly Held[],
  { staffId, by }: MemberTarget,
  staysOwner: boolean,
): Exclude<MemberOutcome, 'done'> | null {
  const owners = held.filter(({ role }) => role === 'owner').map((one) => one.staffId)
  if (by !== null && !owners.includes(by)) return 'not_allowed'
  if (!held.some((one) => one.staffId === staffId)) return 'not_found'
  const isLast = owners.length === 1 && owners[0] === staffId
  return isLast && !staysOwner ? 'last_owner' : null
}

/** Whether there was something that the person could do or see, and cannot now. */
function losesRights(before: MemberRights, after: MemberRights): boolean {
  const scopes = scopesOf(after.role, after.branchIds !== null)
  const losesScope = scopesOf(before.role, before.branchIds !== null).some((scope) => !scopes.includes(scope))
  const { branchIds } = after
  const losesBranch =
    branchIds !== null && (before.branchIds === null || before.branchIds.some((id) => !branchIds.includes(id)))
  return losesScope || losesBranch
}

async function deleteMembership(tx: WriteTransaction, { businessId, staffId }: MemberTarget): Promise<void> {
  await tx.query('delete from memberships where business_id = $1 and staff_id = $2', [businessId, staffId])
}
