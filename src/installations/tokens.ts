// The stored tokens of an installation: sealed, and bound to their row.
import type { Seal } from '../businesses/seal.ts'
import { instant } from '../db/values.ts'
import type { InstallationKey, Tokens } from '../integrations/client.ts'
import type { EpochMs } from '../kernel/clock.ts'

export function sealTokens(seal: Seal, installation: InstallationKey, tokens: Tokens, now: EpochMs) {
  return {
    access_token: seal.close(tokens.accessToken, purposeOf(installation, 'access')),
    refresh_token:
      tokens.refreshToken === null ? null : seal.close(tokens.refreshToken, purposeOf(installation, 'refresh')),
    token_expires_at: tokens.expiresIn === null ? null : instant(now + tokens.expiresIn * 1_000),
  }
}

/** Throws SealBroken. */
export function openToken(
  seal: Seal,
  installation: InstallationKey,
  kind: 'access' | 'refresh',
  sealed: Buffer,
): string {
  return seal.open(sealed, purposeOf(installation, kind))
}

function purposeOf({ businessId, posName }: InstallationKey, kind: 'access' | 'refresh'): string {
  return `installation ${businessId} ${posName} ${kind}`
}
