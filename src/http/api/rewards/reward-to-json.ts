// The JSON of a reward, alone and with its versions.
import { actorToJson } from '../../../../contract/actor.ts'
import type { RewardInFull, Reward as RewardJson } from '../../../../contract/api/rewards.ts'
import { unitOf } from '../../../../contract/unit.ts'
import type { Queryable } from '../../../db/database.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import { findReward, listRewardVersions, type Reward } from '../../../rewards/catalogue/find-rewards.ts'
import { formatInstant, notFound } from '../format.ts'

export function rewardToJson(reward: Reward, currency: string): RewardJson {
  return {
    id: formatId('reward', reward.id),
    program_id: formatId('program', reward.programId),
    program_type: reward.programType,
    unit: unitOf(reward.programType, currency),
    currency,
    name: { en: reward.name, ar: reward.nameAr },
    image_url: reward.imageUrl,
    status: reward.status,
    version: reward.version,
    taken: reward.taken,
    price: reward.price,
    ...reward.terms,
    created_at: formatInstant(reward.createdAt),
    updated_at: formatInstant(reward.updatedAt),
    updated_by: actorToJson(reward.updatedBy),
  }
}

/** Throws 404 when the business has no such reward. */
export async function rewardDetailsToJson(
  q: Queryable,
  { businessId, id, currency }: { businessId: Uuid; id: Uuid; currency: string },
): Promise<RewardInFull> {
  const [reward, versions] = await Promise.all([findReward(q, businessId, id), listRewardVersions(q, businessId, id)])
  if (!reward) throw notFound('reward')
  return {
    ...rewardToJson(reward, currency),
    versions: versions.map(({ version, price, terms, createdAt, createdBy }) => ({
      version,
      price,
      ...terms,
      created_at: formatInstant(createdAt),
      created_by: actorToJson(createdBy),
    })),
  }
}
