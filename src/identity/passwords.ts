// One-time passwords: six digits sent to the customer's phone, valid for five minutes and one use.
import { randomInt, timingSafeEqual } from 'node:crypto'
import type { Statement, Transaction, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { latinDigits } from '../kernel/text.ts'
import type { ProofKeys } from './proof-keys.ts'

export interface ProofDeps {
  readonly clock: Clock
  readonly proofKeys: ProofKeys
}

export interface PasswordHolder {
  businessId: Uuid
  customerId: Uuid
}

/**
 * After this many wrong attempts none is accepted until `LOCKED_MS` after the last password was
 * made.
 */
const MAX_WRONG = 5
export const LOCKED_MS = 15 * 60_000
const VALID_MS = 5 * 60_000
const RESEND_AFTER_MS = 60_000

export type CreatePasswordOutcome =
  | { kind: 'created'; password: string; expiresAt: EpochMs; nextAt: EpochMs }
  | { kind: 'too_many_attempts' | 'too_soon'; nextAt: EpochMs }

/**
 * Creates a password for an existing customer, and invalidates the earlier one. Only its hash is
 * stored. Send it after the commit. A new password does not reset the count of wrong attempts. In
 * order of precedence:
 * - `too_many_attempts`: five wrong attempts, until `nextAt`;
 * - `too_soon`: the last password was created less than 60 seconds ago;
 * - `created`.
 */
export async function createPassword(
  tx: WriteTransaction,
  { businessId, customerId }: PasswordHolder,
  { clock, proofKeys }: ProofDeps,
): Promise<CreatePasswordOutcome> {
  const now = clock.now()
  const password = String(randomInt(1_000_000)).padStart(6, '0')
  const [created] = await tx.query(MAKE, [
    businessId,
    customerId,
    proofKeys.hashPassword(businessId, customerId, password),
    instant(now),
    instant(now + VALID_MS),
    instant(now - LOCKED_MS),
    MAX_WRONG,
    instant(now - RESEND_AFTER_MS),
    tx.actor,
  ])
  if (created) return { kind: 'created', password, expiresAt: now + VALID_MS, nextAt: now + RESEND_AFTER_MS }
  // A later statement sees the row that prevented the insert.
  const [row] = await tx.query<PasswordRow>(LOCK, [businessId, customerId])
  if (row && isLocked(row, now)) return { kind: 'too_many_attempts', nextAt: row.createdAt + LOCKED_MS }
  return { kind: 'too_soon', nextAt: (row?.createdAt ?? now) + RESEND_AFTER_MS }
}

export type PasswordDecision = 'proven' | 'wrong_proof' | 'too_many_attempts' | 'proof_expired'

/**
 * Verifies a password and uses it up: of concurrent requests with the right one, one is `proven`.
 * In order of precedence:
 * - `too_many_attempts`: after five wrong attempts not even the right password is accepted until 15
 *   minutes after it was created;
 * - `proof_expired`: no password is valid: none was created, it expired, or it was used;
 * - `wrong_proof`: a different password; commit the transaction, so that it counts;
 * - `proven`.
 */
export async function verifyPassword(
  tx: Transaction,
  { businessId, customerId, password }: PasswordHolder & { password: string },
  { clock, proofKeys }: ProofDeps,
): Promise<PasswordDecision> {
  const now = clock.now()
  const [row] = await tx.query<PasswordRow>(LOCK, [businessId, customerId])
  // A cashier with an Arabic keyboard types Arabic digits.
  const hash = proofKeys.hashPassword(businessId, customerId, latinDigits(password))
  const decision = decide(row, hash, now)
  if (decision === 'proven') await tx.query(USE_UP, [businessId, customerId, instant(now)])
  if (decision === 'wrong_proof') await tx.query(COUNT, [businessId, customerId])
  return decision
}

/** Deletes the password of a customer, so that the one that was sent is not valid any more. */
export async function deletePassword(tx: Transaction, businessId: Uuid, customerId: Uuid): Promise<void> {
  await tx.query('delete from one_time_passwords where business_id = $1 and customer_id = $2', [businessId, customerId])
}

interface PasswordRow {
  hash: Buffer
  wrong: number
  createdAt: EpochMs
  expiresAt: EpochMs
}

function decide(row: PasswordRow | undefined, hash: Buffer, now: EpochMs): PasswordDecision {
  if (row && isLocked(row, now)) return 'too_many_attempts'
  if (!row || row.expiresAt <= now) return 'proof_expired'
  return timingSafeEqual(row.hash, hash) ? 'proven' : 'wrong_proof'
}

function isLocked({ wrong, createdAt }: PasswordRow, now: EpochMs): boolean {
  return wrong >= MAX_WRONG && now < createdAt + LOCKED_MS
}

/**
 * The statement has the conditions, so that of two concurrent requests only one creates a password.
 */
const MAKE: Statement = {
  name: 'one_time_password_make',
  text: `
insert into one_time_passwords as p (business_id, customer_id, hash, wrong, created_at, expires_at, created_by)
values ($1, $2, $3, 0, $4::timestamptz, $5::timestamptz, $9)
on conflict (business_id, customer_id) do update set
  hash = excluded.hash, created_at = excluded.created_at, expires_at = excluded.expires_at,
  created_by = excluded.created_by, wrong = case when p.created_at <= $6::timestamptz then 0 else p.wrong end
where p.created_at <= $6::timestamptz or (p.wrong < $7 and p.created_at <= $8::timestamptz)
returning p.customer_id`,
}

const LOCK: Statement = {
  name: 'one_time_password_lock',
  text: `
select hash, wrong, created_at as "createdAt", expires_at as "expiresAt"
from one_time_passwords where business_id = $1 and customer_id = $2 for update`,
}

/** The row stays, so that the next password has to wait a minute. */
const USE_UP: Statement = {
  name: 'one_time_password_use_up',
  text: `
update one_time_passwords set expires_at = $3::timestamptz, wrong = 0 where business_id = $1 and customer_id = $2`,
}

const COUNT: Statement = {
  name: 'one_time_password_count',
  text: 'update one_time_passwords set wrong = wrong + 1 where business_id = $1 and customer_id = $2',
}
