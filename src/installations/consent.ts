// Consent: a business lets LoyaPro call its POS. The OAuth code flow, from the link to the
// installation and its connection.
import { createHash } from 'node:crypto'
import type { Actor } from '../../contract/actor.ts'
import { connect } from '../businesses/connections.ts'
import { adapterOf } from '../businesses/pos-systems.ts'
import type { WriteTransaction } from '../db/database.ts'
import { db } from '../db/tables.ts'
import { instant } from '../db/values.ts'
import type { AccountFacts, InstallationKey, Outcome, Tokens } from '../integrations/client.ts'
import { unreachable } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type ConsentKey, readState, signState } from './consent-state.ts'
import type { InstallationDeps } from './deps.ts'
import { clearInstallation } from './installations.ts'
import { queueUnknownCustomers } from './outbox.ts'
import { sealTokens } from './tokens.ts'

/** Enough time to find the password of the POS console. */
const CONSENT_VALID_MS = 15 * 60_000

export interface Consent {
  url: string
  expiresAt: EpochMs
}

/**
 * Returns the URL of the LoyaPro page on which the merchant confirms what is connected. Several
 * consents can be open; each can be finished once.
 */
export async function startConsent(
  tx: WriteTransaction,
  key: Buffer,
  { businessId, posName, redirectUri }: InstallationKey & { redirectUri: string },
  { ids, clock }: Pick<InstallationDeps, 'ids' | 'clock'>,
): Promise<Consent> {
  const now = clock.now()
  const id = ids.next()
  const expiresAt = now + CONSENT_VALID_MS
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
      created_by: tx.actor,
    }),
  )
  return { url: `${redirectUri}/start?state=${signState(key, { businessId, id })}`, expiresAt }
}

/** What the merchant confirms. */
export interface ConsentQuestion {
  businessName: string
  posTitle: string
  redirectUri: string
}

/** Null when the state is not valid, has expired or was used. Changes nothing. */
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
 * Binds the consent to the browser in which the merchant confirmed, identified by a secret, and
 * returns the URL of the POS at which they consent. Only that browser can finish the consent. Null
 * when the state is unknown, or another browser confirmed first.
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
  /**
   * `state_unknown`: the state is not valid, has expired, was used, or was confirmed in another
   * browser. `refused` and `unavailable`: why the POS returned no account.
   */
  | { kind: 'state_unknown' | 'reference_taken' }
  | { kind: 'refused' | 'unavailable'; reason: string }

/**
 * The POS redirected the merchant back with a code. The state is deleted first, so that it counts
 * once even if this process dies. The account that the POS returns proves that the reference
 * belongs to the business; a reference that another business holds stays with it, and the operator
 * can move it. After `connected`, `replayUnmatched` applies the orders that are waiting under the
 * reference.
 */
export async function finishConsent(
  deps: InstallationDeps,
  key: Buffer,
  { posName, state, code, browser }: { posName: string; state: string; code: string; browser: string },
): Promise<FinishOutcome> {
  const named = readState(key, state)
  const consent = named && (await useConsent(deps, named, posName, browser))
  const adapter = await adapterOf(deps.db, posName)
  const pos = adapter && deps.posClients.of(adapter)
  if (!named || !consent || !pos) return { kind: 'state_unknown' }
  const reported = <T>(outcome: Outcome<T>): Outcome<T> => {
    deps.posClients.onCall({ pos: posName, result: outcome.kind })
    return outcome
  }
  const tokens = reported(await pos.exchangeCode(code, consent.redirect_uri))
  if (tokens.kind !== 'ok') return failureOf(tokens)
  const facts = reported(await pos.account(tokens.value.accessToken))
  if (facts.kind !== 'ok') return failureOf(facts)
  const installation = { businessId: named.businessId, posName }
  const actor: Actor = consent.created_by ?? `pos:${posName}`
  return deps.db.write(actor, (tx) => storeInstallation(deps, tx, installation, facts.value, tokens.value))
}

/**
 * The merchant declined, or the POS could not ask: the state is deleted as well. Returns whether it
 * was valid.
 */
export async function cancelConsent(
  deps: InstallationDeps,
  key: Buffer,
  { posName, state, browser }: { posName: string; state: string; browser: string },
): Promise<boolean> {
  const named = readState(key, state)
  return named !== null && (await useConsent(deps, named, posName, browser)) !== null
}

/**
 * Only in the browser in which the merchant confirmed: a state that arrives from another browser is
 * not deleted.
 */
async function useConsent(
  { db: q, clock }: InstallationDeps,
  { businessId, id }: ConsentKey,
  posName: string,
  browser: string,
) {
  const [row] = await q.query<{ redirect_uri: string; created_by: Actor | null; live: boolean }>(
    `delete from pos_consents where business_id = $1 and id = $2 and pos_name = $3 and browser_hash = $5
     returning redirect_uri, created_by, expires_at > $4::timestamptz as live`,
    [businessId, id, posName, instant(clock.now()), hashOf(browser)],
  )
  return row?.live ? row : null
}

function failureOf(outcome: Exclude<Outcome<unknown>, { kind: 'ok' }>): FinishOutcome {
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

async function storeInstallation(
  deps: InstallationDeps,
  tx: WriteTransaction,
  installation: InstallationKey,
  facts: AccountFacts,
  tokens: Tokens,
): Promise<FinishOutcome> {
  const { businessId, posName } = installation
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
  if (before && before.reference !== facts.reference) await clearInstallation(tx, businessId, posName)
  const now = instant(deps.clock.now())
  const row = {
    status: 'connected' as const,
    reference: facts.reference,
    name: facts.name,
    ...sealTokens(deps.seal, installation, tokens, deps.clock.now()),
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
    connected_by: tx.actor,
    updated_by: tx.actor,
  }
  await tx.run(
    db
      .insertInto('installations')
      .values({ business_id: businessId, pos_name: posName, calls_since: now, connected_at: now, ...row })
      .onConflict((conflict) => conflict.columns(['business_id', 'pos_name']).doUpdateSet(row)),
  )
  if (before?.reference !== facts.reference) await queueUnknownCustomers(tx, installation, deps.clock.now())
  const [business] = await tx.run(db.selectFrom('businesses').select('name').where('id', '=', businessId))
  return { kind: 'connected', businessId, ...facts, businessName: business?.name ?? '' }
}
