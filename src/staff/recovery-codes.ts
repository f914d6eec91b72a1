// Recovery codes: they replace the code of the authenticator app when it is lost, each once.
import type { Queryable, Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import { latinDigits } from '../kernel/text.ts'
import { randomPassword } from './random-password.ts'
import { hashSecret } from './secret.ts'

export const RECOVERY_CODES = 10

/** A new set, which replaces the former one. The codes cannot be read again. */
export async function replaceRecoveryCodes(tx: Transaction, staffId: Uuid): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, randomPassword)
  await deleteRecoveryCodes(tx, staffId)
  await tx.query('insert into staff_recovery_codes (staff_id, hash) select $1, unnest($2::bytea[])', [
    staffId,
    codes.map(hashOf),
  ])
  return codes
}

/** Uses the code up, when the transaction commits. False when it is not one of the person, or is used. */
export async function takeRecoveryCode(tx: Transaction, staffId: Uuid, code: string): Promise<boolean> {
  const rows = await tx.query('delete from staff_recovery_codes where staff_id = $1 and hash = $2 returning hash', [
    staffId,
    hashOf(code),
  ])
  return rows.length > 0
}

export async function deleteRecoveryCodes(tx: Transaction, staffId: Uuid): Promise<void> {
  await tx.query('delete from staff_recovery_codes where staff_id = $1', [staffId])
}

export async function countRecoveryCodes(q: Queryable, staffId: Uuid): Promise<number> {
  const [row] = await q.query<{ n: number }>(
    'select count(*)::int as n from staff_recovery_codes where staff_id = $1',
    [staffId],
  )
  return row?.n ?? 0
}

/**
 * Of the code as a person may type it: any case, with or without hyphens, with letters that look
 * like digits. One round is enough: 80 random bits cannot be guessed.
 */
function hashOf(code: string): Buffer {
  const plain = latinDigits(code)
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')
  return hashSecret(plain.replace(/o/g, '0').replace(/[il]/g, '1'))
}
