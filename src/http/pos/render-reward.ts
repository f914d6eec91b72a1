// Renders a claim for a till: the flat object that POS systems expect, with the product list in the
// format of each.
import type { RedeemAnswer, RewardAnswer } from '../../../contract/pos-reward.ts'
import { isOfProducts, isPercent } from '../../../contract/reward/kind.ts'
import type { RewardFormat } from '../../integrations/integration.ts'
import { must } from '../../kernel/assert.ts'
import { formatId } from '../../kernel/ids.ts'
import { currencyDigits, formatMinor, type Minor } from '../../kernel/money.ts'
import type { Claim } from '../../rewards/claims/claim.ts'
import type { CodeRequest } from '../../rewards/redeem/request.ts'

/** `products`: those that the reward allows; null if it allows any or is not for products. */
export interface CheckedClaim {
  claim: Claim
  products: readonly string[] | null
}

export function renderReward(
  { claim, products }: CheckedClaim,
  { sent }: CodeRequest,
  currency: string,
  format: RewardFormat,
): RewardAnswer {
  const { terms } = claim
  const money = (amount: Minor) => Number(formatMinor(amount, currencyDigits(currency)))
  return {
    type: isOfProducts(terms) ? 2 : 1,
    ...discountOf(claim, money, format),
    allowed_products: products && format.allowedProducts(products, terms.quantity ?? 1),
    discount_includes_modifiers: terms.includes_modifiers ?? false,
    is_discount_taxable: false,
    require_otp: false,
    minimum_order_amount: terms.minimum_order_amount === undefined ? null : money(terms.minimum_order_amount),
    ...(sent as Pick<
      RewardAnswer,
      'reward_code' | 'customer_mobile_number' | 'mobile_country_code' | 'business_reference'
    >),
    customer_reference: formatId('customer', claim.customerId),
    reward: {
      id: claim.rewardId === null ? formatId('program', claim.programId) : formatId('reward', claim.rewardId),
      name: { en: claim.name, ar: claim.nameAr },
    },
    expires_at: new Date(claim.expiresAt).toISOString(),
  }
}

export function renderRedeemed(
  checked: CheckedClaim,
  request: CodeRequest,
  currency: string,
  format: RewardFormat,
): RedeemAnswer {
  const { claim } = checked
  return {
    ...renderReward(checked, request, currency, format),
    status: 'redeemed',
    redemption_id: formatId('redemption', claim.id),
    redeemed_at: new Date(must(claim.redemption, 'a redemption').at).toISOString(),
  }
}

/** Cashback that may pay only a share of an order: that percentage, up to the amount claimed. */
function discountOf(
  { terms }: Claim,
  money: (amount: Minor) => number,
  { unlimited }: RewardFormat,
): Pick<RewardAnswer, 'discount_amount' | 'is_percent' | 'max_discount_amount'> {
  const { discount_amount: amount = 0, percent = 0, max_discount_amount: maximum, share_basis_points: share } = terms
  if (share !== undefined) {
    return { discount_amount: share / 100, is_percent: true, max_discount_amount: money(amount) }
  }
  if (isPercent(terms)) {
    return {
      discount_amount: percent,
      is_percent: true,
      max_discount_amount: maximum === undefined ? unlimited : money(maximum),
    }
  }
  return { discount_amount: money(amount), is_percent: false, max_discount_amount: money(amount) }
}
