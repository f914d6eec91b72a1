// Finds rewards of the catalogue: one, lists, all versions, and one that is about to be claimed.
import type { Actor } from '../../../contract/actor.ts'
import type { ProgramType } from '../../../contract/program.ts'
import type { RewardTerms } from '../../../contract/reward.ts'
import type { Queryable, Transaction } from '../../db/database.ts'
import { db } from '../../db/tables.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'

/** A reward in its latest version. */
export interface Reward {
  id: Uuid
  programId: Uuid
  programType: ProgramType
  name: string
  nameAr: string
  imageUrl: string | null
  /** An archived one cannot be claimed. */
  status: 'active' | 'archived'
  version: number
  /** Units of the program. */
  price: number
  terms: RewardTerms
  /** Held and redeemed claims of all versions; `limits.in_all` limits them. */
  taken: number
  createdAt: EpochMs
  updatedAt: EpochMs
  updatedBy: Actor | null
}

export interface RewardVersion {
  version: number
  price: number
  terms: RewardTerms
  createdAt: EpochMs
  createdBy: Actor | null
}

export interface RewardFilter {
  programId?: Uuid
  status?: Reward['status']
}

/** Newest first, older than `before`. */
export async function listRewards(
  q: Queryable,
  businessId: Uuid,
  { programId, status }: RewardFilter,
  before: Uuid | null,
  limit: number,
): Promise<Reward[]> {
  let query = rewardsOf(businessId).orderBy('r.id', 'desc').limit(limit)
  if (programId !== undefined) query = query.where('r.program_id', '=', programId)
  if (status !== undefined) query = query.where('r.status', '=', status)
  if (before !== null) query = query.where('r.id', '<', before)
  return (await q.run(query)).map(toReward)
}

export async function findReward(q: Queryable, businessId: Uuid, rewardId: Uuid): Promise<Reward | null> {
  const [row] = await q.run(rewardsOf(businessId).where('r.id', '=', rewardId))
  return row ? toReward(row) : null
}

/** Newest first. */
export async function listRewardVersions(q: Queryable, businessId: Uuid, rewardId: Uuid): Promise<RewardVersion[]> {
  const rows = await q.run(
    db
      .selectFrom('reward_versions')
      .select(['version', 'price', 'terms', 'created_at as createdAt', 'created_by as createdBy'])
      .where('business_id', '=', businessId)
      .where('reward_id', '=', rewardId)
      .orderBy('version', 'desc'),
  )
  return rows.map((row) => ({ ...row, terms: row.terms as RewardTerms }))
}

/**
 * A reward that is about to be claimed, in any status. Its row is locked: status, version and
 * `taken` do not change until the transaction ends.
 */
export async function loadRewardForClaim(tx: Transaction, businessId: Uuid, rewardId: Uuid): Promise<Reward | null> {
  // A separate statement: after a wait a join would return the version from before the wait.
  const [locked] = await tx.run(
    db
      .selectFrom('rewards')
      .select('id')
      .where('business_id', '=', businessId)
      .where('id', '=', rewardId)
      .forNoKeyUpdate(),
  )
  return locked ? findReward(tx, businessId, rewardId) : null
}

function rewardsOf(businessId: Uuid) {
  return db
    .selectFrom('rewards as r')
    .innerJoin('reward_versions as v', (join) =>
      join
        .onRef('v.business_id', '=', 'r.business_id')
        .onRef('v.reward_id', '=', 'r.id')
        .onRef('v.version', '=', 'r.version'),
    )
    .innerJoin('programs as p', (join) =>
      join.onRef('p.business_id', '=', 'r.business_id').onRef('p.id', '=', 'r.program_id'),
    )
    .select(['r.id', 'r.program_id as programId', 'p.type as programType', 'r.name', 'r.name_ar as nameAr'])
    .select(['r.image_url as imageUrl', 'r.status', 'r.version', 'v.price', 'v.terms', 'r.taken'])
    .select(['r.created_at as createdAt', 'r.updated_at as updatedAt', 'r.updated_by as updatedBy'])
    .where('r.business_id', '=', businessId)
}

/** The column contains terms that `normaliseTerms` returned. */
function toReward<Row extends { terms: unknown }>(row: Row): Row & { terms: RewardTerms } {
  return { ...row, terms: row.terms as RewardTerms }
}
