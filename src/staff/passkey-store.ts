// The passkeys of people: found by the id that the authenticator gave them.
import type { Queryable, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'

/** More than a person has devices; it limits what a list and a registration read. */
export const MAX_PASSKEYS = 20

export interface Passkey {
  id: Uuid
  name: string
  created_at: EpochMs
  /** Null: never. */
  used_at: EpochMs | null
}

/** What verifying a signature needs. */
export interface Credential {
  id: Uuid
  staff_id: Uuid
  credential_id: Buffer
  public_key: Buffer
  counter: number
}

export type NewCredential = Omit<Credential, 'id' | 'staff_id'> & { transports: readonly string[] }

/** Oldest first. */
export function listPasskeys(q: Queryable, staffId: Uuid): Promise<Passkey[]> {
  return q.query<Passkey>(`select ${SHOWN} from staff_passkeys where staff_id = $1 order by id`, [staffId])
}

/** For options of a registration: what the authenticators of the person hold already. */
export function listCredentials(
  q: Queryable,
  staffId: Uuid,
): Promise<{ credential_id: Buffer; transports: string[] }[]> {
  return q.query('select credential_id, transports from staff_passkeys where staff_id = $1 order by id', [staffId])
}

export async function findCredential(q: Queryable, credentialId: Buffer): Promise<Credential | null> {
  const [row] = await q.query<Credential>(
    'select id, staff_id, credential_id, public_key, counter from staff_passkeys where credential_id = $1',
    [credentialId],
  )
  return row ?? null
}

/** Null when somebody has a passkey with this credential already. */
export async function addPasskey(
  tx: Transaction,
  { staffId, name, credential }: { staffId: Uuid; name: string; credential: NewCredential },
  { ids, clock }: { ids: Ids; clock: Clock },
): Promise<Passkey | null> {
  const { credential_id, public_key, counter, transports } = credential
  const [row] = await tx.query<Passkey>(
    `insert into staff_passkeys (id, staff_id, credential_id, public_key, counter, transports, name, created_at)
     values ($1, $2, $3, $4, $5, $6::text[], $7, $8::timestamptz) on conflict (credential_id) do nothing returning ${SHOWN}`,
    [ids.next(), staffId, credential_id, public_key, counter, transports, name, instant(clock.now())],
  )
  return row ?? null
}

/**
 * Records a use. False when the passkey was deleted meanwhile, or its authenticator has counted
 * further: a copy of it was used. Authenticators that do not count say 0.
 */
export async function usePasskey(tx: Transaction, id: Uuid, counter: number, now: EpochMs): Promise<boolean> {
  const rows = await tx.query(
    `update staff_passkeys set counter = $2, used_at = $3::timestamptz
     where id = $1 and (counter < $2 or (counter = 0 and $2 = 0)) returning id`,
    [id, counter, instant(now)],
  )
  return rows.length > 0
}

/** Null when the person has no such passkey. */
export async function renamePasskey(
  tx: Transaction,
  { staffId, id, name }: { staffId: Uuid; id: Uuid; name: string },
): Promise<Passkey | null> {
  const [row] = await tx.query<Passkey>(
    `update staff_passkeys set name = $3 where id = $1 and staff_id = $2 returning ${SHOWN}`,
    [id, staffId, name],
  )
  return row ?? null
}

/** Returns its name; null when the person has no such passkey. */
export async function deletePasskey(tx: Transaction, staffId: Uuid, id: Uuid): Promise<string | null> {
  const [row] = await tx.query<{ name: string }>(
    'delete from staff_passkeys where id = $1 and staff_id = $2 returning name',
    [id, staffId],
  )
  return row?.name ?? null
}

/** Returns how many there were. */
export async function deletePasskeys(tx: Transaction, staffId: Uuid): Promise<number> {
  return (await tx.query('delete from staff_passkeys where staff_id = $1 returning id', [staffId])).length
}

const SHOWN = 'id, name, created_at, used_at'
