// Verifies the signature of a POS token with one secret.
import { createVerifier } from 'fast-jwt'
import { LRUCache } from 'lru-cache'

export interface TokenClaims {
  [claim: string]: unknown
}

/**
 * Returns the claims of a token that this secret signed with HS256, else null. A POS sends the same
 * token with every order, so verified tokens are cached; whether a token is in force is checked
 * each time (`checkToken`).
 */
export function createTokenVerifier(secret: string): (token: string) => TokenClaims | null {
  // Times are checked against a clock that is passed in.
  const verify = createVerifier({ key: secret, algorithms: ['HS256'], ignoreExpiration: true, ignoreNotBefore: true })
  const verified = new LRUCache<string, TokenClaims>({ max: MAX_CACHED })
  return (token) => {
    const known = verified.get(token)
    if (known) return known
    try {
      const claims: TokenClaims = verify(token)
      verified.set(token, claims)
      return claims
    } catch {
      return null
    }
  }
}

const MAX_CACHED = 1_000
