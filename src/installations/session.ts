// Calls a POS in the name of one account: within its limits, with a token that is good, and not at
// all while it asks for peace.
import type { Queryable } from '../db/database.ts'
import { db } from '../db/tables.ts'
import { instant } from '../db/values.ts'
import type { AccountFacts, Outcome, PosClient, Tokens } from '../integrations/client.ts'
import { backOff, type InstallationKey } from '../integrations/client.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { InstallationDeps } from './deps.ts'
import { openToken, sealTokens } from './tokens.ts'

/**
 * `stop`: the account takes no more calls for now (its minute is full, it asked for peace, it is
 * down, or it needs a consent); what was to be called keeps its place.
 */
export type Called<T> =
  | Extract<Outcome<T>, { kind: 'ok' | 'refused' }>
  | { kind: 'failed'; reason: string }
  | { kind: 'stop' }

export interface Session extends InstallationKey {
  readonly facts: AccountFacts
  readonly pos: PosClient
  call<T>(operation: (token: string) => Promise<Outcome<T>>): Promise<Called<T>>
}

interface Lease {
  access_token: Buffer
  refresh_token: Buffer | null
  token_expires_at: EpochMs | null
  failures: number
}

/** Calls in a row that may fail, each for a reason of its own, before the POS counts as down. */
const FAILURES_AT_ONCE = 3

const MINUTE_MS = 60_000
const LONGEST_PAUSE_MS = 60 * MINUTE_MS

export function openSession(
  deps: InstallationDeps,
  account: InstallationKey & { facts: AccountFacts },
  pos: PosClient,
): Session {
  let failedInARow = 0
  const once = async <T>(token: string, operation: (token: string) => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const outcome = await operation(token)
    deps.posClients.onCall({ pos: account.posName, result: outcome.kind })
    return outcome
  }
  return {
    ...account,
    pos,
    async call(operation) {
      const lease = deps.signal?.aborted ? null : await takeLease(deps, account, pos.callsPerMinute)
      if (lease === null) return { kind: 'stop' }
      const token = await tokenOf(deps, account, pos, lease)
      if (token === null) return { kind: 'stop' }
      let outcome = await once(token, operation)
      if (outcome.kind === 'unauthorised' && lease.refresh_token !== null) {
        const fresh = await refresh(deps, account, pos, lease)
        if (fresh === null) return { kind: 'stop' }
        outcome = await once(fresh, operation)
      }
      switch (outcome.kind) {
        case 'ok':
        case 'refused':
          if (lease.failures > 0) await setAccount(deps.db, account, { failures: 0, paused_until: null, problem: null })
          failedInARow = 0
          return outcome
        case 'unauthorised':
          await askForConsent(deps, account, lease, outcome.reason)
          return { kind: 'stop' }
        case 'limited':
          await rest(deps, account, outcome.retryAfterMs ?? MINUTE_MS)
          return { kind: 'stop' }
        case 'unavailable':
          failedInARow += 1
          if (failedInARow < FAILURES_AT_ONCE && lease.failures === 0) return { kind: 'failed', reason: outcome.reason }
          await restFromFailure(deps, account, lease.failures + 1, outcome.reason)
          return { kind: 'stop' }
      }
    },
  }
}

/**
 * One call out of the minute's, counted in the database for all processes; null when there is none
 * to be had.
 */
async function takeLease(
  { db: q, clock }: InstallationDeps,
  account: InstallationKey,
  perMinute: number,
): Promise<Lease | null> {
  const now = clock.now()
  const [lease] = await q.query<Lease>(TAKE_LEASE, [
    account.businessId,
    account.posName,
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
  account: InstallationKey,
  pos: PosClient,
  lease: Lease,
): Promise<string | null> {
  const runsOut = lease.token_expires_at !== null && lease.token_expires_at <= deps.clock.now() + MINUTE_MS
  if (runsOut && lease.refresh_token !== null) return refresh(deps, account, pos, lease)
  return openToken(deps.seal, account, 'access', lease.access_token)
}

/**
 * Null when there is no new token now. A POS may take a refresh token once only, so one process at
 * a time refreshes an account: it says so before it asks. Whoever comes meanwhile uses the token
 * that the other has stored, or stops until it has; nobody takes a refusal of a refresh token that
 * another process has spent for the end of the consent.
 */
async function refresh(
  deps: InstallationDeps,
  account: InstallationKey,
  pos: PosClient,
  lease: Lease,
): Promise<string | null> {
  if (lease.refresh_token === null) return null
  if (!(await beginRefresh(deps, account, lease))) return tokenOfOthers(deps, account, lease)
  const outcome = await pos.refresh(openToken(deps.seal, account, 'refresh', lease.refresh_token))
  deps.posClients.onCall({ pos: account.posName, result: outcome.kind })
  switch (outcome.kind) {
    case 'ok':
      await storeTokens(deps, account, outcome.value)
      return outcome.value.accessToken
    case 'limited':
      await setAccount(deps.db, account, { refreshing_since: null })
      await rest(deps, account, outcome.retryAfterMs ?? MINUTE_MS)
      return null
    case 'unavailable':
      await setAccount(deps.db, account, { refreshing_since: null })
      await restFromFailure(deps, account, lease.failures + 1, outcome.reason)
      return null
    case 'refused':
    case 'unauthorised':
      await setAccount(deps.db, account, { refreshing_since: null })
      await askForConsent(deps, account, lease, outcome.reason)
      return null
  }
}

/** Longer than a POS has to answer: after that the process that began has ended in between. */
const REFRESH_TAKES_MS = 2 * MINUTE_MS

/** False when another process refreshes the account now, or has stored a new token already. */
async function beginRefresh(
  { db: q, clock }: InstallationDeps,
  account: InstallationKey,
  lease: Lease,
): Promise<boolean> {
  const now = clock.now()
  const rows = await q.query(
    `update installations set refreshing_since = $4::timestamptz
     where business_id = $1 and pos_name = $2 and access_token = $3 and status = 'connected'
       and (refreshing_since is null or refreshing_since <= $5::timestamptz or refreshing_since > $4::timestamptz)
     returning pos_name`,
    [account.businessId, account.posName, lease.access_token, instant(now), instant(now - REFRESH_TAKES_MS)],
  )
  return rows.length > 0
}

/**
 * The token that another process has stored since the lease was taken; null when there is none yet.
 */
async function tokenOfOthers(deps: InstallationDeps, account: InstallationKey, lease: Lease): Promise<string | null> {
  const [row] = await deps.db.query<{ access_token: Buffer }>(
    `select access_token from installations where business_id = $1 and pos_name = $2 and status = 'connected'`,
    [account.businessId, account.posName],
  )
  if (!row || row.access_token.equals(lease.access_token)) return null
  return openToken(deps.seal, account, 'access', row.access_token)
}

/** A POS that sends no new refresh token wants to see the old one again. */
async function storeTokens(
  { db: q, seal, clock }: InstallationDeps,
  account: InstallationKey,
  tokens: Tokens,
): Promise<void> {
  const { refresh_token, ...rest } = sealTokens(seal, account, tokens, clock.now())
  await setAccount(q, account, { ...rest, refreshing_since: null, ...(refresh_token && { refresh_token }) })
}

/** Only while the token is the one that was refused: a consent given meanwhile stands. */
async function askForConsent(
  deps: InstallationDeps,
  account: InstallationKey,
  lease: Lease,
  reason: string,
): Promise<void> {
  const rows = await deps.db.query(
    `update installations set status = 'needs_consent', problem = $4, updated_at = $5::timestamptz
     where business_id = $1 and pos_name = $2 and access_token = $3 and status = 'connected' returning pos_name`,
    [account.businessId, account.posName, lease.access_token, reason, instant(deps.clock.now())],
  )
  if (rows.length > 0)
    deps.log.warn({ business: account.businessId, pos: account.posName }, 'a POS needs a new consent')
}

/** At least a second, at most an hour: longer blocks end at the next attempt. */
async function rest(deps: InstallationDeps, account: InstallationKey, ms: number): Promise<void> {
  const until = deps.clock.now() + Math.min(Math.max(ms, 1_000), LONGEST_PAUSE_MS)
  await setAccount(deps.db, account, { paused_until: instant(until), problem: 'the POS rate-limited LoyaPro' })
}

async function restFromFailure(
  deps: InstallationDeps,
  account: InstallationKey,
  failures: number,
  reason: string,
): Promise<void> {
  const until = deps.clock.now() + backOff(failures)
  await setAccount(deps.db, account, { paused_until: instant(until), failures, problem: reason })
  deps.log.warn({ business: account.businessId, pos: account.posName, failures, reason }, 'a POS is not responding')
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

async function setAccount(q: Queryable, { businessId, posName }: InstallationKey, changes: Changes): Promise<void> {
  await q.run(
    db.updateTable('installations').set(changes).where('business_id', '=', businessId).where('pos_name', '=', posName),
  )
}
