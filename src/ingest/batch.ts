// One batch of deliveries in one transaction: repetitions are answered at once, the rest is applied
// wave by wave.
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { openPacker, unpackAll, writeDictionaries } from '../archive/dictionaries.ts'
import { loadBranches } from '../businesses/known-branches.ts'
import { lockAndRead } from '../db/business-lock.ts'
import type { Transaction } from '../db/database.ts'
import type { BatchDeps, BatchState } from '../earning/context.ts'
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import { carriesOrder } from '../orders/apply-snapshot.ts'
import type { Delivery } from '../orders/delivery.ts'
import { type SeenDelivery, seenDeliveries, writeDeliveries } from '../orders/delivery-store.ts'
import { loadPrograms } from '../programs/store.ts'
import { repeatAnswer } from './answer.ts'
import { type Facts, loadFacts } from './load-facts.ts'
import { recordIgnored } from './record-outcome.ts'
import { runRound } from './round.ts'

/**
 * Gives an answer for each delivery, in their order; what it did takes force when the transaction
 * commits, and then `committed` must be called.
 */
export async function processBatch(
  deps: BatchDeps,
  tx: Transaction,
  deliveries: readonly Delivery[],
): Promise<{ answers: OrderAnswer[]; committed: () => void }> {
  const businessIds = deliveries.map((delivery) => delivery.businessId)
  const { lock, found } = await lockAndRead(tx, businessIds, (lock) =>
    Promise.all([seenDeliveries(tx, lock, deliveries), loadFacts(tx, lock, deliveries.filter(carriesOrder), deps)]),
  )
  const [seen, ground] = found
  const again = new Set(deliveries.filter((delivery) => delivery.replay).map((delivery) => delivery.id))
  const kept = seen.filter((one) => one.result !== 'failed')
  const [books, repeated, packer] = await Promise.all([
    loadPrograms(tx, lock.businesses, deps.programs),
    repeat(
      deps,
      tx,
      kept.filter((one) => !again.has(one.id)),
    ),
    openPacker(tx, lock, deps.dictionaries, deliveries, deps.now),
    loadBranches(tx, lock.businesses, deps.branches),
  ])
  // What was answered the first time stays on record; only what had no effect then may have one
  // now.
  const effective = kept.filter((one) => one.result !== 'ignored')
  const lasting = new Set([...effective, ...deliveries.filter(({ decide }) => decide)].map((one) => one.id))
  const shared = { answers: new Map(), rows: [], unwritten: new Map(), fresh: new Map() }
  const state: BatchState = { ...deps, ...shared, books, lasting, packer }
  const fresh = distinctById(deliveries).filter((delivery) => !repeated.has(delivery.id))
  for (const delivery of fresh)
    if (delivery.parsed.kind === 'ignored') recordIgnored(state, delivery, delivery.parsed.reason)
  let pending = fresh.filter(carriesOrder)
  for (let known: Facts | null = ground; pending.length > 0; known = null) {
    // What a wave has changed the next one reads anew.
    pending = await runRound(state, tx, lock, pending, known ?? (await loadFacts(tx, lock, pending, state)))
  }
  tx.deferToCommit(writeDictionaries(tx, lock, packer.made), writeDeliveries(tx, state.rows))
  return { answers: inOrder(deliveries, state.answers, repeated), committed: () => remember(state) }
}

/** What was answered to these, once more. */
async function repeat(
  deps: BatchDeps,
  tx: Transaction,
  seen: readonly SeenDelivery[],
): Promise<Map<Uuid, OrderAnswer>> {
  const records = await unpackAll(tx, deps.dictionaries, seen)
  return new Map(seen.map((one, index) => [one.id, repeatAnswer(one, must(records[index], 'a record'))]))
}

/**
 * Copies that share a batch are one delivery, applied once; all but the first hear that it was
 * applied before.
 */
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

function remember({ branches, fresh, dictionaries, packer }: BatchState): void {
  for (const dictionary of packer.made) dictionaries.add(dictionary)
  for (const { businessId, ...branch } of fresh.values()) branches.get(businessId)?.branches.set(branch.id, branch)
}
