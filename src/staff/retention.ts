// Deletes what signing in leaves behind; the job is `purge_sessions`.
import type { EpochMs } from '../kernel/clock.ts'

const DAY_MS = 24 * 3_600_000
/**
 * Past the end of its lifetime. Until then a session tells from where a person has signed in, so
 * that limits of attempts do not lock them out.
 */
const SESSION_KEPT_MS = 60 * DAY_MS
/** Past the end of its link: it can be sent again until then. */
const INVITATION_KEPT_MS = 30 * DAY_MS
/** The clock of another process may be behind. */
const GRACE_MS = DAY_MS

/** Statements with their instants, which `deleteInBatches` runs with a limit of rows. */
export function purgeStatements(now: EpochMs): { statement: string; before: EpochMs }[] {
  return [
    { statement: PURGE_SESSIONS, before: now - SESSION_KEPT_MS },
    { statement: PURGE_TOKENS, before: now - GRACE_MS },
    { statement: PURGE_INVITATIONS, before: now - INVITATION_KEPT_MS },
    { statement: PURGE_ATTEMPTS, before: now - GRACE_MS },
  ]
}

const PURGE_SESSIONS = `
delete from staff_sessions where id in (select id from staff_sessions where ends_at < $1::timestamptz order by ends_at limit $2)
returning id`

const PURGE_TOKENS = `
delete from staff_tokens where hash in (select hash from staff_tokens where expires_at < $1::timestamptz order by expires_at limit $2)
returning hash`

const PURGE_INVITATIONS = `
delete from invitations where id in (select id from invitations where expires_at < $1::timestamptz order by expires_at limit $2)
returning id`

const PURGE_ATTEMPTS = `
delete from staff_attempts where key in (select key from staff_attempts where full_at < $1::timestamptz order by full_at limit $2)
returning key`
