// A wave: deliveries that have nothing to do with each other, taken from snapshot to ledger in one
// round of statements.

import { branchId, type KnownBranch, learnBranch, writeBranches } from '../businesses/known-branches.ts'
import { customerNamed, enrolCustomers, type KnownCustomer } from '../customers/enrol.ts'
import type { BusinessLock } from '../db/business-lock.ts'
import type { Transaction } from '../db/database.ts'
import { type Assessment, openAssessments } from '../earning/assessments.ts'
import type { BatchState } from '../earning/context.ts'
import { postAssessments } from '../earning/post-assessments.ts'
import { recordDecisions } from '../earning/record-decisions.ts'
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import {
  applySnapshot,
  type Change,
  familyIdOf,
  familyOf,
  idOf,
  MOST_BRANCHES,
  type OrderDelivery,
  pickRound,
  tooMany,
} from '../orders/apply-snapshot.ts'
import { markApplied, markUndone } from '../orders/delivery-store.ts'
import { clockFlags } from '../orders/order-clock.ts'
import type { RedemptionContext } from '../orders/redemption-view.ts'
import { type CodeSender, redemptionContextOf } from '../orders/redemption-view.ts'
import { staysForAWhile } from '../orders/snapshots.ts'
import { type OrderRow, writeOrders } from '../orders/store.ts'
import type { ReconciledOrder } from '../rewards/reconcile/decide-orders.ts'
import { moveRedemptions } from '../rewards/reconcile/move-redemptions.ts'
import { loadClaims, reconcileOrders } from '../rewards/reconcile/reconcile-orders.ts'
import { bareAnswer, buildAnswer } from './answer.ts'
import type { Facts } from './load-facts.ts'
import { recordIgnored, recordOutcome } from './record-outcome.ts'

export type Rows = Map<Uuid, OrderRow>

/**
 * Applies as many of the deliveries as do not touch each other, and gives back the others. What it
 * writes is on its way when it returns, before all that is asked of the transaction later.
 */
export async function runRound(
  state: BatchState,
  tx: Transaction,
  lock: BusinessLock,
  pending: readonly OrderDelivery[],
  { rows, customers, redeemed, accounts }: Facts,
): Promise<OrderDelivery[]> {
  const { wave, later } = pickRound(pending, rows, customers)
  const changes = wave.flatMap((delivery) => {
    const refusal = tooMany(delivery, rows) ?? (isBranchTooMany(state, delivery) ? 'too_many_branches' : null)
    if (refusal !== null) {
      recordIgnored(state, delivery, refusal)
      return []
    }
    const { currency, timezone } = must(state.books.get(delivery.businessId), 'the business').business
    const learned = branchAfter(state, delivery)
    const branch = { timezone: learned.timezone ?? timezone, dayEndsAt: learned.dayEndsAt }
    const framed = !state.lasting.has(delivery.id) && staysForAWhile(delivery, state.now)
    return applySnapshot(delivery, rows.get(idOf(delivery)) ?? null, { currency, now: state.now, framed, branch })
  })
  await enrolCustomers(tx, lock, customersSeen(changes), customers, state)
  const old: Rows = new Map(rows)
  for (const { after } of changes) rows.set(after.id, after)
  const applied = changes.filter((change) => !change.stale)
  const moved = parkAndUnpark(applied, rows)
  const unparked = moved.filter((row) => !row.parked)
  const learned = learnBranches(state, applied)
  // Before the sales are judged: what goes back to a customer must be there when earnings are taken
  // back.
  const stated = await loadClaims(tx, scenesOf(state, applied, rows, customers), redeemed, state.now)
  const joined = await moveRedemptions(tx, lock, {
    ...stated,
    changes: applied,
    rows,
    source: state,
    now: state.now,
    contextOf: (row) => redemptionContextOf(familyOf(row.id, rows), row, asBefore(state, row)),
  })
  const { orders: redemptions, mayHaveMovedUnits } = await reconcileOrders(tx, lock, joined.contexts, joined.claims, {
    ...state,
    programs: state.books,
    before: joined.before,
  })
  const flagged = flagOrders(redemptions, rows)
  const cases = await openAssessments(tx, { state, changes: applied, old, rows, customers })
  const settled = await postAssessments(tx, lock, state, cases, mayHaveMovedUnits ? new Map() : accounts)
  const judged = recordDecisions(cases, rows)
  const touched = new Set([...changes.map((change) => change.id), ...moved.map((row) => row.id), ...flagged, ...judged])
  const orders = [...touched].map((id) => must(rows.get(id), 'a changed order'))
  tx.deferToCommit(
    settled.write(),
    writeOrders(
      tx,
      lock,
      orders,
      new Set(changes.filter((change) => change.before === null).map((change) => change.id)),
    ),
    markApplied(tx, lock, unparked, state.rows),
    writeBranches(tx, learned, state.now),
    ...changes.flatMap(({ delivery, stale }) => (delivery.apply && !stale ? [markUndone(tx, lock, delivery)] : [])),
  )
  for (const change of changes) answer(state, change, rows, cases, redemptions)
  return later
}

/**
 * A customer is enrolled by a sale that names them, paid or not yet; a return only ever speaks of
 * the sale's customer.
 */
function customersSeen(changes: readonly Change[]) {
  return changes.flatMap(({ stale, after, delivery }) => {
    const customer = after.order.customer
    if (stale || after.kind !== 'sale' || !customer) return []
    const { occurredAt, order } = after
    return [{ businessId: delivery.businessId, customer, occurredAt, asOf: order.version.updated_at }]
  })
}

/**
 * A return without its sale is parked; the sale's arrival takes all of its returns out of the park.
 * An exchange never is: its own sale is worth something at once, and what it gives back takes force
 * when the other sale is known. Gives the returns whose place changed.
 */
function parkAndUnpark(changes: readonly Change[], rows: Rows): OrderRow[] {
  const moved: OrderRow[] = []
  for (const { families } of changes) {
    for (const id of families) {
      const family = familyOf(id, rows)
      for (const { id: returnId } of family.returns) {
        const row = must(rows.get(returnId), 'a return')
        if (row.kind === 'sale') continue
        const parked = family.sale === null
        if (row.parked === parked) continue
        rows.set(returnId, { ...row, parked })
        moved.push({ ...row, parked })
      }
    }
  }
  return moved
}

/**
 * Every sale that these changes have a part in; one that is a sale no more gives back what was
 * redeemed for it.
 */
function scenesOf(
  state: BatchState,
  changes: readonly Change[],
  rows: Rows,
  customers: ReadonlyMap<string, KnownCustomer>,
): RedemptionContext[] {
  const scenes = changes.flatMap((change) => [
    ...change.families.flatMap((id) => {
      const row = rows.get(id)
      if (row?.kind !== 'sale') return []
      const phone = row.order.customer?.phone
      const customer = phone === undefined ? undefined : customerNamed(customers, { ...row, phone })
      const sender = id === change.id ? senderOf(state, change) : null
      const customerId = customer?.id ?? null
      return [
        redemptionContextOf(familyOf(id, rows), row, {
          customerId,
          timezone: timezoneOf(state, row),
          ...(sender && { sender }),
        }),
      ]
    }),
    ...asReturn(state, change, rows),
  ])
  return [...new Map(scenes.map((scene) => [scene.orderId, scene])).values()]
}

/**
 * A sale that is one no more gives back what was redeemed for it. The flags of its clock are those
 * of the snapshot in force.
 */
function asReturn(state: BatchState, { before, after }: Change, rows: Rows): RedemptionContext[] {
  if (before?.kind !== 'sale' || after.kind === 'sale') return []
  const scene = redemptionContextOf(familyOf(before.id, rows), before, asBefore(state, before))
  return [{ ...scene, state: 'void', ownFlags: clockFlags(after.order, after.clock) }]
}

/**
 * A code counts once for its order and customer, however many snapshots name it; what LoyaPro
 * itself applies again is no try.
 */
function senderOf(state: BatchState, { delivery, before, after }: Change): CodeSender | null {
  const { order } = after
  const phone = order.customer?.phone
  if (order.reward_codes.length === 0 || phone === undefined || delivery.replay) return null
  const known = before?.order.customer?.phone === phone ? before.order.reward_codes : []
  if (order.reward_codes.every((code) => known.includes(code))) return null
  const { businessId, posName, token = '' } = delivery
  const isBranchKnown =
    after.branchId !== null && state.branches.get(businessId)?.branches.get(after.branchId) !== undefined
  return { attemptSource: { businessId, phone, posName, token, branch: order.branch.id }, isBranchKnown }
}

function asBefore(state: BatchState, before: OrderRow) {
  return { customerId: before.customerId, timezone: timezoneOf(state, before) }
}

function timezoneOf({ books, branches, fresh }: BatchState, { businessId, branchId: id }: OrderRow): string {
  const branch = id === null ? undefined : (fresh.get(id) ?? branches.get(businessId)?.branches.get(id))
  return branch?.timezone ?? must(books.get(businessId), 'the business').business.timezone
}

/** Notes with each sale what does not fit, and says which rows are other than before. */
function flagOrders(redemptions: ReadonlyMap<Uuid, ReconciledOrder>, rows: Rows): Uuid[] {
  return [...redemptions].flatMap(([id, { flags }]) => {
    const row = must(rows.get(id), 'a sale')
    if (String(row.flags) === String(flags)) return []
    rows.set(id, { ...row, flags })
    return [id]
  })
}

function learnBranches(state: BatchState, changes: readonly Change[]) {
  return changes.flatMap(({ delivery }) => {
    const { businessId, posName, parsed } = delivery
    const learned = branchAfter(state, delivery)
    if (learned === knownBranch(state, businessId, learned.id)) return []
    state.fresh.set(learned.id, { ...learned, businessId })
    return [{ businessId, posName, posBranchId: parsed.order.branch.id, branch: learned }]
  })
}

/**
 * The branch of an order, with what the order says of it; the known branch itself when that is
 * nothing new.
 */
function branchAfter(state: BatchState, { businessId, posName, parsed: { order } }: OrderDelivery): KnownBranch {
  const id = branchId(businessId, posName, order.branch.id)
  return learnBranch(knownBranch(state, businessId, id), id, order.branch)
}

/** Whether the order names a branch beyond those that a business may have. */
function isBranchTooMany(state: BatchState, { businessId, posName, parsed: { order } }: OrderDelivery): boolean {
  const known = state.branches.get(businessId)?.branches.size ?? 0
  if (known + state.fresh.size < MOST_BRANCHES) return false
  const learned = [...state.fresh.values()].filter((branch) => branch.businessId === businessId).length
  if (known + learned < MOST_BRANCHES) return false
  return knownBranch(state, businessId, branchId(businessId, posName, order.branch.id)) === undefined
}

function knownBranch({ fresh, branches }: BatchState, businessId: Uuid, id: Uuid): KnownBranch | undefined {
  return fresh.get(id) ?? branches.get(businessId)?.branches.get(id)
}

function answer(
  state: BatchState,
  change: Change,
  rows: Rows,
  cases: readonly Assessment[],
  redemptions: ReadonlyMap<Uuid, ReconciledOrder>,
): void {
  const { delivery, id, stale } = change
  const row = must(rows.get(id), 'the order')
  const order = { id, posOrderId: row.order.pos_order_id, status: row.status }
  const mine = cases.filter((one) => one.cause === delivery.id)
  const main = mine.find((one) => one.family.id === familyIdOf(row))
  // A sale that was called off and now waits as a return of something unknown has moved what it was
  // worth.
  const movements = [
    ...(stale ? [] : change.families.flatMap((family) => redemptions.get(family)?.movements ?? [])),
    ...mine.filter(({ isOther }) => !isOther).flatMap((one) => one.movements),
    ...mine.filter(({ isOther }) => isOther).flatMap((one) => one.movements),
  ]
  const waits = row.parked && movements.length === 0
  const result = stale ? 'stale' : waits ? 'parked' : 'processed'
  const reason = stale ? 'newer_snapshot_known' : waits ? 'original_order_unknown' : (main?.judgement?.reason ?? null)
  const parts = { eventId: delivery.id, result, reason, order, customer: asAnswered(main?.customer ?? null) } as const
  const programs = must(state.books.get(delivery.businessId), 'the business')
  // An order that nobody paid, and that moves nothing, would tell a balance to whoever names a
  // phone number.
  const words =
    result === 'processed'
      ? buildAnswer(
          {
            ...parts,
            movements,
            balances: row.status === 'paid' || movements.length > 0 ? (main?.balances ?? []) : [],
          },
          programs,
        )
      : bareAnswer(parts)
  recordOutcome(state, delivery, { result, answer: words, orderId: id })
}

function asAnswered(customer: KnownCustomer | null): { id: Uuid; phone: string } | null {
  return customer && { id: customer.id, phone: customer.phone }
}
