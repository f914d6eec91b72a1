// Limits of attempts, exact over all processes: an allowance that refills evenly (the generic cell
// rate algorithm). For each key one instant is stored, at which its allowance is full again.
import type { Queryable, Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'

export interface AttemptLimit {
  /** Attempts that can be made at once. */
  burst: number
  /** Milliseconds after which one more can be made. */
  everyMs: number
}

/** Counts one attempt. Returns 0, or the milliseconds after which the next one is possible. */
export async function takeAttempt(
  q: Queryable,
  key: string,
  { burst, everyMs }: AttemptLimit,
  now: EpochMs,
): Promise<number> {
  const taken = await q.query(TAKE, [key, instant(now), everyMs, burst * everyMs])
  if (taken.length > 0) return 0
  const [row] = await q.query<{ full_at: EpochMs }>('select full_at from staff_attempts where key = $1', [key])
  return Math.max(1, (row?.full_at ?? now) + everyMs - burst * everyMs - now)
}

/** Gives one attempt back, because it succeeded. */
export async function returnAttempt(q: Queryable, key: string, { everyMs }: AttemptLimit): Promise<void> {
  await q.query(`update staff_attempts set full_at = full_at - $2 * interval '1 millisecond' where key = $1`, [
    key,
    everyMs,
  ])
}

/** Makes the allowances of these keys full. */
export async function forgetAttempts(q: Queryable, keys: readonly string[]): Promise<void> {
  await q.query('delete from staff_attempts where key = any($1::text[])', [keys])
}

const TAKE: Statement = {
  name: 'staff_attempts_take',
  text: `
insert into staff_attempts as a (key, full_at) values ($1, $2::timestamptz + $3 * interval '1 millisecond')
on conflict (key) do update set full_at = greatest(a.full_at, $2::timestamptz) + $3 * interval '1 millisecond'
where greatest(a.full_at, $2::timestamptz) + $3 * interval '1 millisecond' <= $2::timestamptz + $4 * interval '1 millisecond'
returning key`,
}
