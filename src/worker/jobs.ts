// The jobs by name: when each runs and what it does. README.md states why each is idempotent.
import type { AppContext } from '../server/context.ts'
import { runBackTestsOnThread } from './back-tests.ts'
import { releaseClaims } from './claims.ts'
import { applyUnmatched, purgeUnmatched, RETRY_EVERY_MS, retryFailed } from './deliveries.ts'
import { eraseDemos } from './demos.ts'
import type { JobDeps, Tally } from './deps.ts'
import { eraseCustomers } from './erasures.ts'
import { refreshAllFigures } from './figures.ts'
import { runAllInstallations } from './installations.ts'
import { returnJoined } from './joins.ts'
import { purgeMails, sendAllMails } from './mails.ts'
import { beginPeriods } from './periods.ts'
import { releaseAndExpireAll } from './release-and-expire.ts'
import { countReports } from './reports.ts'
import {
  createPartitions,
  dropOldBodies,
  purgeAnswers,
  purgeEvents,
  purgeOldDictionaries,
  purgePasswords,
  purgeSessions,
  purgeWrongCodes,
} from './retention.ts'

export interface Job {
  /** Cron pattern, in UTC. */
  match: string
  /**
   * The time between two ticks: a run ends before the next tick, and at its start a process runs one
   * tick that was missed.
   */
  everyMs: number
  run: (
    deps: AppContext & Pick<JobDeps, 'signal'> & { databaseUrl: string },
    config: AppContext['config'],
  ) => Promise<Tally>
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export const JOBS: Readonly<Record<string, Job>> = {
  release_and_expire: { match: '*/5 * * * *', everyMs: 5 * MINUTE_MS, run: releaseAndExpireAll },
  begin_periods: { match: '*/5 * * * *', everyMs: 5 * MINUTE_MS, run: beginPeriods },
  release_claims: { match: '* * * * *', everyMs: MINUTE_MS, run: releaseClaims },
  return_joined: { match: '*/5 * * * *', everyMs: 5 * MINUTE_MS, run: returnJoined },
  refresh_figures: { match: '* * * * *', everyMs: MINUTE_MS, run: refreshAllFigures },
  apply_unmatched: { match: '* * * * *', everyMs: MINUTE_MS, run: applyUnmatched },
  count_reports: { match: '* * * * *', everyMs: MINUTE_MS, run: countReports },
  run_installations: { match: '* * * * *', everyMs: MINUTE_MS, run: runAllInstallations },
  send_mails: { match: '* * * * *', everyMs: MINUTE_MS, run: sendAllMails },
  erase_customers: { match: '* * * * *', everyMs: MINUTE_MS, run: eraseCustomers },
  run_back_tests: {
    match: '* * * * *',
    // A back-test of a year of orders takes minutes.
    everyMs: 30 * MINUTE_MS,
    run: (deps, { logLevel }) => {
      const { databaseUrl } = deps
      return runBackTestsOnThread(deps, { databaseUrl, logLevel, readableLog: process.stderr.isTTY === true })
    },
  },
  retry_failed: { match: '*/10 * * * *', everyMs: RETRY_EVERY_MS, run: retryFailed },
  purge_unmatched: { match: '17 * * * *', everyMs: HOUR_MS, run: purgeUnmatched },
  create_partitions: { match: '27 * * * *', everyMs: HOUR_MS, run: createPartitions },
  purge_dictionaries: {
    match: '47 2 * * *',
    everyMs: DAY_MS,
    run: (deps, { retentionMonths }) => purgeOldDictionaries(deps, retentionMonths),
  },
  drop_old_bodies: {
    match: '7 3 * * *',
    everyMs: DAY_MS,
    run: (deps, { retentionMonths }) => dropOldBodies(deps, retentionMonths),
  },
  purge_wrong_codes: { match: '57 * * * *', everyMs: HOUR_MS, run: purgeWrongCodes },
  purge_answers: { match: '37 3 * * *', everyMs: DAY_MS, run: purgeAnswers },
  purge_events: { match: '*/10 * * * *', everyMs: 10 * MINUTE_MS, run: purgeEvents },
  erase_demos: { match: '* * * * *', everyMs: MINUTE_MS, run: eraseDemos },
  purge_sessions: { match: '7 4 * * *', everyMs: DAY_MS, run: purgeSessions },
  purge_mails: { match: '37 * * * *', everyMs: HOUR_MS, run: purgeMails },
  purge_passwords: { match: '47 3 * * *', everyMs: DAY_MS, run: purgePasswords },
}
