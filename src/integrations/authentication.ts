// How the requests of a POS are authenticated: one description per integration, read by one
// verifier (src/businesses/authenticate-pos.ts).

/**
 * What a request must carry. The secret is that of the POS, sealed in `pos_secrets`; up to two are
 * active.
 *
 * - `jwt`: a token that LoyaPro issues, signed with the secret (HS256), in `Authorization: Bearer`.
 * - `hmac`: an HMAC of the request under the secret, in `header`.
 * - `basic`: the secret is `user:password` of HTTP Basic (RFC 7617).
 * - `bearer`: the secret itself in `Authorization: Bearer`.
 * - `header`: the secret itself in `header`.
 * - `path_token`: the secret is the last segment of `/pos/1.0.0/{pos}/order/{secret}`, for a POS
 *   that can only be given a URL.
 */
export type Authentication =
  | { readonly kind: 'jwt' | 'basic' | 'bearer' | 'path_token' }
  | { readonly kind: 'header'; readonly header: string }
  | Hmac

/** `header` is in lower case. */
export interface Hmac {
  readonly kind: 'hmac'
  readonly header: string
  readonly algorithm: 'sha1' | 'sha256' | 'sha512'
  readonly encoding: 'hex' | 'base64'
  readonly signed: Signed
}

/**
 * The signed bytes: the raw body; the public URL of the endpoint followed by the raw body; or the
 * raw body followed by a timestamp.
 */
export type Signed = 'body' | 'url+body' | { readonly body: true; readonly timestamp: Timestamp }

/**
 * A timestamp as text, in a header or in a member of the JSON body: Unix seconds or milliseconds,
 * or ISO 8601. A request whose timestamp differs from the clock by more than `toleranceMs` is
 * refused.
 */
export type Timestamp = { readonly toleranceMs: number } & ({ readonly header: string } | { readonly member: string })
