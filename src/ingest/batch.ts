// One batch of deliveries in one transaction: repetitions get their first answer again, the others
// are applied in rounds.
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import type { PosOrder } from '../../contract/pos-order.ts'
import { type DictionaryCache, openPacker, unpackAll, writeDictionaries } from '../archive/dictionaries.ts'
import { type BranchCache, loadBranches } from '../businesses/known-branches.ts'
import { lockAndRead } from '../db/business-lock.ts'
import type { Transaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { carriesOrder } from '../orders/apply-snapshot.ts'
import type { Delivery } from '../orders/delivery.ts'
import {
  type DeliveryRow,
  type SeenDelivery,
  seenDeliveries,
  withApplied,
  writeDeliveries,
} from '../orders/delivery-store.ts'
import { loadPrograms, type ProgramCache } from '../programs/store.ts'
import { ignored, type Outcome, repeatAnswer } from './answer.ts'
import { type BatchBranches, withLearned } from './branches.ts'
import { type Facts, loadFacts } from './load-facts.ts'
import { recordProcessed } from './order-events.ts'
import { recordOutcome } from './record-outcome.ts'
import { runRound } from './round.ts'

export interface BatchDeps {
  now: EpochMs
  ids: Ids
  programs: ProgramCache
  branches: BranchCache
  dictionaries: DictionaryCache
}

/**
 * Returns one answer for each delivery, in their order. They are valid once the transaction has
 * committed; then `committed` must be called.
 */
export async function processBatch(
  deps: BatchDeps,
  tx: Transaction,
  deliveries: readonly Delivery[],
): Promise<{ answers: OrderAnswer[]; committed: () => void }> {
  const { now, ids, dictionaries } = deps
  const businessIds = deliveries.map((delivery) => delivery.businessId)
  const { lock, found } = await lockAndRead(tx, businessIds, (lock) =>
    Promise.all([seenDeliveries(tx, lock, deliveries), loadFacts(tx, lock, deliveries.filter(carriesOrder), deps)]),
  )
  const [seen, facts] = found
  const known = seen.filter((one) => one.result !== 'failed')
  const replayed = new Set(deliveries.filter((delivery) => delivery.replay).map((delivery) => delivery.id))
  const repetitions = known.filter((one) => !replayed.has(one.id))
  const [programs, repeated, packer] = await Promise.all([
    loadPrograms(tx, lock.businesses, deps.programs),
    repeatAnswers(deps, tx, repetitions),
    openPacker(tx, lock, dictionaries, deliveries, now),
    loadBranches(tx, lock.businesses, deps.branches),
  ])
  const recorded = recordedForGood(known, deliveries)
  const fresh = distinctById(deliveries).filter((delivery) => !repeated.has(delivery.id))
  const outcomes = fresh.flatMap((one) => (one.parsed.kind === 'ignored' ? [ignored(one, one.parsed.reason)] : []))
  const rowsOf = (these: readonly Outcome[]) =>
    these.filter(({ delivery }) => !recorded.has(delivery.id)).map((one) => recordOutcome(one, packer))
  let rows: DeliveryRow[] = rowsOf(outcomes)
  let branches: BatchBranches = { cache: deps.branches, learned: new Map() }
  const unwritten = new Map<Uuid, PosOrder>()
  const snapshots = { dictionaries, unwritten }
  let pending = fresh.filter(carriesOrder)
  for (let first: Facts | null = facts; pending.length > 0; first = null) {
    const context = { now, ids, programs, branches, recorded, snapshots, actor: null }
    // A round reads again what the previous one changed.
    const loaded = first ?? (await loadFacts(tx, lock, pending, { ...snapshots, programs: deps.programs }))
    const round = await runRound(tx, lock, context, pending, loaded)
    rows = [...withApplied(rows, round.unparked), ...rowsOf(round.outcomes)]
    outcomes.push(...round.outcomes)
    for (const { delivery } of round.outcomes)
      if (carriesOrder(delivery) && !recorded.has(delivery.id)) unwritten.set(delivery.id, delivery.parsed.order)
    branches = withLearned(branches, round.learned)
    pending = round.later
  }
  recordProcessed(tx, lock, rows, { outcomes, now })
  tx.deferToCommit(writeDictionaries(tx, lock, packer.made), writeDeliveries(tx, rows))
  return {
    answers: inOrder(deliveries, new Map(outcomes.map((one) => [one.delivery.id, one.answer])), repeated),
    committed() {
      for (const dictionary of packer.made) dictionaries.add(dictionary)
      remember(branches)
    },
  }
}

async function repeatAnswers(
  deps: BatchDeps,
  tx: Transaction,
  seen: readonly SeenDelivery[],
): Promise<Map<Uuid, OrderAnswer>> {
  const records = await unpackAll(tx, deps.dictionaries, seen)
  return new Map(seen.map((one, index) => [one.id, repeatAnswer(one, must(records[index], 'a record'))]))
}

/**
 * Deliveries whose record a replay or a decision of staff does not change. Only a delivery that had
 * no effect may have one now.
 */
function recordedForGood(known: readonly SeenDelivery[], deliveries: readonly Delivery[]): ReadonlySet<Uuid> {
  const effective = known.filter((one) => one.result !== 'ignored')
  return new Set([...effective, ...deliveries.filter(({ decide }) => decide)].map((one) => one.id))
}

/** Copies in one batch are one delivery: it is applied once, and the others get `duplicate`. */
function distinctById(deliveries: readonly Delivery[]): Delivery[] {
  return [...new Map(deliveries.map((delivery) => [`${delivery.businessId} ${delivery.id}`, delivery])).values()]
}

function inOrder(
  deliveries: readonly Delivery[],
  answers: ReadonlyMap<Uuid, OrderAnswer>,
  repeated: ReadonlyMap<Uuid, OrderAnswer>,
): OrderAnswer[] {
  const given = new Set<Uuid>()
  return deliveries.map(({ id }) => {
    const first = must(repeated.get(id) ?? answers.get(id), `the answer to delivery ${id}`)
    if (repeated.has(id) || !given.has(id)) {
      given.add(id)
      return first
    }
    return first.result === 'processed' ? { ...first, result: 'duplicate' } : first
  })
}

function remember({ cache, learned }: BatchBranches): void {
  for (const { businessId, branch } of learned.values()) cache.get(businessId)?.branches.set(branch.id, branch)
}
