// The tokens of an account as they are stored: sealed, and bound to their row.
import type { Seal } from '../businesses/seal.ts'
import { instant } from '../db/values.ts'
import type { InstallationKey, Tokens } from '../integrations/client.ts'
import type { EpochMs } from '../kernel/clock.ts'

export function sealTokens(seal: Seal, account: InstallationKey, tokens: Tokens, now: EpochMs) {
  return {
    access_token: seal.close(tokens.accessToken, purposeOf(account, 'access')),
    refresh_token: tokens.refreshToken === null ? null : seal.close(tokens.refreshToken, purposeOf(account, 'refresh')),
    token_expires_at: tokens.expiresIn === null ? null : instant(now + tokens.expiresIn * 1_000),
  }
}

/** Throws SealBroken. */
export function openToken(seal: Seal, account: InstallationKey, kind: 'access' | 'refresh', sealed: Buffer): string {
  return seal.open(sealed, purposeOf(account, kind))
}

function purposeOf({ businessId, posName }: InstallationKey, kind: 'access' | 'refresh'): string {
  return `pos_account ${businessId} ${posName} ${kind}`
}
