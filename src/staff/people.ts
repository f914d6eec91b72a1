// People who sign in: one account for all businesses that a person belongs to.
import type { Actor } from '../../contract/actor.ts'
import type { Queryable, Transaction, WriteTransaction } from '../db/database.ts'
import { LostRace, sqlState } from '../db/errors.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'

export interface Person {
  id: Uuid
  /** Normalised (`normaliseEmail`). */
  email: string
  name: string
  language: 'ar' | 'en'
  color_scheme: 'system' | 'light' | 'dark'
  /** Digits of Arabic text. */
  numerals: 'latin' | 'arabic_indic'
  /** PHC format. */
  password_hash: string
  created_at: EpochMs
  created_by: Actor
}

export type NewPerson = Pick<Person, 'email' | 'name' | 'language' | 'password_hash'>

/** Null when the address belongs to another account. */
export async function createPerson(
  tx: WriteTransaction,
  { id, email, name, language, password_hash }: NewPerson & { id?: Uuid },
  { ids, clock }: { ids: Ids; clock: Clock },
): Promise<Person | null> {
  const [person] = await tx.query<Person>(
    `insert into staff (id, email, name, language, password_hash, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6::timestamptz, $7) on conflict (email) do nothing returning ${COLUMNS}`,
    [id ?? ids.next(), email, name, language, password_hash, instant(clock.now()), tx.actor],
  )
  return person ?? null
}

export async function findPerson(q: Queryable, id: Uuid): Promise<Person | null> {
  const [person] = await q.query<Person>(`select ${COLUMNS} from staff where id = $1`, [id])
  return person ?? null
}

export async function findPersonByEmail(q: Queryable, email: string): Promise<Person | null> {
  const [person] = await q.query<Person>(`select ${COLUMNS} from staff where email = $1`, [email])
  return person ?? null
}

/** The names of these people; unknown ids are left out. */
export function namesOfPeople(q: Queryable, ids: readonly Uuid[]): Promise<{ id: Uuid; name: string }[]> {
  return q.query('select id, name from staff where id = any($1::uuid[])', [ids])
}

/**
 * Waits for sign-ins of the person that are under way, and makes later ones wait until the commit: for
 * what changes how the person signs in.
 */
export async function lockPerson(tx: Transaction, id: Uuid): Promise<void> {
  await tx.query('select id from staff where id = $1 for no key update', [id])
}

/** What people choose for themselves. */
export type Choices = Pick<Person, 'name' | 'language' | 'color_scheme' | 'numerals'>

/** Null when there is no such person. */
export async function updatePerson(q: Queryable, id: Uuid, changes: Partial<Choices>): Promise<Person | null> {
  const { name = null, language = null, color_scheme = null, numerals = null } = changes
  const [person] = await q.query<Person>(
    `update staff set name = coalesce($2, name), language = coalesce($3, language),
       color_scheme = coalesce($4, color_scheme), numerals = coalesce($5, numerals)
     where id = $1 returning ${COLUMNS}`,
    [id, name, language, color_scheme, numerals],
  )
  return person ?? null
}

export async function setPasswordHash(q: Queryable, id: Uuid, hash: string): Promise<void> {
  await q.query('update staff set password_hash = $2 where id = $1', [id, hash])
}

/** False when another account has the address. */
export async function setEmail(tx: Transaction, id: Uuid, email: string): Promise<boolean> {
  try {
    const changed = await tx.query(
      'update staff set email = $2 where id = $1 and not exists (select from staff where email = $2) returning id',
      [id, email],
    )
    return changed.length > 0
  } catch (error) {
    // Another transaction took it after this statement began: the next try sees that.
    throw sqlState(error) === UNIQUE_VIOLATION ? new LostRace('the address was taken', { cause: error }) : error
  }
}

const UNIQUE_VIOLATION = '23505'

/**
 * Whether the person still has the password hash that was verified before the transaction. The row
 * stays locked against another password until the commit, so that no session begins with a password
 * that is changed at the same time.
 */
export async function isStillHash(
  tx: Transaction,
  { id, password_hash }: Pick<Person, 'id' | 'password_hash'>,
): Promise<boolean> {
  const [row] = await tx.query<{ password_hash: string }>('select password_hash from staff where id = $1 for share', [
    id,
  ])
  return row?.password_hash === password_hash
}

const COLUMNS = 'id, email, name, language, color_scheme, numerals, password_hash, created_at, created_by'
