// The job run_installations: one minute of work for the installations of each business.

import { instant } from '../db/values.ts'
import type { InstallationDeps } from '../installations/deps.ts'
import { runInstallations } from '../installations/run-installations.ts'
import { eachBusiness } from './businesses.ts'
import type { JobDeps, Tally } from './deps.ts'

/** Selects businesses with installations that are not paused and have work. */
export function runAllInstallations(deps: JobDeps & InstallationDeps): Promise<Tally> {
  return eachBusiness(deps, HAS_WORK, [instant(deps.clock.now())], (businessId) => runInstallations(deps, businessId))
}

const HAS_WORK = `exists (
  select from installations a where a.business_id = b.id and a.status = 'connected'
    and (a.paused_until is null or a.paused_until <= $1::timestamptz)
    and (a.sync_due_at <= $1::timestamptz
      or exists (select from pos_customer_changes c where c.business_id = a.business_id and c.pos_name = a.pos_name
        and c.status = 'waiting' and c.due_at <= $1::timestamptz)
      or exists (select from pos_backfills f where f.business_id = a.business_id and f.pos_name = a.pos_name
        and f.status = 'running' and f.due_at <= $1::timestamptz)))`
