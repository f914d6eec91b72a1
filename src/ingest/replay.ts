// Applies stored deliveries again: those that failed, those that waited for their business, or any
// others on request.
import type { Actor } from '../../contract/actor.ts'
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { type Packed, unpack } from '../archive/codec.ts'
import { readBodies } from '../archive/dictionaries.ts'
import type { Database, Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { PosContext } from '../integrations/integration.ts'
import type { Integrations } from '../integrations/registry.ts'
import { must } from '../kernel/assert.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import { countryOf } from '../kernel/country.ts'
import type { Uuid } from '../kernel/ids.ts'
import { normaliseReference } from '../kernel/text.ts'
import { type DeliveryResult, markReplayed } from '../orders/delivery-store.ts'
import type { Ingest, SubmitOutcome } from './ingest.ts'
import { toDelivery } from './receive.ts'

export interface ReplayDeps {
  db: Database
  ingest: Ingest
  integrations: Integrations
  clock: Clock
  /** Staff who apply a void although it is older than its sale. */
  apply?: { at: EpochMs; by: Actor }
}

/** Deliveries of one business: one, those received in a period, or those with a result. */
export interface ReplaySelection {
  businessId: Uuid
  deliveryId?: Uuid
  from?: EpochMs
  to?: EpochMs
  result?: DeliveryResult
}

/** The number of deliveries by result; `invalid` ones are no orders to the present adapter. */
export type ReplayCounts = Record<OrderAnswer['result'] | 'invalid' | 'unavailable', number>

interface StoredDelivery extends Packed {
  id: Uuid
  businessId: Uuid
  posName: string
  adapter: string
  currency: string
  timezone: string
  country: string | null
  receivedAt: EpochMs
}

const PAGE = 500

/**
 * Replays the deliveries of a selection, oldest first, page by page. One that was applied correctly
 * before moves nothing.
 */
export async function replayDeliveries(
  deps: ReplayDeps,
  selection: ReplaySelection,
  actor: Actor,
): Promise<ReplayCounts> {
  const counts = noCounts()
  let after: Uuid | null = null
  for (;;) {
    const page: StoredDelivery[] = await deps.db.query<StoredDelivery>(STORED, [
      selection.businessId,
      selection.deliveryId ?? null,
      instant(selection.from ?? null),
      instant(selection.to ?? null),
      selection.result ?? null,
      after,
      PAGE,
    ])
    for (const outcome of await replayPage(deps, page, await readBodies(deps.db, page), actor)) counts[outcome] += 1
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE) return counts
  }
}

const STORED: Statement = {
  name: 'stored_deliveries',
  text: `
select d.id, d.business_id as "businessId", d.pos_name as "posName", p.adapter, b.currency, b.timezone, b.country, d.dictionary, d.body as bytes,
  d.received_at as "receivedAt"
from deliveries d
join pos_systems p on p.name = d.pos_name
join businesses b on b.id = d.business_id
where d.business_id = $1 and ($2::uuid is null or d.id = $2) and ($3::timestamptz is null or d.received_at >= $3)
  and ($4::timestamptz is null or d.received_at < $4) and ($5::text is null or d.result = $5) and ($6::uuid is null or d.id > $6)
order by d.id
limit $7`,
}

/**
 * Applies the deliveries that wait under a reference, in any spelling, now that it is connected,
 * and deletes those that were applied. While the reference is not connected, it does nothing.
 */
export async function replayUnmatched(
  deps: ReplayDeps,
  posName: string,
  reference: string,
  actor: Actor,
): Promise<ReplayCounts> {
  const counts = noCounts()
  const key = normaliseReference(reference)
  if (key === null) return counts
  let after: Uuid | null = null
  for (;;) {
    const page: StoredDelivery[] = await deps.db.query<StoredDelivery>(UNMATCHED, [posName, key, after, PAGE])
    const outcomes = await replayPage(deps, page, page.map(unpack), actor)
    for (const outcome of outcomes) counts[outcome] += 1
    const done = page.filter((_, index) => outcomes[index] !== 'unavailable').map((stored) => stored.id)
    await deps.db.query(DELETE_UNMATCHED, [done])
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE) return counts
  }
}

const UNMATCHED: Statement = {
  name: 'unmatched_of_reference',
  text: `
select u.id, c.business_id as "businessId", u.pos_name as "posName", p.adapter, b.currency, b.timezone, b.country, u.dictionary, u.body as bytes,
  u.received_at as "receivedAt"
from unmatched_deliveries u
join pos_connections c on c.pos_name = u.pos_name and c.reference_key = u.reference_key
join businesses b on b.id = c.business_id
join pos_systems p on p.name = u.pos_name
where u.pos_name = $1 and u.reference_key = $2 and ($3::uuid is null or u.id > $3)
order by u.id
limit $4`,
}

const DELETE_UNMATCHED: Statement = {
  name: 'delete_unmatched',
  text: 'delete from unmatched_deliveries where id = any ($1::uuid[])',
}

/** Deletes some of the deliveries that came before $1, at most $2. */
export const PURGE_UNMATCHED = `
delete from unmatched_deliveries where id in (
  select id from unmatched_deliveries where received_at < $1::timestamptz order by received_at limit $2)
returning id`

type PageOutcome = keyof ReplayCounts

async function replayPage(
  deps: ReplayDeps,
  page: readonly StoredDelivery[],
  bodies: readonly Buffer[],
  actor: Actor,
): Promise<PageOutcome[]> {
  const outcomes: PageOutcome[] = []
  while (outcomes.length < page.length) {
    const next = page.slice(outcomes.length, outcomes.length + AT_ONCE)
    const applied = next.map((stored, n) => replayOne(deps, stored, must(bodies[outcomes.length + n], 'a body')))
    outcomes.push(...(await Promise.all(applied)))
  }
  const replayed = page.filter((_, index) => outcomes[index] !== 'unavailable')
  await markReplayed(deps.db.by(actor), replayed, deps.clock.now())
  return outcomes
}

/** Ingest refuses deliveries that wait too long, and present orders must get their turn. */
const AT_ONCE = 25

async function replayOne(deps: ReplayDeps, stored: StoredDelivery, raw: Buffer): Promise<PageOutcome> {
  const context: PosContext = { currency: stored.currency, timezone: stored.timezone, country: countryOf(stored) }
  const outcome = deps.integrations.find(stored.adapter)?.read(JSON.parse(raw.toString()), context)
  if (outcome === undefined || outcome.kind === 'invalid') return 'invalid'
  const delivery = toDelivery(stored, stored, outcome, raw, stored.receivedAt)
  return resultOf(await deps.ingest.submit({ ...delivery, replay: true, ...(deps.apply && { apply: deps.apply }) }))
}

function resultOf(outcome: SubmitOutcome): PageOutcome {
  return typeof outcome === 'string' ? 'unavailable' : outcome.result
}

function noCounts(): ReplayCounts {
  return {
    processed: 0,
    duplicate: 0,
    stale: 0,
    parked: 0,
    ignored: 0,
    unmatched: 0,
    failed: 0,
    invalid: 0,
    unavailable: 0,
  }
}
