// A business lets LoyaPro call its POS: the OAuth code flow, from the address of the consent to the
// account and its connection.
import { createHash } from 'node:crypto'
import { connect } from '../businesses/connections.ts'
import { adapterOf } from '../businesses/pos-systems.ts'
import type { Transaction } from '../db/database.ts'
import { db } from '../db/tables.ts'
import { instant } from '../db/values.ts'
import type { AccountFacts, InstallationKey, Outcome, Tokens } from '../integrations/client.ts'
import { unreachable } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { InstallationDeps } from './deps.ts'
import { removeInstallation } from './installations.ts'
import { queueNewcomers } from './outbox.ts'
import { type ConsentName, readState, signState } from './state.ts'
import { sealTokens } from './tokens.ts'

/** Long enough to find the password of a console. */
const CONSENT_LIVES_MS = 15 * 60_000

export interface Consent {
  url: string
  expiresAt: EpochMs
}

/**
 * The address to which the merchant goes: the page of LoyaPro where they confirm what is connected.
 * Asking again makes a further one; whichever comes back first counts.
 */
export async function startConsent(
  tx: Transaction,
  key: Buffer,
  { businessId, posName, redirectUri }: InstallationKey & { redirectUri: string },
  { ids, clock }: Pick<InstallationDeps, 'ids' | 'clock'>,
): Promise<Consent> {
  const now = clock.now()
  const id = ids.next()
  const expiresAt = now + CONSENT_LIVES_MS
  await tx.query('delete from pos_consents where business_id = $1 and expires_at <= $2::timestamptz', [
    businessId,
    instant(now),
  ])
  await tx.run(
    db.insertInto('pos_consents').values({
      business_id: businessId,
      id,
      pos_name: posName,
      redirect_uri: redirectUri,
      expires_at: instant(expiresAt),
      created_at: instant(now),
    }),
  )
  return { url: `${redirectUri}/start?state=${signState(key, { businessId, id })}`, expiresAt }
}

/** What the merchant is asked to confirm. */
export interface ConsentQuestion {
  businessName: string
  posTitle: string
  redirectUri: string
}

/** Null when the state was not made here, has expired or was used. Changes nothing. */
export async function readConsent(
  { db: q, clock }: InstallationDeps,
  key: Buffer,
  { posName, state }: { posName: string; state: string },
): Promise<ConsentQuestion | null> {
  const named = readState(key, state)
  if (!named) return null
  const [row] = await q.query<ConsentQuestion>(
    `select b.name as "businessName", p.title as "posTitle", c.redirect_uri as "redirectUri"
     from pos_consents c join businesses b on b.id = c.business_id join pos_systems p on p.name = c.pos_name
     where c.business_id = $1 and c.id = $2 and c.pos_name = $3 and c.expires_at > $4::timestamptz`,
    [named.businessId, named.id, posName, instant(clock.now())],
  )
  return row ?? null
}

/**
 * The merchant has confirmed in the browser with this secret: the address at the POS where they
 * consent. From now on the consent can be finished in that browser alone. Null when the state is
 * unknown, or another browser was first.
 */
export async function confirmConsent(
  deps: InstallationDeps,
  key: Buffer,
  { posName, state, browser }: { posName: string; state: string; browser: string },
): Promise<string | null> {
  const named = readState(key, state)
  const adapter = await adapterOf(deps.db, posName)
  const pos = adapter && deps.posClients.of(adapter)
  if (!named || !pos) return null
  const [row] = await deps.db.query<{ redirectUri: string }>(
    `update pos_consents set browser_hash = $4
     where business_id = $1 and id = $2 and pos_name = $3 and expires_at > $5::timestamptz
       and (browser_hash is null or browser_hash = $4)
     returning redirect_uri as "redirectUri"`,
    [named.businessId, named.id, posName, hashOf(browser), instant(deps.clock.now())],
  )
  return row ? pos.consentUrl(state, row.redirectUri) : null
}

function hashOf(browser: string): Buffer {
  return createHash('sha256').update(`consent browser ${browser}`).digest()
}

export type FinishOutcome =
  | { kind: 'connected'; businessId: Uuid; reference: string; name: string | null; businessName: string }
  /** `state_unknown`: not made here, run out, used, or confirmed in another browser. The other two tell why the POS gave no account. */
  | { kind: 'state_unknown' | 'reference_taken' }
  | { kind: 'refused' | 'unavailable'; reason: string }

/**
 * The merchant came back with a code. The state is spent first, so that it counts once even if this
 * process dies. What the POS says of itself proves that the reference is this business's; a
 * reference that another business holds stays there, for the operator to move. After `connected`,
 * `replayUnmatched` applies what waited under the reference.
 */
export async function finishConsent(
  deps: InstallationDeps,
  key: Buffer,
  { posName, state, code, browser }: { posName: string; state: string; code: string; browser: string },
): Promise<FinishOutcome> {
  const named = readState(key, state)
  const consent = named && (await spendConsent(deps, named, posName, browser))
  const adapter = await adapterOf(deps.db, posName)
  const pos = adapter && deps.posClients.of(adapter)
  if (!named || !consent || !pos) return { kind: 'state_unknown' }
  const told = <T>(outcome: Outcome<T>): Outcome<T> => {
    deps.posClients.onCall({ pos: posName, result: outcome.kind })
    return outcome
  }
  const tokens = told(await pos.exchangeCode(code, consent.redirect_uri))
  if (tokens.kind !== 'ok') return whyNot(tokens)
  const facts = told(await pos.account(tokens.value.accessToken))
  if (facts.kind !== 'ok') return whyNot(facts)
  const account = { businessId: named.businessId, posName }
  return deps.db.transaction((tx) => storeAccount(deps, tx, account, facts.value, tokens.value))
}

/** The merchant said no, or the POS could not ask: the state is spent nevertheless. */
export async function giveUpConsent(
  deps: InstallationDeps,
  key: Buffer,
  { posName, state, browser }: { posName: string; state: string; browser: string },
): Promise<boolean> {
  const named = readState(key, state)
  return named !== null && (await spendConsent(deps, named, posName, browser)) !== null
}

/**
 * Only from the browser in which the merchant confirmed: a state that comes from elsewhere stays
 * unspent.
 */
async function spendConsent(
  { db: q, clock }: InstallationDeps,
  { businessId, id }: ConsentName,
  posName: string,
  browser: string,
) {
  const [row] = await q.query<{ redirect_uri: string; live: boolean }>(
    `delete from pos_consents where business_id = $1 and id = $2 and pos_name = $3 and browser_hash = $5
     returning redirect_uri, expires_at > $4::timestamptz as live`,
    [businessId, id, posName, instant(clock.now()), hashOf(browser)],
  )
  return row?.live ? row : null
}

function whyNot(outcome: Exclude<Outcome<unknown>, { kind: 'ok' }>): FinishOutcome {
  switch (outcome.kind) {
    case 'limited':
      return { kind: 'unavailable', reason: 'the POS rate-limited LoyaPro' }
    case 'unavailable':
      return { kind: 'unavailable', reason: outcome.reason }
    case 'refused':
    case 'unauthorised':
      return { kind: 'refused', reason: outcome.reason }
    default:
      return unreachable(outcome)
  }
}

async function storeAccount(
  deps: InstallationDeps,
  tx: Transaction,
  account: InstallationKey,
  facts: AccountFacts,
  tokens: Tokens,
): Promise<FinishOutcome> {
  const { businessId, posName } = account
  const connected = await connect(tx, { posName, reference: facts.reference, businessId }, deps.clock)
  if (connected.kind === 'reference_taken') return { kind: 'reference_taken' }
  if (!('connection' in connected))
    return { kind: 'refused', reason: `the POS returned a business that cannot be connected: ${connected.kind}` }
  const [before] = await tx.run(
    db
      .selectFrom('installations')
      .select('reference')
      .where('business_id', '=', businessId)
      .where('pos_name', '=', posName)
      .forUpdate(),
  )
  if (before && before.reference !== facts.reference) await removeInstallation(tx, businessId, posName)
  const now = instant(deps.clock.now())
  const row = {
    status: 'connected' as const,
    reference: facts.reference,
    name: facts.name,
    ...sealTokens(deps.seal, account, tokens, deps.clock.now()),
    problem: null,
    paused_until: null,
    failures: 0,
    refreshing_since: null,
    updated_at: now,
    sync_due_at: now,
    sync_part: null,
    sync_page: null,
    sync_failures: 0,
    sync_problem: null,
  }
  await tx.run(
    db
      .insertInto('installations')
      .values({ business_id: businessId, pos_name: posName, calls_since: now, connected_at: now, ...row })
      .onConflict((conflict) => conflict.columns(['business_id', 'pos_name']).doUpdateSet(row)),
  )
  if (before?.reference !== facts.reference) await queueNewcomers(tx, account, deps.clock.now())
  const [business] = await tx.run(db.selectFrom('businesses').select('name').where('id', '=', businessId))
  return { kind: 'connected', businessId, ...facts, businessName: business?.name ?? '' }
}
