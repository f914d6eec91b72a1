// Tokens that are good once: using one deletes it, in the transaction of what it allows.
import type { Queryable, Transaction } from '../db/database.ts'
import { instant, json } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { hashSecret, isSecret, newSecret } from './secret.ts'

/**
 * - `link`: signs the demo owner in, printed by `npm start`
 * - `second_factor`: the password was right, and a code is awaited
 * - `passkey`: the challenge that a passkey signs
 * - `new_passkey`: the challenge of a passkey that is being registered
 * - `password_reset`: sets a new password
 * - `email`: makes another address that of the account
 */
export type TokenPurpose = 'link' | 'second_factor' | 'passkey' | 'new_passkey' | 'password_reset' | 'email'

export interface NewToken {
  purpose: TokenPurpose
  staffId: Uuid | null
  /** What the token allows beyond its purpose. */
  data?: unknown
  validMs: number
}

/** Returns the token, which cannot be read again. */
export async function createToken(
  q: Queryable,
  { purpose, staffId, data = {}, validMs }: NewToken,
  { clock }: { clock: Clock },
): Promise<string> {
  const { text, hash } = newSecret()
  await q.query(
    'insert into staff_tokens (hash, purpose, staff_id, data, expires_at) values ($1, $2, $3, $4::jsonb, $5::timestamptz)',
    [hash, purpose, staffId, json(data), instant(clock.now() + validMs)],
  )
  return text
}

/**
 * Uses the token up. Null when it is not valid: it never was, is used, or has expired. Of several
 * processes that use it at the same time, one gets it, when it commits.
 */
export async function takeToken<Data>(
  tx: Transaction,
  token: string,
  purpose: TokenPurpose,
  now: EpochMs,
): Promise<{ staffId: Uuid | null; data: Data } | null> {
  if (!isSecret(token)) return null
  const [row] = await tx.query<{ staff_id: Uuid | null; data: Data }>(
    `delete from staff_tokens where hash = $1 and purpose = $2 and expires_at > $3::timestamptz
     returning staff_id, data`,
    [hashSecret(token), purpose, instant(now)],
  )
  return row ? { staffId: row.staff_id, data: row.data } : null
}

/** Whose token it is, while it is valid. It stays good: use it with `takeToken`. */
export async function findToken(
  q: Queryable,
  token: string,
  purpose: TokenPurpose,
  now: EpochMs,
): Promise<{ staffId: Uuid | null } | null> {
  if (!isSecret(token)) return null
  const [row] = await q.query<{ staff_id: Uuid | null }>(
    'select staff_id from staff_tokens where hash = $1 and purpose = $2 and expires_at > $3::timestamptz',
    [hashSecret(token), purpose, instant(now)],
  )
  return row ? { staffId: row.staff_id } : null
}

/** Nothing that was handed out to the person, for this purpose or for any, is good any more. */
export async function forgetTokensOf(
  tx: Transaction,
  staffId: Uuid,
  purpose: TokenPurpose | null = null,
): Promise<void> {
  await tx.query('delete from staff_tokens where staff_id = $1 and ($2::text is null or purpose = $2)', [
    staffId,
    purpose,
  ])
}
