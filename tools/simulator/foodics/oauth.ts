// The consent of a merchant: codes that are valid once, for ten minutes, and tokens that do not
// expire until they are revoked.
import { randomBytes } from 'node:crypto'

export interface Client {
  id: string
  secret: string
}

const CODE_LIVES_MS = 600_000

export type TokenAnswer =
  | { status: 200; body: { token_type: 'Bearer'; access_token: string; refresh_token?: string; expires_in?: number } }
  | { status: 400 | 401; body: { error: string; message: string } }

interface Code {
  redirectUri: string | null
  until: number
}

export interface TokenTerms {
  /**
   * Seconds until a token expires; it then has a refresh token. Without this, tokens do not expire.
   */
  expiresIn: number | undefined
}

/** The issued codes and tokens, with the clock that is passed in. */
export class Consents {
  readonly #client: Client
  readonly #codes = new Map<string, Code>()
  readonly #tokens = new Map<string, number>()
  readonly #refreshers = new Set<string>()

  constructor(client: Client) {
    this.#client = client
  }

  code(redirectUri: string | null, now: number): string {
    const code = `def502${randomBytes(16).toString('hex')}`
    this.#codes.set(code, { redirectUri, until: now + CODE_LIVES_MS })
    return code
  }

  knows(clientId: unknown): boolean {
    return clientId === this.#client.id
  }

  /** `POST /oauth/token`. */
  exchange(body: Readonly<Record<string, unknown>>, { expiresIn }: TokenTerms, now: number): TokenAnswer {
    if (body.client_id !== this.#client.id || body.client_secret !== this.#client.secret) {
      return { status: 401, body: { error: 'invalid_client', message: 'Client authentication failed' } }
    }
    if (!this.#spend(body, now)) {
      return { status: 400, body: { error: 'invalid_grant', message: 'The provided authorization grant is invalid' } }
    }
    const token = `eyJ0eXAi.${randomBytes(24).toString('hex')}`
    this.#tokens.set(token, expiresIn === undefined ? Number.POSITIVE_INFINITY : now + expiresIn * 1_000)
    if (expiresIn === undefined) return { status: 200, body: { token_type: 'Bearer', access_token: token } }
    const refresher = `ref.${randomBytes(24).toString('hex')}`
    this.#refreshers.add(refresher)
    return {
      status: 200,
      body: { token_type: 'Bearer', access_token: token, refresh_token: refresher, expires_in: expiresIn },
    }
  }

  isValid(token: string, now: number): boolean {
    return (this.#tokens.get(token) ?? 0) > now
  }

  /** The merchant revoked the consent. */
  revokeAll(): void {
    this.#tokens.clear()
    this.#refreshers.clear()
  }

  #spend(body: Readonly<Record<string, unknown>>, now: number): boolean {
    if (body.grant_type === 'refresh_token') return this.#refreshers.delete(String(body.refresh_token))
    if (body.grant_type !== 'authorization_code') return false
    const code = this.#codes.get(String(body.code))
    this.#codes.delete(String(body.code))
    return code !== undefined && code.until > now && (code.redirectUri ?? body.redirect_uri) === body.redirect_uri
  }
}
