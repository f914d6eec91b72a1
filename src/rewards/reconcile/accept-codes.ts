// Which codes of orders are accepted. Orders are no way to guess codes; an order whose codes are
// ignored still earns.
import type { Transaction } from '../../db/database.ts'
import {
  type AttemptCounts,
  type AttemptSource,
  addWrongCode,
  blockedUntil,
  loadAttempts,
  saveWrongCodes,
  withoutBranch,
} from '../../identity/code-attempts.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { Claim } from '../claims/claim.ts'
import { claimsByCode } from '../claims/claim-store.ts'

/** An order names one or two codes. */
const MAX_CODES = 5

/**
 * Looks up the codes that orders name. The codes of an order are ignored, except those that are
 * redeemed for it already, if it names more than five, if its sender is blocked for too many wrong
 * codes, or if they were ignored before. A code that is new in the order and that its customer does
 * not have counts as a wrong code. No query for orders without codes.
 */
export async function acceptCodes(
  tx: Transaction,
  contexts: readonly RedemptionContext[],
  redeemed: readonly Claim[],
  now: EpochMs,
): Promise<{ contexts: RedemptionContext[]; claims: Claim[] }> {
  const limited = contexts.map((context) =>
    context.codesIgnored || context.codes.length > MAX_CODES ? withIgnoredCodes(context, redeemed) : context,
  )
  const withCodes = limited.filter((context) => !context.codesIgnored && context.codes.length > 0)
  if (withCodes.length === 0) return { contexts: limited, claims: [] }
  const sources = withCodes.flatMap(({ attemptSource }) => attemptSource ?? [])
  const [claims, attempts] = await Promise.all([claimsByCode(tx, withCodes), loadAttempts(tx, sources, now)])
  const wrong: AttemptSource[] = []
  const accepted = limited.map((context) => {
    if (context.codesIgnored || context.attemptSource === null) return context
    const source = atKnownBranch(context.attemptSource, context)
    if (blockedUntil(attempts, source) !== null) return withIgnoredCodes(context, redeemed)
    for (const _ of unknownCodes(context, [...claims, ...redeemed])) count(wrong, attempts, source, now)
    return context
  })
  if (wrong.length > 0) tx.deferToCommit(saveWrongCodes(tx, wrong, now))
  return { contexts: accepted, claims }
}

/** A branch that this order is the first to name counts as unknown. */
function atKnownBranch(source: AttemptSource, { isBranchKnown }: RedemptionContext): AttemptSource {
  return isBranchKnown ? source : withoutBranch(source)
}

function count(wrong: AttemptSource[], attempts: AttemptCounts, source: AttemptSource, now: EpochMs): void {
  addWrongCode(attempts, source, now)
  wrong.push(source)
}

/** What cannot be a code of LoyaPro, such as a coupon of the POS, is no attempt. */
function unknownCodes({ codes, orderId, customerId }: RedemptionContext, claims: readonly Claim[]): string[] {
  const known = claims.filter((claim) => claim.customerId === customerId || claim.redemption?.orderId === orderId)
  return codes.filter((code) => /^\d{8}$/.test(code) && !known.some((claim) => claim.code === code))
}

function withIgnoredCodes(context: RedemptionContext, redeemed: readonly Claim[]): RedemptionContext {
  const own = redeemed.filter(({ redemption }) => redemption?.orderId === context.orderId)
  const codes = context.codes.filter((code) => own.some((claim) => claim.code === code))
  return { ...context, codes, codesIgnored: true }
}
