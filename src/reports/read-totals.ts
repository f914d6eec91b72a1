// What each program issued, redeemed and let expire in a period, and what is left of it.
import type { Queryable, Statement } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Range } from './read-visits.ts'

export interface ProgramTotals {
  programId: Uuid
  /** Less what was taken back. */
  issued: number
  /** Less what was restored. */
  redeemed: number
  expired: number
  /** What customers have at the end of the period, less what they owe. */
  outstanding: number
}

/** Of the programs in which anything ever moved up to the end of the period. */
export function readProgramTotals(q: Queryable, businessId: Uuid, { from, to }: Range): Promise<ProgramTotals[]> {
  return q.query<ProgramTotals>(TOTALS, [businessId, from, to])
}

const TOTALS: Statement = {
  name: 'report_program_totals',
  text: `
select program_id as "programId",
  coalesce(sum(earned - taken_back) filter (where day >= $2::date), 0)::bigint as issued,
  coalesce(sum(redeemed - restored) filter (where day >= $2::date), 0)::bigint as redeemed,
  coalesce(sum(expired - unexpired) filter (where day >= $2::date), 0)::bigint as expired,
  sum(earned - taken_back - redeemed + restored - expired + unexpired + added - deducted + written_off)::bigint as outstanding
from daily_units where business_id = $1 and day <= $3::date
group by 1 order by 1`,
}
