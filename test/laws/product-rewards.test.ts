// The law of product rewards on a real ledger: an order with codes that is not flagged has at most
// the discount that its pieces allow.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { RewardTermsInput } from '../../contract/reward.ts'
import { lockBusinesses } from '../../src/db/business-lock.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { createProgramCache, loadPrograms } from '../../src/programs/store.ts'
import { createReward } from '../../src/rewards/catalogue/reward-lifecycle.ts'
import { makeClaim } from '../../src/rewards/claims/make-claim.ts'
import { testDatabase } from '../support/database.ts'
import { assertProven } from '../support/ledger.ts'
import { orderOf } from '../support/orders.ts'
import { openShop } from '../support/shop.ts'

const { db } = await testDatabase()

interface Case {
  rewards: { products: string[]; quantity: number; percent: number }[]
  lines: { product: string; pieces: number; each: number }[]
  /** The discount of the order for each code. */
  shown: number[]
}

const cases = fc.record({
  rewards: fc.array(
    fc.record({
      products: fc.constantFrom(['latte'], ['cake'], ['latte', 'cake']).map((list) => [...list]),
      quantity: fc.integer({ min: 1, max: 2 }),
      percent: fc.constantFrom(50, 100),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  lines: fc.array(
    fc.record({
      product: fc.constantFrom('latte', 'cake', 'tv'),
      pieces: fc.integer({ min: 1, max: 2 }),
      each: fc.integer({ min: 1, max: 20 }).map((riyals) => riyals * 100),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  shown: fc.array(
    fc.integer({ min: 1, max: 30 }).map((riyals) => riyals * 100),
    { minLength: 3, maxLength: 3 },
  ),
})

test('law: the discount of an unflagged order is covered by the pieces of its rewards, each piece once', async () => {
  let [flagged, passed] = [0, 0]
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      const flags = await flagsOf(one)
      if (flags.includes('discount_too_high')) flagged += 1
      else {
        passed += 1
        assert(isPossible(one), `${JSON.stringify(one)} was not flagged`)
      }
    }),
    // One order in seven is not flagged, so fewer runs could see none.
    { numRuns: 100 },
  )
  assert(flagged > 0 && passed > 0, 'a law that only ever sees one side shows nothing')
})

/** A separate shop: the rewards are claimed, and one order shows their codes. */
async function flagsOf({ rewards, lines, shown }: Case): Promise<string[]> {
  const shop = await openShop(db)
  const { businessId, clock } = shop
  const programId = shop.programs.points ?? ''
  const welcome = orderOf({ id: 'welcome', lines: [{ product: 'beans', total: 100_000 }] })
  const { customer } = await shop.deliver(welcome)
  const customerId = await customerOf(businessId)
  assert(customer)
  const codes: string[] = []
  for (const { products, quantity, percent } of rewards) {
    const terms: RewardTermsInput = { kind: 'percent_products', percent, products, quantity }
    const names = { name: 'Sample', nameAr: 'تجريبي', imageUrl: null }
    codes.push(
      await db.write('system:test', async (tx) => {
        const made = await createReward(tx, { businessId, programId, ...names, price: 1, terms }, shop)
        assert(made.kind === 'created')
        const lock = await lockBusinesses(tx, [businessId])
        const programs = (await loadPrograms(tx, lock.businesses, createProgramCache())).get(businessId)
        assert(programs)
        const claimed = await makeClaim(tx, lock, programs, { customerId, pick: { rewardId: made.rewardId } }, shop)
        assert(claimed.kind === 'claimed', claimed.kind)
        return claimed.claim.code
      }),
    )
  }
  const at = clock.now()
  const total = lines.reduce((sum, { pieces, each }) => sum + pieces * each, 0)
  const discounts = codes.map((code, n) => ({ amount: shown[n] ?? 0, reason: 'loyalty_redemption' as const, code }))
  const order = orderOf({
    id: 'order',
    lines: lines.map(({ product, pieces, each }) => ({ product, pieces, total: pieces * each })),
    more: {
      occurred_at: at,
      version: { updated_at: at, timestamp: at, rank: 1 },
      business_date: new Date(at).toISOString().slice(0, 10),
      discounts,
      reward_codes: codes,
    },
  })
  // The lines keep their price; this law uses only the separate discounts.
  for (const line of order.lines) line.price_incl_tax = line.total_incl_tax
  assert.equal(order.total_incl_tax, total)
  await shop.deliver(order)
  await assertProven(db, shop)
  const [row] = await db.query<{ flags: string[] | null }>(
    `select flags from orders where business_id = $1 and pos_order_id = 'order'`,
    [businessId],
  )
  return row?.flags ?? []
}

async function customerOf(businessId: Uuid): Promise<Uuid> {
  const [row] = await db.query<{ id: Uuid }>('select id from customers where business_id = $1', [businessId])
  assert(row)
  return row.id
}

/**
 * Whether one of all assignments of pieces to codes covers the discounts of the order.
 */
function isPossible({ rewards, lines, shown }: Case): boolean {
  const pieces = lines.flatMap(({ product, pieces: count, each }) =>
    Array.from({ length: count }, () => ({ product, each })),
  )
  const share = (index: number, shares: (typeof pieces)[]): boolean => {
    const piece = pieces[index]
    if (piece) {
      return [-1, ...rewards.keys()].some((owner) =>
        share(
          index + 1,
          shares.map((own, n) => (n === owner ? [...own, piece] : own)),
        ),
      )
    }
    return rewards.every(({ products, quantity, percent }, n) => {
      const own = shares[n] ?? []
      const isAllowed = own.length <= quantity && own.every(({ product }) => products.includes(product))
      const most = own.reduce((sum, { each }) => sum + Math.ceil((each * percent) / 100), 0)
      return isAllowed && (shown[n] ?? 0) <= most
    })
  }
  return share(
    0,
    rewards.map(() => []),
  )
}
