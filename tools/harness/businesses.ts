// Points of sale and businesses of a world, made with LoyaPro's own functions, and the proof of
// their balances.
import { SCOPES } from '../../contract/scopes.ts'
import { proveBusiness } from '../../src/audit/verify.ts'
import { createApiKey } from '../../src/businesses/api-keys.ts'
import { createBusiness } from '../../src/businesses/businesses.ts'
import { connect } from '../../src/businesses/connections.ts'
import { addPosSecret, registerPos } from '../../src/businesses/pos-systems.ts'
import { issuePosToken } from '../../src/businesses/pos-tokens.ts'
import type { WriteTransaction } from '../../src/db/database.ts'
import { assert } from '../../src/kernel/assert.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { inWords } from '../../src/ledger/verify.ts'
import type { AppContext } from '../../src/server/context.ts'

/**
 * Registers the POS of an adapter, or adds a secret to it, and issues a token. `issuedAgoMs`: a
 * server whose clock is behind refuses a token that was issued in its future.
 */
export async function setUpPos(ctx: AppContext, adapter: string, issuedAgoMs = 0): Promise<string> {
  await registerPos(ctx.db.by('system:tool'), { name: adapter, title: adapter, adapter }, ctx)
  await ctx.db.write('system:tool', (tx) => addPosSecret(tx, adapter, undefined, ctx))
  const clock = { now: () => ctx.clock.now() - issuedAgoMs }
  const issued = await issuePosToken(ctx.db, adapter, null, { ...ctx, clock })
  assert(issued.kind === 'issued', `no token for ${adapter}: ${issued.kind}`)
  return issued.token
}

export interface BusinessSpec {
  name: string
  nameAr: string | null
  currency: string
  timezone: string
  /** Language of the messages for its cashiers. */
  language: 'ar' | 'en'
  pos: string
  /** By which the POS names the business. */
  reference: string
}

/** Creates a business without programs and connects it to its POS. */
export async function openBusiness(
  tx: WriteTransaction,
  { name, nameAr, currency, timezone, language, pos, reference }: BusinessSpec,
  ctx: AppContext,
): Promise<Uuid> {
  const made = await createBusiness(tx, { name, name_ar: nameAr, currency, timezone, language }, ctx)
  assert(made.kind === 'created', `${name} was refused: ${made.kind}`)
  const businessId = made.business.id
  const connected = await connect(tx, { posName: pos, reference, businessId }, ctx.clock)
  assert(connected.kind === 'connected', `${name} could not be connected: ${connected.kind}`)
  return businessId
}

/** An API key of the business with every scope. */
export async function fullApiKey(ctx: AppContext, businessId: Uuid): Promise<string> {
  const { secret } = await createApiKey(
    ctx.db.by('system:tool'),
    { businessId, name: 'Sample', scopes: SCOPES, expiresAt: null },
    ctx,
  )
  return secret
}

/** Derives every balance of the businesses again; the differences, in words. */
export async function prove(
  { db }: Pick<AppContext, 'db'>,
  businesses: readonly { id: Uuid; name: string }[],
): Promise<string[]> {
  const found: string[] = []
  for (const { id, name } of businesses) {
    for (const difference of await proveBusiness(db, id)) found.push(`verify ${name}: ${inWords(difference)}`)
  }
  return found
}
