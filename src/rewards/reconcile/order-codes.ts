// Which codes of orders are heard: an order is no way to try codes, whatever it says it earns as
// well.
import type { Transaction } from '../../db/database.ts'
import type { Guesser } from '../../identity/wrong-codes.ts'
import { type Attempts, addWrong, attemptsOf, barredUntil, countWrong, elsewhere } from '../../identity/wrong-codes.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { Claim } from '../claims/claim.ts'
import { claimsNamed } from '../claims/claim-store.ts'

/** An order uses one code or two. */
const MOST_CODES = 5

/**
 * Looks up the codes that orders name. Codes are ignored, except those that are redeemed for the
 * order already, when there are more than five, when too many wrong codes were counted for whoever
 * sent it, and when they were ignored before. A code that is new in its order and that its customer
 * does not have counts as wrong. Orders without codes cost nothing.
 */
export async function acceptCodes(
  tx: Transaction,
  scenes: readonly RedemptionContext[],
  redeemed: readonly Claim[],
  now: EpochMs,
): Promise<{ scenes: RedemptionContext[]; claims: Claim[] }> {
  const heard = scenes.map((scene) =>
    scene.codesIgnored || scene.codes.length > MOST_CODES ? ignored(scene, redeemed) : scene,
  )
  const asking = heard.filter((scene) => !scene.codesIgnored && scene.codes.length > 0)
  if (asking.length === 0) return { scenes: heard, claims: [] }
  const [claims, attempts] = await Promise.all([
    claimsNamed(tx, asking),
    attemptsOf(
      tx,
      asking.flatMap(({ guesser }) => guesser ?? []),
      now,
    ),
  ])
  const wrong: Guesser[] = []
  const judged = heard.map((scene) => {
    if (scene.codesIgnored || scene.guesser === null) return scene
    const guesser = atBranch(scene.guesser, scene)
    if (barredUntil(attempts, guesser) !== null) return ignored(scene, redeemed)
    for (const _ of unknownCodes(scene, [...claims, ...redeemed])) note(wrong, attempts, guesser, now)
    return scene
  })
  if (wrong.length > 0) tx.leave(countWrong(tx, wrong, now))
  return { scenes: judged, claims }
}

/**
 * Also a branch that this very order names for the first time is one that the business does not
 * have.
 */
function atBranch(guesser: Guesser, { isBranchKnown }: RedemptionContext): Guesser {
  return isBranchKnown ? guesser : elsewhere(guesser)
}

function note(wrong: Guesser[], attempts: Attempts, guesser: Guesser, now: EpochMs): void {
  addWrong(attempts, guesser, now)
  wrong.push(guesser)
}

/** What cannot be a code of ours is no guess: a coupon of the POS, for one. */
function unknownCodes({ codes, orderId, customerId }: RedemptionContext, claims: readonly Claim[]): string[] {
  const known = claims.filter((claim) => claim.customerId === customerId || claim.redemption?.orderId === orderId)
  return codes.filter((code) => /^\d{8}$/.test(code) && !known.some((claim) => claim.code === code))
}

function ignored(scene: RedemptionContext, redeemed: readonly Claim[]): RedemptionContext {
  const own = redeemed.filter(({ redemption }) => redemption?.orderId === scene.orderId)
  const codes = scene.codes.filter((code) => own.some((claim) => claim.code === code))
  return { ...scene, codes, codesIgnored: true }
}
