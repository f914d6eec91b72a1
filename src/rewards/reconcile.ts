// What an order and the rewards redeemed for it say of each other: what stays spent, what goes back, and what does not fit (pure).
import { isOfProducts } from '../../contract/reward/kind.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type Milli, type Minor, prorate } from '../kernel/money.ts'
import type { ClaimStep } from '../programs/why.ts'
import type { Claim } from './claim.ts'
import { type Goods, mostOff } from './refusal.ts'

/** What redemptions need to know of a sale and of what is kept of it. */
export interface OrderScene {
  businessId: Uuid
  orderId: Uuid
  posName: string
  posOrderId: string
  posBranchId: string
  customerId: Uuid | null
  /** `open` until it is paid; `returned` when nothing of it is kept. */
  state: 'open' | 'paid' | 'void' | 'returned'
  occurredAt: EpochMs
  businessDate: IsoDate
  /** Codes that the order says were redeemed in it. */
  codes: readonly string[]
  /** The branch by its shown id; null when it is not known. */
  branch: string | null
  /** IANA zone of the branch: hours and weekdays are its local time. */
  timezone: string
  discounts: readonly { amount: Minor; isLoyalty: boolean; code?: string }[]
  lines: readonly SceneLine[]
}

export interface SceneLine {
  productId: string
  sku?: string
  categoryId?: string
  code?: string
  discount: Minor
  /** The discount of the line is a redemption, whether or not it names a code. */
  isLoyalty: boolean
  /** Of the whole line before any discount, with its options. */
  price: Minor
  /** Of that, the product without its options; all of it where the options carry the price. */
  productPrice: Minor
  sold: Milli
  kept: Milli
  total: Minor
  keptTotal: Minor
}

/** What somebody should look at; kept with the order, in this sequence. */
export const ORDER_FLAGS = [
  'code_unknown',
  'code_of_other_order',
  'code_not_in_force',
  'discount_differs',
  'discount_too_high',
  'discount_not_in_order',
  'order_too_small',
  'share_too_high',
  'not_combinable',
  'card_gone',
  'outside_terms',
  'redeemed_for_other',
] as const
export type OrderFlag = (typeof ORDER_FLAGS)[number]

/** What a claim should come to. */
export type Verdict =
  | { kind: 'leave' }
  | { kind: 'redeem'; units: number; discount: Minor }
  | { kind: 'keep'; units: number; stands: boolean; step: ClaimStep }

/** What becomes of a claim that the order names, or that was redeemed for it. */
export function verdictOn(claim: Claim, scene: OrderScene): Verdict {
  if (claim.redemption === null) return firstNews(claim, scene)
  if (claim.redemption.orderId !== scene.orderId || scene.state === 'open') return { kind: 'leave' }
  const { units, by } = claim.redemption
  if (scene.state === 'void') return { kind: 'keep', units: 0, stands: false, step: 'void' }
  if (by === 'order' && !scene.codes.includes(claim.code)) {
    return { kind: 'keep', units: 0, stands: false, step: 'code_gone' }
  }
  const policy = claim.terms.on_return ?? 'full_return'
  if (policy !== 'never' && isGone(claim, scene)) return { kind: 'keep', units: 0, stands: false, step: 'returned' }
  const kept = policy === 'pro_rata' ? keptPart(units, scene) : units
  return { kind: 'keep', units: kept, stands: true, step: kept < units ? 'returned' : 'again' }
}

/**
 * A redemption that only the order tells of: the discount was given, so it is paid for, if the code was good at the time. Also when all
 * of the order is returned by now: what that gives back is told next, whichever news came first.
 */
function firstNews(claim: Claim, scene: OrderScene): Verdict {
  if ((scene.state !== 'paid' && scene.state !== 'returned') || !wasInForce(claim, scene.occurredAt))
    return { kind: 'leave' }
  const discount = discountOf(claim, scene) ?? mostOff(claim.terms, null) ?? 0
  return { kind: 'redeem', units: claim.kind === 'cashback' ? Math.min(discount, claim.units) : claim.units, discount }
}

/** Clocks of tills differ a little. */
const SLACK_MS = 5 * 60_000

function wasInForce({ createdAt, expiresAt, status, endedAt }: Claim, at: EpochMs): boolean {
  if (status === 'cancelled' && endedAt !== null && at > endedAt) return false
  return at >= createdAt - SLACK_MS && at <= expiresAt + SLACK_MS
}

/** What of the units stays spent when a part of the goods was returned. */
function keptPart(units: number, { lines }: OrderScene): number {
  const total = lines.reduce((sum, line) => sum + line.total, 0)
  const kept = lines.reduce((sum, line) => sum + line.keptTotal, 0)
  return total > 0 ? prorate(units, Math.max(0, Math.min(kept, total)), total) : units
}

/** Whether all that the reward was used on has come back: its own lines where they are known, else everything. */
function isGone(claim: Claim, scene: OrderScene): boolean {
  if (scene.state === 'returned') return true
  const lines = rewardedLines(claim, scene)
  return lines.length > 0 && lines.every((line) => line.kept === 0)
}

function rewardedLines(claim: Claim, { lines }: OrderScene): readonly SceneLine[] {
  const marked = lines.filter((line) => line.code === claim.code)
  if (marked.length > 0) return marked
  if (!isOfProducts(claim.terms)) return []
  const redeemed = claim.redemption?.products?.map((product) => product.product_id)
  const products = new Set(redeemed ?? claim.terms.products ?? [])
  const categories = new Set(redeemed ? [] : (claim.terms.categories ?? []))
  return lines.filter(
    ({ productId, sku, categoryId }) =>
      products.has(productId) || (sku && products.has(sku)) || (categoryId && categories.has(categoryId)),
  )
}

/** What the order says was taken off for this code; null when it does not say. */
export function discountOf({ code }: Claim, { discounts, lines }: OrderScene): Minor | null {
  const marked = [
    ...discounts.filter((one) => one.code === code).map((one) => one.amount),
    ...lines.filter((line) => line.code === code).map((line) => line.discount),
  ]
  if (marked.length > 0) return marked.reduce((a, b) => a + b, 0)
  const unmarked = discounts.filter((one) => one.isLoyalty && one.code === undefined)
  return unmarked.length === 1 ? (unmarked[0]?.amount ?? null) : null
}

/** What does not fit between the order and the claims that are redeemed for it now, each flag once. */
export function flagsOf(scene: OrderScene, claims: readonly Claim[]): OrderFlag[] {
  if (scene.state !== 'paid') return []
  const flags = new Set<OrderFlag>()
  for (const code of scene.codes) {
    const claim = claims.find((one) => one.code === code)
    if (!claim) flags.add('code_unknown')
    else if (claim.redemption === null) flags.add('code_not_in_force')
    else if (claim.redemption.orderId !== scene.orderId) flags.add('code_of_other_order')
  }
  const mine = claims.filter(({ status, redemption }) => status === 'redeemed' && redemption?.orderId === scene.orderId)
  for (const claim of mine) for (const flag of flagsOfClaim(claim, scene)) flags.add(flag)
  if (mine.length > 1 && mine.some(({ terms }) => terms.combinable === false)) flags.add('not_combinable')
  return ORDER_FLAGS.filter((flag) => flags.has(flag))
}

function flagsOfClaim(claim: Claim, scene: OrderScene): OrderFlag[] {
  const { terms, redemption } = claim
  if (redemption === null) return []
  const flags: OrderFlag[] = []
  if (scene.customerId !== null && claim.customerId !== scene.customerId) flags.push('redeemed_for_other')
  const shown = discountOf(claim, scene)
  const showsLoyalty = scene.codes.length > 0 || scene.discounts.some((one) => one.isLoyalty)
  if (shown !== null && shown !== redemption.discount) flags.push('discount_differs')
  if (shown === null && !showsLoyalty && redemption.discount > 0) flags.push('discount_not_in_order')
  const goods = goodsOf(scene)
  const most = mostOff(terms, goods)
  if (most !== null && Math.max(shown ?? 0, redemption.discount) > most) flags.push('discount_too_high')
  if (goods.amount < (terms.minimum_order_amount ?? 0)) flags.push('order_too_small')
  const share = terms.share_basis_points
  if (share !== undefined && redemption.discount > prorate(goods.amount, share, 10_000)) flags.push('share_too_high')
  return flags
}

/** What the goods would have cost without any discount. */
export function goodsOf({ lines, discounts }: Pick<OrderScene, 'lines' | 'discounts'>): Goods {
  const off = discounts.reduce((sum, one) => sum + one.amount, 0)
  return { amount: lines.reduce((sum, line) => sum + line.total + line.discount, 0) + off, lines: lines.length }
}
