// Calls a POS for one installation: within its rate limit, with a valid token, and not while the
// POS asks LoyaPro to wait.
import type { Queryable } from '../db/database.ts'
import { db } from '../db/tables.ts'
import { instant } from '../db/values.ts'
import type { AccountFacts, Outcome, PosClient, Tokens } from '../integrations/client.ts'
import { backOff, type InstallationKey } from '../integrations/client.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { InstallationDeps } from './deps.ts'
import { openToken, sealTokens } from './tokens.ts'

/**
 * `stop`: the installation cannot make calls now, because its rate limit is reached, it is paused,
 * the POS is down, or it needs consent. The work keeps its position.
 */
export type CallOutcome<T> =
  | Extract<Outcome<T>, { kind: 'ok' | 'refused' }>
  | { kind: 'failed'; reason: string }
  | { kind: 'stop' }

export interface Session extends InstallationKey {
  readonly facts: AccountFacts
  readonly pos: PosClient
  call<T>(operation: (token: string) => Promise<Outcome<T>>): Promise<CallOutcome<T>>
}

interface Lease {
  access_token: Buffer
  refresh_token: Buffer | null
  token_expires_at: EpochMs | null
  failures: number
}

/** Consecutive calls that may fail before the POS counts as down. */
const FAILURES_AT_ONCE = 3

const MINUTE_MS = 60_000
const LONGEST_PAUSE_MS = 60 * MINUTE_MS

export function openSession(
  deps: InstallationDeps,
  installation: InstallationKey & { facts: AccountFacts },
  pos: PosClient,
): Session {
  let failedInARow = 0
  const once = async <T>(token: string, operation: (token: string) => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const outcome = await operation(token)
    deps.posClients.onCall({ pos: installation.posName, result: outcome.kind })
    return outcome
  }
  return {
    ...installation,
    pos,
    async call(operation) {
      const lease = deps.signal?.aborted ? null : await takeLease(deps, installation, pos.callsPerMinute)
      if (lease === null) return { kind: 'stop' }
      const token = await tokenOf(deps, installation, pos, lease)
      if (token === null) return { kind: 'stop' }
      let outcome = await once(token, operation)
      if (outcome.kind === 'unauthorised' && lease.refresh_token !== null) {
        const fresh = await refresh(deps, installation, pos, lease)
        if (fresh === null) return { kind: 'stop' }
        outcome = await once(fresh, operation)
      }
      switch (outcome.kind) {
        case 'ok':
        case 'refused':
          if (lease.failures > 0)
            await updateInstallation(deps.db, installation, { failures: 0, paused_until: null, problem: null })
          failedInARow = 0
          return outcome
        case 'unauthorised':
          await requireConsent(deps, installation, lease, outcome.reason)
          return { kind: 'stop' }
        case 'limited':
          await pause(deps, installation, outcome.retryAfterMs ?? MINUTE_MS)
          return { kind: 'stop' }
        case 'unavailable':
          failedInARow += 1
          if (failedInARow < FAILURES_AT_ONCE && lease.failures === 0) return { kind: 'failed', reason: outcome.reason }
          await pauseAfterFailure(deps, installation, lease.failures + 1, outcome.reason)
          return { kind: 'stop' }
      }
    },
  }
}

/**
 * Takes one call of the rate limit, which is counted in the database for all processes; null when
 * none is left.
 */
async function takeLease(
  { db: q, clock }: InstallationDeps,
  installation: InstallationKey,
  perMinute: number,
): Promise<Lease | null> {
  const now = clock.now()
  const [lease] = await q.query<Lease>(TAKE_LEASE, [
    installation.businessId,
    installation.posName,
    instant(now),
    instant(now - MINUTE_MS),
    perMinute,
  ])
  return lease ?? null
}

const TAKE_LEASE = {
  name: 'pos_take_lease',
  text: `
update installations set calls = case when calls_since <= $4::timestamptz then 1 else calls + 1 end,
  calls_since = case when calls_since <= $4::timestamptz then $3::timestamptz else calls_since end
where business_id = $1 and pos_name = $2 and status = 'connected' and (paused_until is null or paused_until <= $3::timestamptz)
  and (calls < $5 or calls_since <= $4::timestamptz)
returning access_token, refresh_token, token_expires_at, failures`,
}

/** The stored token, or a new one when it is about to run out. */
async function tokenOf(
  deps: InstallationDeps,
  installation: InstallationKey,
  pos: PosClient,
  lease: Lease,
): Promise<string | null> {
  const runsOut = lease.token_expires_at !== null && lease.token_expires_at <= deps.clock.now() + MINUTE_MS
  if (runsOut && lease.refresh_token !== null) return refresh(deps, installation, pos, lease)
  return openToken(deps.seal, installation, 'access', lease.access_token)
}

/**
 * Null when there is no new token now. A POS may accept a refresh token only once, so one process
 * at a time refreshes an installation and marks it first. Other processes use the token that it
 * stores, or stop until it has; none of them takes the refusal of a used refresh token for the end
 * of the consent.
 */
async function refresh(
  deps: InstallationDeps,
  installation: InstallationKey,
  pos: PosClient,
  lease: Lease,
): Promise<string | null> {
  if (lease.refresh_token === null) return null
  if (!(await claimRefresh(deps, installation, lease))) return tokenOfOtherProcess(deps, installation, lease)
  const outcome = await pos.refresh(openToken(deps.seal, installation, 'refresh', lease.refresh_token))
  deps.posClients.onCall({ pos: installation.posName, result: outcome.kind })
  switch (outcome.kind) {
    case 'ok':
      await storeTokens(deps, installation, outcome.value)
      return outcome.value.accessToken
    case 'limited':
      await updateInstallation(deps.db, installation, { refreshing_since: null })
      await pause(deps, installation, outcome.retryAfterMs ?? MINUTE_MS)
      return null
    case 'unavailable':
      await updateInstallation(deps.db, installation, { refreshing_since: null })
      await pauseAfterFailure(deps, installation, lease.failures + 1, outcome.reason)
      return null
    case 'refused':
    case 'unauthorised':
      await updateInstallation(deps.db, installation, { refreshing_since: null })
      await requireConsent(deps, installation, lease, outcome.reason)
      return null
  }
}

/**
 * Longer than the timeout of a call: after that, the process that marked the installation has died.
 */
const REFRESH_TAKES_MS = 2 * MINUTE_MS

/** False when another process is refreshing the installation, or has stored a new token. */
async function claimRefresh(
  { db: q, clock }: InstallationDeps,
  installation: InstallationKey,
  lease: Lease,
): Promise<boolean> {
  const now = clock.now()
  const rows = await q.query(
    `update installations set refreshing_since = $4::timestamptz
     where business_id = $1 and pos_name = $2 and access_token = $3 and status = 'connected'
       and (refreshing_since is null or refreshing_since <= $5::timestamptz or refreshing_since > $4::timestamptz)
     returning pos_name`,
    [installation.businessId, installation.posName, lease.access_token, instant(now), instant(now - REFRESH_TAKES_MS)],
  )
  return rows.length > 0
}

/** The token that another process has stored since the lease was taken; null when there is none. */
async function tokenOfOtherProcess(
  deps: InstallationDeps,
  installation: InstallationKey,
  lease: Lease,
): Promise<string | null> {
  const [row] = await deps.db.query<{ access_token: Buffer }>(
    `select access_token from installations where business_id = $1 and pos_name = $2 and status = 'connected'`,
    [installation.businessId, installation.posName],
  )
  if (!row || row.access_token.equals(lease.access_token)) return null
  return openToken(deps.seal, installation, 'access', row.access_token)
}

/** A POS that returns no new refresh token accepts the old one again. */
async function storeTokens(
  { db: q, seal, clock }: InstallationDeps,
  installation: InstallationKey,
  tokens: Tokens,
): Promise<void> {
  const { refresh_token, ...rest } = sealTokens(seal, installation, tokens, clock.now())
  await updateInstallation(q, installation, {
    ...rest,
    refreshing_since: null,
    ...(refresh_token && { refresh_token }),
  })
}

/** Only while the stored token is the refused one: a consent given in the meantime stands. */
async function requireConsent(
  deps: InstallationDeps,
  installation: InstallationKey,
  lease: Lease,
  reason: string,
): Promise<void> {
  const rows = await deps.db.query(
    `update installations set status = 'needs_consent', problem = $4, updated_at = $5::timestamptz
     where business_id = $1 and pos_name = $2 and access_token = $3 and status = 'connected' returning pos_name`,
    [installation.businessId, installation.posName, lease.access_token, reason, instant(deps.clock.now())],
  )
  if (rows.length > 0)
    deps.log.warn({ business: installation.businessId, pos: installation.posName }, 'a POS needs a new consent')
}

/** At least a second, at most an hour. */
async function pause(deps: InstallationDeps, installation: InstallationKey, ms: number): Promise<void> {
  const until = deps.clock.now() + Math.min(Math.max(ms, 1_000), LONGEST_PAUSE_MS)
  await updateInstallation(deps.db, installation, {
    paused_until: instant(until),
    problem: 'the POS rate-limited LoyaPro',
  })
}

async function pauseAfterFailure(
  deps: InstallationDeps,
  installation: InstallationKey,
  failures: number,
  reason: string,
): Promise<void> {
  const until = deps.clock.now() + backOff(failures)
  await updateInstallation(deps.db, installation, { paused_until: instant(until), failures, problem: reason })
  deps.log.warn(
    { business: installation.businessId, pos: installation.posName, failures, reason },
    'a POS is not responding',
  )
}

type Changes = Partial<{
  access_token: Buffer
  refresh_token: Buffer
  token_expires_at: string | null
  refreshing_since: string | null
  paused_until: string | null
  failures: number
  problem: string | null
}>

async function updateInstallation(
  q: Queryable,
  { businessId, posName }: InstallationKey,
  changes: Changes,
): Promise<void> {
  await q.run(
    db.updateTable('installations').set(changes).where('business_id', '=', businessId).where('pos_name', '=', posName),
  )
}
