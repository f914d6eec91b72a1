// Moves redemptions to the orders that took the goods of joined orders, in a round of deliveries.
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Transaction } from '../../db/database.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { Change } from '../../orders/apply-snapshot.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { SnapshotSource } from '../../orders/snapshots.ts'
import { loadFamilies, type OrderRow, withRows } from '../../orders/store.ts'
import type { Claim } from '../claims/claim.ts'
import { redeemedFor } from '../claims/claim-store.ts'
import { firstOrderOf, holderOf, type JoinGraph, type JoinLink, moveToHolder } from '../joins/join-graph.ts'
import { addLinks, findLinksByCode, findUpstreamClaims, loadJoinGraph, replaceLinks } from '../joins/join-store.ts'
import { linksInto, mayChangeLinks } from '../joins/order-links.ts'
import { loadClaims } from './reconcile-orders.ts'

/** The contexts and claims of the round, with those that joins add. */
export interface MovedRedemptions {
  contexts: RedemptionContext[]
  claims: Claim[]
  /** The claims that moved to another order, as they are stored. */
  before: ReadonlyMap<Uuid, Claim>
  /** Orders outside the round that were loaded for it. */
  rows: OrderRow[]
}

interface Round {
  changes: readonly Change[]
  contexts: RedemptionContext[]
  claims: Claim[]
  /** Rows as they are after the round. */
  rows: ReadonlyMap<Uuid, OrderRow>
  contextOf: (row: OrderRow, rows: ReadonlyMap<Uuid, OrderRow>) => RedemptionContext
  source: SnapshotSource
  now: EpochMs
}

/**
 * No query unless an order of the round was joined, names joined orders, or shares a code with
 * another order.
 */
export async function moveRedemptions(tx: Transaction, lock: BusinessLock, round: Round): Promise<MovedRedemptions> {
  const { contexts, claims } = round
  const affected = round.changes.filter((change) => mayMoveRedemptions(change, claims))
  if (affected.length === 0) return { contexts, claims, before: new Map(), rows: [] }
  const parts: MovedRedemptions[] = []
  for (const [businessId, changes] of Map.groupBy(affected, ({ after }) => after.businessId)) {
    parts.push(await moveInBusiness(tx, lock, businessId, { ...round, changes }))
  }
  const allContexts = [...contexts, ...parts.flatMap((part) => part.contexts)]
  const allClaims = [...claims, ...parts.flatMap((part) => part.claims)]
  return {
    contexts: [...new Map(allContexts.map((context) => [context.orderId, context])).values()],
    claims: [...new Map(allClaims.map((claim) => [claim.id, claim])).values()],
    before: new Map(parts.flatMap((part) => [...part.before])),
    rows: parts.flatMap((part) => part.rows),
  }
}

function mayMoveRedemptions({ id, before, after }: Change, claims: readonly Claim[]): boolean {
  const states = [before, after].filter((row) => row !== null)
  if (states.some(({ status, order }) => status === 'joined' || order.joined_pos_order_ids)) return true
  const codes = new Set(states.flatMap(({ order }) => order.reward_codes))
  return claims.some(({ code, redemption }) => {
    if (redemption === null) return false
    if (redemption.orderId === id) return redemption.firstOrder !== undefined
    return codes.has(code)
  })
}

async function moveInBusiness(
  tx: Transaction,
  lock: BusinessLock,
  businessId: Uuid,
  round: Round,
): Promise<MovedRedemptions> {
  const { claims, graph } = await loadJoined(tx, lock, businessId, round)
  const moved = claims.flatMap((before) => {
    const after = moveClaim(before, graph, round.now)
    return after === before ? [] : [{ before, after }]
  })
  const orderIds = moved.flatMap(({ before, after }) => [before, after].map(({ redemption }) => redemption?.orderId))
  const others = await otherContexts(tx, businessId, orderIds, round)
  const { contexts, claims: theirs } = await loadClaimsOf(tx, others.contexts, round.now)
  const byId = new Map([...theirs, ...moved.map(({ after }) => after)].map((claim) => [claim.id, claim]))
  const before = new Map(moved.map(({ before }) => [before.id, before]))
  return { contexts, claims: [...byId.values()], before, rows: others.rows }
}

/** Stores the links of the changed orders, and loads the redeemed claims that they may move. */
async function loadJoined(
  tx: Transaction,
  lock: BusinessLock,
  businessId: Uuid,
  { changes, contexts, claims: own, rows, source }: Round,
): Promise<{ claims: Claim[]; graph: JoinGraph }> {
  const customers = new Map(contexts.map((context) => [context.orderId, context.customerId]))
  const links = changes.map((change) => {
    const ofCustomer = own.filter((claim) => claim.customerId === customers.get(change.id))
    return { change, links: linksInto(change.after, ofCustomer) }
  })
  const named = links.flatMap((one) => one.links.map((link) => link.orderId))
  const namedBefore = changes.flatMap(({ before }) => (before ? linksInto(before, []) : [])).map((link) => link.orderId)
  const ids = [...new Set([...changes.map(({ id }) => id), ...named, ...namedBefore])]
  const toStore = links.filter((one) => mayChangeLinks(one.change.before, one.links))
  await replaceLinks(
    tx,
    lock,
    businessId,
    toStore.map(({ change, links: into }) => ({ intoId: change.id, links: into })),
  )
  const upstream = await findUpstreamClaims(tx, businessId, ids)
  const claims = [...new Map([...upstream, ...own].map((claim) => [claim.id, claim])).values()].filter(
    (claim) => claim.businessId === businessId && claim.redemption !== null,
  )
  const firsts = claims.flatMap((claim) => firstOrderOf(claim)?.id ?? [])
  const load = async () => withOrders(await loadJoinGraph(tx, businessId, [...new Set([...firsts, ...ids])]), rows)
  const graph = await load()
  const found = await linksOfWaiting(tx, businessId, claims, graph, source)
  if (found.length === 0) return { claims, graph }
  await addLinks(tx, lock, businessId, found)
  return { claims, graph: await load() }
}

/** Further links, by code, from orders on which redemptions would otherwise wait. */
async function linksOfWaiting(
  tx: Transaction,
  businessId: Uuid,
  claims: readonly Claim[],
  graph: JoinGraph,
  source: SnapshotSource,
): Promise<JoinLink[]> {
  const waiting = claims.flatMap((claim) => {
    const first = firstOrderOf(claim)
    return first !== null && holderOf(first.id, graph).isWaiting ? [{ claim, first: first.id }] : []
  })
  const links = await findLinksByCode(tx, businessId, waiting, source)
  return links.filter(
    ({ orderId, intoId }) => !graph.links.some((link) => link.orderId === orderId && link.intoId === intoId),
  )
}

/** The graph with the orders of this round, whose new state is not stored yet. */
function withOrders({ orders, links }: JoinGraph, rows: ReadonlyMap<Uuid, OrderRow>): JoinGraph {
  const current = new Map(orders)
  for (const [id, row] of rows) current.set(id, { status: row.status, posOrderId: row.order.pos_order_id })
  return { orders: current, links }
}

function moveClaim(claim: Claim, graph: JoinGraph, now: EpochMs): Claim {
  const first = firstOrderOf(claim)
  if (first === null || claim.redemption === null) return claim
  const redemption = moveToHolder(claim.redemption, holderOf(first.id, graph), graph, now)
  return redemption === claim.redemption ? claim : { ...claim, redemption }
}

/** The contexts of these orders, except those that the round has already. */
async function otherContexts(
  tx: Transaction,
  businessId: Uuid,
  orderIds: readonly (Uuid | undefined)[],
  { rows, contexts, contextOf, source }: Round,
): Promise<{ contexts: RedemptionContext[]; rows: OrderRow[] }> {
  const known = new Set(contexts.map((context) => context.orderId))
  const ids = [...new Set(orderIds)].filter((id) => id !== undefined && !known.has(id)) as Uuid[]
  if (ids.length === 0) return { contexts: [], rows: [] }
  const keys = ids.map((id) => ({ businessId, id }))
  const loaded = (await loadFamilies(tx, keys, source)).filter((row) => !rows.has(row.id))
  const all = withRows(rows, loaded)
  const others = ids.flatMap((id) => {
    const row = all.get(id)
    return row?.kind === 'sale' ? [contextOf(row, all)] : []
  })
  return { contexts: others, rows: loaded }
}

/**
 * The claims redeemed for these orders, and those that they name; their codes are no new attempts.
 */
async function loadClaimsOf(tx: Transaction, contexts: readonly RedemptionContext[], now: EpochMs) {
  const orders = contexts.map(({ businessId, orderId: id }) => ({ businessId, id }))
  const known = contexts.map((context) => ({ ...context, attemptSource: null }))
  return loadClaims(tx, known, await redeemedFor(tx, orders), now)
}
