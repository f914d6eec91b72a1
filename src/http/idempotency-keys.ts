// Stored responses to requests with an `Idempotency-Key`: the statements of the table
// `idempotency_keys`.
import type { Statement } from '../db/database.ts'

/** How long a response is repeated for its key. */
export const KEPT_MS = 24 * 60 * 60 * 1000

// A lock of the transaction: it is released when the first request commits or fails, never before.
export const TRY_LOCK: Statement = {
  name: 'idempotency_try_lock',
  text: 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as locked',
}

export const FIND: Statement = {
  name: 'idempotency_find',
  text: `select input_hash, status, answer from idempotency_keys
    where business_id = $1 and key = $2 and created_at > $3::timestamptz`,
}

// Replaces only a row that is older than 24 hours: FIND returned a younger one under the same lock.
export const STORE: Statement = {
  name: 'idempotency_keep',
  text: `insert into idempotency_keys (business_id, key, input_hash, status, answer, created_at)
    values ($1, $2, $3, $4, $5::jsonb, $6::timestamptz)
    on conflict (business_id, key) do update set input_hash = excluded.input_hash, status = excluded.status,
      answer = excluded.answer, created_at = excluded.created_at`,
}

/** For `eachBusiness`: whether business `b` has responses from before $1. */
export const HAS_OLD_IDEMPOTENCY_KEYS =
  'exists (select from idempotency_keys k where k.business_id = b.id and k.created_at < $1::timestamptz)'

export const PURGE_IDEMPOTENCY_KEYS = `
delete from idempotency_keys where business_id = $1 and key in (
  select key from idempotency_keys where business_id = $1 and created_at < $2::timestamptz order by created_at limit $3)
returning key`

/** The status of a response that named a customer who was erased: the key gets 410, and does nothing. */
export const ERASED_STATUS = 410

/** Empties the responses of a business that contain one of the texts in $2 (`like` patterns). */
export const ERASE_ANSWERS: Statement = {
  name: 'idempotency_erase',
  text: `
update idempotency_keys set status = ${ERASED_STATUS}, answer = null, input_hash = ''
where business_id = $1 and answer::text like any ($2::text[])`,
}
