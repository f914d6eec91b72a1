// The second factor of a person: an authenticator app that computes codes (TOTP), with recovery codes
// for when it is lost.
import { randomBytes } from 'node:crypto'
import type { Seal } from '../businesses/seal.ts'
import type { Queryable, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { latinDigits } from '../kernel/text.ts'
import { lockPerson } from './people.ts'
import { countRecoveryCodes, deleteRecoveryCodes, replaceRecoveryCodes } from './recovery-codes.ts'
import { stepOfCode, TOTP_SECRET_BYTES } from './totp.ts'

export interface SecondFactorDeps {
  seal: Seal
  clock: Clock
}

/** How long a secret waits for its first code. */
const ENROLMENT_VALID_MS = 15 * 60_000

/** `since`: when it was turned on. */
export interface SecondFactor {
  since: EpochMs
  recoveryCodesLeft: number
}

/** Null when it is off. */
export async function readSecondFactor(q: Queryable, staffId: Uuid): Promise<SecondFactor | null> {
  const [row] = await q.query<{ confirmed_at: EpochMs }>(
    'select confirmed_at from staff_totp where staff_id = $1 and confirmed_at is not null',
    [staffId],
  )
  return row ? { since: row.confirmed_at, recoveryCodesLeft: await countRecoveryCodes(q, staffId) } : null
}

export async function hasSecondFactor(q: Queryable, staffId: Uuid): Promise<boolean> {
  return (await readSecondFactor(q, staffId)) !== null
}

/**
 * Begins to turn it on: a new secret for the authenticator app, which counts only once a code has
 * confirmed it. Null when it is on already.
 */
export async function beginSecondFactor(
  tx: Transaction,
  staffId: Uuid,
  { seal, clock }: SecondFactorDeps,
): Promise<Buffer | null> {
  const secret = randomBytes(TOTP_SECRET_BYTES)
  const begun = await tx.query(
    `insert into staff_totp as t (staff_id, secret, created_at, last_step) values ($1, $2, $3::timestamptz, 0)
     on conflict (staff_id) do update set secret = excluded.secret, created_at = excluded.created_at
     where t.confirmed_at is null returning staff_id`,
    [staffId, seal.close(secret.toString('base64'), purposeOf(staffId)), instant(clock.now())],
  )
  return begun.length > 0 ? secret : null
}

export type ConfirmOutcome = { kind: 'on'; recoveryCodes: string[] } | { kind: 'wrong' } | { kind: 'not_begun' }

/**
 * Turns it on with the first code of the authenticator app. In order of precedence: not_begun (never,
 * 15 minutes ago, or on already), wrong, on.
 */
export async function confirmSecondFactor(
  tx: Transaction,
  { staffId, code }: { staffId: Uuid; code: string },
  { seal, clock }: SecondFactorDeps,
): Promise<ConfirmOutcome> {
  const now = clock.now()
  await lockPerson(tx, staffId)
  const [row] = await tx.query<{ secret: Buffer }>(
    'select secret from staff_totp where staff_id = $1 and confirmed_at is null and created_at > $2::timestamptz',
    [staffId, instant(now - ENROLMENT_VALID_MS)],
  )
  if (!row) return { kind: 'not_begun' }
  const step = stepOfCode(open(seal, row.secret, staffId), plainCode(code), { now, after: 0 })
  if (step === null) return { kind: 'wrong' }
  await tx.query('update staff_totp set confirmed_at = $2::timestamptz, last_step = $3 where staff_id = $1', [
    staffId,
    instant(now),
    step,
  ])
  return { kind: 'on', recoveryCodes: await replaceRecoveryCodes(tx, staffId) }
}

/** Turns it off, with its recovery codes. False when it was off. */
export async function removeSecondFactor(tx: Transaction, staffId: Uuid): Promise<boolean> {
  const removed = await tx.query<{ confirmed_at: EpochMs | null }>(
    'delete from staff_totp where staff_id = $1 returning confirmed_at',
    [staffId],
  )
  await deleteRecoveryCodes(tx, staffId)
  return removed.some(({ confirmed_at }) => confirmed_at !== null)
}

/**
 * Whether this is a code of the authenticator app. It works once: its step, and those before it, are
 * used when the transaction commits.
 */
export async function takeTotpCode(
  tx: Transaction,
  { staffId, code }: { staffId: Uuid; code: string },
  { seal, clock }: SecondFactorDeps,
): Promise<boolean> {
  const [row] = await tx.query<{ secret: Buffer; last_step: number }>(
    'select secret, last_step from staff_totp where staff_id = $1 and confirmed_at is not null',
    [staffId],
  )
  if (!row) return false
  const secret = open(seal, row.secret, staffId)
  const step = stepOfCode(secret, plainCode(code), { now: clock.now(), after: row.last_step })
  if (step === null) return false
  const used = await tx.query(
    'update staff_totp set last_step = $2 where staff_id = $1 and last_step < $2 returning staff_id',
    [staffId, step],
  )
  return used.length > 0
}

/** A sealed secret opens only for the person whose it is. */
function purposeOf(staffId: Uuid): string {
  return `totp ${staffId}`
}

function open(seal: Seal, sealed: Buffer, staffId: Uuid): Buffer {
  return Buffer.from(seal.open(sealed, purposeOf(staffId)), 'base64')
}

/** Apps show a code in two groups; a person may type Arabic digits. */
function plainCode(code: string): string {
  return latinDigits(code).replace(/\s/g, '')
}
