// The JSON of a claim.
import { actorToJson } from '../../../../contract/actor.ts'
import type { Claim as ClaimJson } from '../../../../contract/api/claims.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import type { Claim } from '../../../rewards/claims/claim.ts'
import { formatInstant, formatOptionalId } from '../format.ts'
import { programToJson } from '../programs/programs-of.ts'

export function claimToJson(claim: Claim, programs: BusinessPrograms): ClaimJson {
  const { program_id, program_type, unit } = programToJson(programs, claim.programId)
  return {
    id: formatId('claim', claim.id),
    customer_id: formatId('customer', claim.customerId),
    kind: claim.kind,
    code: claim.code,
    status: claim.status,
    created_at: formatInstant(claim.createdAt),
    created_by: actorToJson(claim.createdBy),
    expires_at: formatInstant(claim.expiresAt),
    ended_at: formatInstant(claim.endedAt),
    ended_by: actorToJson(claim.endedBy),
    reward_id: formatOptionalId('reward', claim.rewardId),
    reward_version: claim.rewardVersion,
    name: { en: claim.name, ar: claim.nameAr },
    program_id,
    program_type,
    unit,
    units: claim.units,
    redemption: redemptionToJson(claim),
  }
}

function redemptionToJson({ id, redemption }: Claim): ClaimJson['redemption'] {
  return (
    redemption && {
      id: formatId('redemption', id),
      redeemed_at: formatInstant(redemption.at),
      used_at: formatInstant(redemption.usedAt),
      by: redemption.by,
      order_id: formatId('order', redemption.orderId),
      pos_order_id: redemption.posOrderId,
      pos_branch_id: redemption.posBranchId,
      pos_user_id: redemption.posUserId,
      actor: actorToJson(`pos:${redemption.posName}`),
      discount: redemption.discount,
      units: redemption.units,
      restored_units: redemption.restored,
      products: redemption.products && [...redemption.products],
      business_date: redemption.businessDate,
      returned: redemption.returned && {
        returned_at: formatInstant(redemption.returned.at),
        by: actorToJson(redemption.returned.by).id,
        actor: actorToJson(redemption.returned.by),
        reason: redemption.returned.reason,
      },
    }
  )
}
