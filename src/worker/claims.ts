// Releases claims whose codes have expired: the units are restored, and the customer can claim again.

import { lockBusinesses } from '../db/business-lock.ts'
import type { Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import { loadPrograms } from '../programs/store.ts'
import { releaseExpiredClaims } from '../rewards/claims/end-claim.ts'
import { eachBusiness } from './businesses.ts'
import type { JobDeps, Tally } from './deps.ts'
import { drain, LIST } from './drain.ts'

/** Counts claims. A repetition at the same time does nothing. */
export async function releaseClaims(deps: JobDeps): Promise<Tally> {
  const { db, ids, programs } = deps
  return eachBusiness(deps, CLAIMS_DUE, [instant(deps.clock.now())], (businessId) =>
    drain(deps, {
      due: (now) => db.query<{ id: Uuid }>(DUE, [businessId, instant(now), LIST]),
      batch: (claims, now) =>
        db.write('job:release_claims', async (tx) => {
          const lock = await lockBusinesses(tx, [businessId])
          const business = must(
            (await loadPrograms(tx, lock.businesses, programs)).get(businessId),
            `business ${businessId}`,
          )
          const due = claims.map(({ id }) => id)
          await releaseExpiredClaims(tx, lock, business, due, { now, ids })
        }),
    }),
  )
}

const CLAIMS_DUE =
  "exists (select from claims c where c.business_id = b.id and c.status = 'held' and c.expires_at <= $1::timestamptz)"

const DUE: Statement = {
  name: 'claims_due',
  text: `
select id from claims
where business_id = $1 and status = 'held' and expires_at <= $2::timestamptz
order by expires_at limit $3`,
}
