// A round: deliveries that share no family and no customer go from snapshot to ledger in one round
// of statements.
import { writeBranches } from '../businesses/known-branches.ts'
import { enrolCustomers, type SeenCustomer } from '../customers/enrol.ts'
import type { BusinessLock } from '../db/business-lock.ts'
import type { Transaction } from '../db/database.ts'
import { loadSalesToAssess } from '../earning/assessments.ts'
import type { EarningContext } from '../earning/context.ts'
import { type PostedAssessments, postAssessments, writeAssessments } from '../earning/post-assessments.ts'
import { recordDecisions } from '../earning/record-decisions.ts'
import { loadWorkingSet } from '../earning/working-set.ts'
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import {
  applySnapshot,
  type Change,
  familyOf,
  idOf,
  type OrderDelivery,
  pickRound,
  tooMany,
} from '../orders/apply-snapshot.ts'
import { markApplied, markUndone } from '../orders/delivery-store.ts'
import { isErased } from '../orders/erased.ts'
import { withoutErasedCustomer } from '../orders/erased-deliveries.ts'
import { staysForAWhile } from '../orders/snapshots.ts'
import { type OrderRow, withRows, writeOrders } from '../orders/store.ts'
import { answerChange, ignored, type Outcome } from './answer.ts'
import {
  type BatchBranches,
  branchAfter,
  findBranch,
  isBranchTooMany,
  type LearnedBranch,
  learnBranches,
  withLearned,
} from './branches.ts'
import type { Facts } from './load-facts.ts'
import { recordApplied } from './order-events.ts'
import { reconcileRound } from './reconcile-round.ts'

/** The input of a round, which it does not change. */
export interface RoundContext extends Omit<EarningContext, 'branchOf'> {
  branches: BatchBranches
  /** Deliveries whose record stays as it is. */
  recorded: ReadonlySet<Uuid>
}

export interface RoundResult {
  /** Deliveries that must wait for the next round. */
  later: OrderDelivery[]
  outcomes: Outcome[]
  /** Returns whose sale has arrived. */
  unparked: OrderRow[]
  learned: LearnedBranch[]
}

/**
 * Loads, decides with pure functions, and writes once. The writes are sent when it returns, before
 * any later statement of the transaction.
 */
export async function runRound(
  tx: Transaction,
  lock: BusinessLock,
  context: RoundContext,
  pending: readonly OrderDelivery[],
  facts: Facts,
): Promise<RoundResult> {
  const known = pending.map((delivery) => withoutErasedCustomer(delivery, facts.rows))
  const { round, later } = pickRound(known, facts.rows, facts.customers)
  const { changes, refused } = applySnapshots(context, round, facts.rows)
  const customers = await enrolCustomers(tx, lock, customersSeen(changes), facts.customers, context)
  const applied = changes.filter((change) => !change.stale)
  const snapshots = withRows(
    facts.rows,
    changes.map(({ after }) => after),
  )
  const moved = parkAndUnpark(applied, snapshots)
  const learned = learnBranches(context.branches, applied)
  const branches = withLearned(context.branches, learned)
  const earning = { ...context, branchOf: (of: Uuid, id: Uuid) => findBranch(branches, of, id) }
  // Before the sales are assessed: units that are restored must be available when earned units are
  // reversed.
  const orders = { changes: applied, rows: withRows(snapshots, moved), customers, redeemed: facts.redeemed }
  const redemptions = await reconcileRound(tx, lock, { ...earning, cache: context.branches.cache }, orders)
  const affected = applied.map(({ delivery, families }) => {
    // The units that an erased customer earned are final.
    const open = families.filter((id) => !isErased(redemptions.rows.get(id)))
    return { cause: delivery.id, businessId: delivery.businessId, families: open }
  })
  const { sales, rows: loaded } = await loadSalesToAssess(tx, earning, affected, {
    old: facts.rows,
    rows: redemptions.rows,
    customers,
  })
  // Balances that were read before units moved are not current.
  const working = await loadWorkingSet(tx, earning, sales, redemptions.mayHaveMovedUnits ? new Map() : facts.accounts)
  const posted = postAssessments(sales, working)
  const decided = recordDecisions(posted.assessments, loaded)
  const rows = withRows(loaded, decided)
  const unparked = moved.filter((row) => !row.parked)
  const touched = new Set([...changes, ...moved, ...redemptions.flagged, ...decided].map(({ id }) => id))
  const written = [...touched].map((id) => must(rows.get(id), 'a changed order'))
  writeRound(tx, lock, { posted, written, changes, learned, now: context.now })
  await applyStored(tx, lock, { changes, unparked, rows, now: context.now })
  const answers = changes.map((change): Outcome => {
    const programs = must(context.programs.get(change.delivery.businessId), 'the business')
    return answerChange(change, { rows, programs, assessments: posted.assessments, redemptions: redemptions.orders })
  })
  return { later, outcomes: [...refused, ...answers], unparked, learned }
}

/** Compares each snapshot with its order as known; `refused` are those beyond a limit. */
function applySnapshots(
  { programs, branches, recorded, now }: RoundContext,
  deliveries: readonly OrderDelivery[],
  rows: ReadonlyMap<Uuid, OrderRow>,
): { changes: Change[]; refused: Outcome[] } {
  const changes: Change[] = []
  const refused: Outcome[] = []
  for (const delivery of deliveries) {
    const refusal = tooMany(delivery, rows) ?? (isBranchTooMany(branches, delivery) ? 'too_many_branches' : null)
    if (refusal !== null) {
      refused.push(ignored(delivery, refusal))
      continue
    }
    const { currency, timezone } = must(programs.get(delivery.businessId), 'the business').business
    const seen = branchAfter(branches, delivery)
    const branch = { timezone: seen.timezone ?? timezone, dayEndsAt: seen.dayEndsAt }
    const isInRecord = !recorded.has(delivery.id) && staysForAWhile(delivery, now)
    const before = rows.get(idOf(delivery)) ?? null
    changes.push(applySnapshot(delivery, before, { currency, now, isInRecord, branch }))
  }
  return { changes, refused }
}

/**
 * A customer is enrolled by a sale that names them, paid or not yet; a return only ever concerns
 * the sale's customer.
 */
function customersSeen(changes: readonly Change[]): SeenCustomer[] {
  return changes.flatMap(({ stale, after, delivery }) => {
    const customer = after.order.customer
    if (stale || after.kind !== 'sale' || !customer) return []
    const { occurredAt, order } = after
    const { businessId, posName } = delivery
    return [{ businessId, posName, customer, occurredAt, asOf: order.version.updated_at }]
  })
}

/**
 * A return without its sale is parked; the sale's arrival unparks all of its returns. An exchange
 * never is: its own sale earns at once, and its returned goods take effect when the other sale is
 * known. Returns the rows that change.
 */
function parkAndUnpark(changes: readonly Change[], rows: ReadonlyMap<Uuid, OrderRow>): OrderRow[] {
  const families = new Set(changes.flatMap((change) => change.families))
  return [...families].flatMap((id) => {
    const { sale, returns } = familyOf(id, rows)
    const parked = sale === null
    return returns
      .map((one) => must(rows.get(one.id), 'a return'))
      .filter((row) => row.kind !== 'sale' && row.parked !== parked)
      .map((row) => ({ ...row, parked }))
  })
}

interface RoundWrites {
  posted: PostedAssessments
  written: readonly OrderRow[]
  changes: readonly Change[]
  learned: readonly LearnedBranch[]
  now: EarningContext['now']
}

/** Every write of a round that needs no answer. */
function writeRound(
  tx: Transaction,
  lock: BusinessLock,
  { posted, written, changes, learned, now }: RoundWrites,
): void {
  const fresh = new Set(changes.filter((change) => change.before === null).map((change) => change.id))
  tx.deferToCommit(
    writeAssessments(tx, lock, posted),
    writeOrders(tx, lock, written, fresh),
    writeBranches(tx, learned, now),
  )
}

/** Stored deliveries that take effect now. Only their events need the answer of the database. */
async function applyStored(
  tx: Transaction,
  lock: BusinessLock,
  {
    changes,
    unparked,
    rows,
    now,
  }: Pick<RoundWrites, 'changes' | 'now'> & {
    unparked: readonly OrderRow[]
    rows: ReadonlyMap<Uuid, OrderRow>
  },
): Promise<void> {
  const undone = changes.filter(({ delivery, stale }) => delivery.apply && !stale)
  if (undone.length === 0 && unparked.length === 0) return
  const applied = Promise.all([
    markApplied(tx, lock, unparked),
    ...undone.map(({ delivery }) => markUndone(tx, lock, delivery)),
  ])
  if (lock.businesses.some(({ hasReaders }) => hasReaders)) {
    recordApplied(tx, lock, (await applied).flat(), { rows, now })
  } else tx.deferToCommit(applied)
}
