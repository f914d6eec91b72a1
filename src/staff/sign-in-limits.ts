// Limits of failed proofs of a person: signing in, and confirming again who they are, count together.
import { createHash } from 'node:crypto'
import type { Queryable } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type AttemptLimit, forgetAttempts, returnAttempt, takeAttempt } from './attempts.ts'

/** Whose account is tried, from which network. */
export interface Attempt {
  email: string
  staffId: Uuid | null
  network: string
}

/**
 * Counts an attempt before its password is verified, so that concurrent ones are counted exactly. Returns 0, or the
 * milliseconds to wait.
 */
export async function countAttempt(q: Queryable, attempt: Attempt, now: EpochMs): Promise<number> {
  const keys = keysOf(attempt)
  const isKnown = await hasSignedInFrom(q, attempt)
  return (
    (await takeAttempt(q, keys.network, OF_NETWORK, now)) ||
    (await takeAttempt(q, keys.pair, OF_PAIR, now)) ||
    (isKnown ? 0 : await takeAttempt(q, keys.account, OF_ACCOUNT, now))
  )
}

/** The proof was right: only failures count. */
export async function forgetAttempt(q: Queryable, attempt: Attempt): Promise<void> {
  const keys = keysOf(attempt)
  await returnAttempt(q, keys.network, OF_NETWORK)
  await forgetAttempts(q, [keys.pair, keys.account])
}

/** Everybody behind one address, such as the staff of a shop in the morning. */
const OF_NETWORK: AttemptLimit = { burst: 40, everyMs: 10_000 }
/** One account from one address. */
const OF_PAIR: AttemptLimit = { burst: 5, everyMs: 60_000 }
/**
 * One account from all addresses from which nobody has signed in to it. An attacker with many
 * addresses uses it up, and the person can still sign in from a known address.
 */
const OF_ACCOUNT: AttemptLimit = { burst: 20, everyMs: 5 * 60_000 }

function keysOf({ email, network }: Attempt) {
  const account = createHash('sha256').update(email).digest('base64url')
  return { network: `network ${network}`, pair: `pair ${account} ${network}`, account: `account ${account}` }
}

/** For an unknown address the same query finds nothing. */
export async function hasSignedInFrom(
  q: Queryable,
  { staffId, network }: Pick<Attempt, 'staffId' | 'network'>,
): Promise<boolean> {
  const rows = await q.query('select id from staff_sessions where staff_id = $1 and network = $2 limit 1', [
    staffId,
    network,
  ])
  return rows.length > 0
}
