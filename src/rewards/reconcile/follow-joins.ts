// Orders that were joined into others: finds, in a round of deliveries, the redemptions that
// another order holds from now on.
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Transaction } from '../../db/database.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { Change } from '../../orders/apply-snapshot.ts'
import { orderId } from '../../orders/identity.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { SnapshotSource } from '../../orders/snapshots.ts'
import { loadFamilies, type OrderRow } from '../../orders/store.ts'
import type { Claim } from '../claims/claim.ts'
import { redeemedFor } from '../claims/claim-store.ts'
import { addLinks, claimsUpstream, linksByCode, loadJoinGraph, saveLinks } from './join-store.ts'
import { firstOrderOf, heldBy, holderOf, type JoinGraph, type JoinLink } from './joined.ts'
import { claimsFor } from './reconcile-orders.ts'

/** What a round settles: its own scenes and claims, with those that joins add to them. */
export interface JoinedRound {
  scenes: RedemptionContext[]
  claims: Claim[]
  /** Claims that another order holds from now on, as they were. */
  before: ReadonlyMap<Uuid, Claim>
}

interface Round {
  changes: readonly Change[]
  scenes: RedemptionContext[]
  claims: Claim[]
  /** Rows as they are after the round; rows of other orders that are needed are added. */
  rows: Map<Uuid, OrderRow>
  sceneFor: (row: OrderRow) => RedemptionContext
  source: SnapshotSource
  now: EpochMs
}

/**
 * Asks the database for nothing unless an order of the round was joined, names joined orders, or
 * shares a code with another one.
 */
export async function followJoins(tx: Transaction, lock: BusinessLock, round: Round): Promise<JoinedRound> {
  const { scenes, claims } = round
  const concerned = round.changes.filter((change) => isConcerned(change, claims))
  if (concerned.length === 0) return { scenes, claims, before: new Map() }
  const parts: JoinedRound[] = []
  for (const [businessId, changes] of Map.groupBy(concerned, ({ after }) => after.businessId)) {
    parts.push(await followBusiness(tx, lock, businessId, { ...round, changes }))
  }
  const before = new Map(parts.flatMap((part) => [...part.before]))
  const all = [...claims, ...parts.flatMap((part) => part.claims)]
  return {
    scenes: [...new Map([...scenes, ...parts.flatMap((part) => part.scenes)].map((s) => [s.orderId, s])).values()],
    claims: [...new Map(all.map((claim) => [claim.id, claim])).values()],
    before,
  }
}

function isConcerned({ id, before, after }: Change, claims: readonly Claim[]): boolean {
  const states = [before, after].filter((row) => row !== null)
  if (states.some(({ status, order }) => status === 'joined' || order.joined_pos_order_ids)) return true
  const codes = new Set(states.flatMap(({ order }) => order.reward_codes))
  return claims.some(({ code, redemption }) => {
    if (redemption === null) return false
    if (redemption.orderId === id) return redemption.firstOrder !== undefined
    return codes.has(code)
  })
}

async function followBusiness(
  tx: Transaction,
  lock: BusinessLock,
  businessId: Uuid,
  round: Round,
): Promise<JoinedRound> {
  const { changes, rows, now } = round
  const customers = new Map(round.scenes.map((scene) => [scene.orderId, scene.customerId]))
  const links = changes.map((change) => {
    const own = round.claims.filter((claim) => claim.customerId === customers.get(change.id))
    return { change, links: linksInto(change.after, own) }
  })
  const named = links.flatMap((one) => one.links.map((link) => link.orderId))
  const namedBefore = changes.flatMap(({ before }) => (before ? linksInto(before, []) : [])).map((link) => link.orderId)
  const ids = [...new Set([...changes.map(({ id }) => id), ...named, ...namedBefore])]
  await saveLinks(
    tx,
    lock,
    businessId,
    links.filter(mayDiffer).map(({ change, links }) => ({ intoId: change.id, links })),
  )
  const upstream = await claimsUpstream(tx, businessId, ids)
  const claims = [...new Map([...upstream, ...round.claims].map((claim) => [claim.id, claim])).values()].filter(
    (claim) => claim.businessId === businessId && claim.redemption !== null,
  )
  const firsts = claims.flatMap((claim) => firstOrderOf(claim)?.id ?? [])
  const load = async () => withRows(await loadJoinGraph(tx, businessId, [...new Set([...firsts, ...ids])]), rows)
  const known = await load()
  const found = await linksOfWaiting(tx, businessId, claims, known, round.source)
  if (found.length > 0) await addLinks(tx, lock, businessId, found)
  const graph = found.length > 0 ? await load() : known
  const moved = claims.flatMap((claim) => {
    const after = moveClaim(claim, graph, now)
    return after === claim ? [] : [{ before: claim, after }]
  })
  const touched = moved.flatMap(({ before, after }) => [before, after].map(({ redemption }) => redemption?.orderId))
  const { scenes, claims: more } = await moreOf(tx, await moreScenes(tx, businessId, touched, round), now)
  const byId = new Map([...more, ...moved.map(({ after }) => after)].map((claim) => [claim.id, claim]))
  return { scenes, claims: [...byId.values()], before: new Map(moved.map(({ before }) => [before.id, before])) }
}

/**
 * The orders whose goods this one has taken: those that it names, and those for which a code was
 * redeemed that it carries. `claims`: of its customer.
 */
export function linksInto({ businessId, posName, id, kind, order }: OrderRow, claims: readonly Claim[]): JoinLink[] {
  if (kind !== 'sale') return []
  const named = (order.joined_pos_order_ids ?? []).map((one) => orderId(businessId, posName, one))
  const coded = claims.flatMap((claim) => {
    const first = firstOrderOf(claim)
    return first !== null && order.reward_codes.includes(claim.code) ? [first.id] : []
  })
  const links = new Map(coded.map((one) => [one, { orderId: one, intoId: id, named: false }]))
  for (const one of named) links.set(one, { orderId: one, intoId: id, named: true })
  links.delete(id)
  return [...links.values()]
}

/** Further links from orders on which redemptions are about to wait. */
async function linksOfWaiting(
  tx: Transaction,
  businessId: Uuid,
  claims: readonly Claim[],
  graph: JoinGraph,
  source: SnapshotSource,
): Promise<JoinLink[]> {
  const waiting = claims.flatMap((claim) => {
    const first = firstOrderOf(claim)
    return first !== null && holderOf(first.id, graph).waits ? [{ claim, first: first.id }] : []
  })
  const links = await linksByCode(tx, businessId, waiting, source)
  return links.filter(
    ({ orderId: from, intoId }) => !graph.links.some((link) => link.orderId === from && link.intoId === intoId),
  )
}

/** Whether the links into the order can be others than those that are stored. */
function mayDiffer({ change: { before }, links }: { change: Change; links: readonly JoinLink[] }): boolean {
  return links.length > 0 || (before !== null && (before.order.reward_codes.length > 0 || namesJoined(before)))
}

function namesJoined({ order }: OrderRow): boolean {
  return order.joined_pos_order_ids !== undefined
}

/** The database does not know the orders of this round yet as they are now. */
function withRows({ orders, links }: JoinGraph, rows: ReadonlyMap<Uuid, OrderRow>): JoinGraph {
  const now = new Map(orders)
  for (const [id, row] of rows) now.set(id, { status: row.status, posOrderId: row.order.pos_order_id })
  return { orders: now, links }
}

function moveClaim(claim: Claim, graph: JoinGraph, now: EpochMs): Claim {
  const first = firstOrderOf(claim)
  if (first === null || claim.redemption === null) return claim
  const redemption = heldBy(claim.redemption, holderOf(first.id, graph), graph, now)
  return redemption === claim.redemption ? claim : { ...claim, redemption }
}

/** The scenes of orders that gain or lose a redemption and are not in the round already. */
async function moreScenes(
  tx: Transaction,
  businessId: Uuid,
  touched: readonly (Uuid | undefined)[],
  { rows, scenes, sceneFor, source }: Round,
): Promise<RedemptionContext[]> {
  const known = new Set(scenes.map((scene) => scene.orderId))
  const ids = [...new Set(touched)].filter((id) => id !== undefined && !known.has(id)) as Uuid[]
  if (ids.length === 0) return []
  const loaded = await loadFamilies(
    tx,
    ids.map((id) => ({ businessId, id })),
    source,
  )
  for (const row of loaded) if (!rows.has(row.id)) rows.set(row.id, row)
  return ids.flatMap((id) => {
    const row = rows.get(id)
    return row?.kind === 'sale' ? [sceneFor(row)] : []
  })
}

/**
 * What these orders are held against: all that was redeemed for them, and the codes that they name,
 * which are no news.
 */
async function moreOf(tx: Transaction, scenes: readonly RedemptionContext[], now: EpochMs) {
  const orders = scenes.map(({ businessId, orderId: id }) => ({ businessId, id }))
  const known = scenes.map((scene) => ({ ...scene, guesser: null }))
  return claimsFor(tx, known, await redeemedFor(tx, orders), now)
}
