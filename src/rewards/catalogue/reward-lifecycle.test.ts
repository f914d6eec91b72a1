// The catalogue below HTTP: what a claim is made from, and that it holds while the claim is being
// made.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RewardTermsInput } from '../../../contract/reward.ts'
import { testDatabase, untilWaiting } from '../../../test/support/database.ts'
import { openShop } from '../../../test/support/shop.ts'
import type { WriteTransaction } from '../../db/database.ts'
import type { Uuid } from '../../kernel/ids.ts'
import { findReward, loadRewardForClaim } from './find-rewards.ts'
import { archiveReward, createReward, createRewardVersion } from './reward-lifecycle.ts'

const { db } = await testDatabase()
const shop = await openShop(db)
const { businessId } = shop
const other = await openShop(db)
const OFFER = { price: 20, terms: { kind: 'fixed_order', discount_amount: 500 } } as const

/** As the business API works: in the role that sees this business alone. */
const work = <T>(run: (tx: WriteTransaction) => Promise<T>) => db.writeAsTenant(businessId, 'system:test', run)

async function offer(): Promise<Uuid> {
  const programId = shop.programs.points ?? ''
  const names = { name: 'A treat', nameAr: 'هدية', imageUrl: null }
  const made = await work((tx) => createReward(tx, { businessId, programId, ...names, ...OFFER }, shop))
  return made.kind === 'created' ? made.rewardId : assert.fail(JSON.stringify(made))
}

test('what is claimed is the latest version, with its defaults, whatever its status', async () => {
  const rewardId = await offer()
  const terms: RewardTermsInput = { kind: 'percent_products', percent: 100, products: ['coffee'] }
  await work((tx) => createRewardVersion(tx, { businessId, rewardId, price: 30, terms }, shop))
  const claimable = await work((tx) => loadRewardForClaim(tx, businessId, rewardId))
  const filledIn = { quantity: 1, includes_modifiers: false, combinable: true, on_return: 'full_return' }
  assert.deepEqual(claimable, {
    id: rewardId,
    programId: shop.programs.points,
    programType: 'points',
    name: 'A treat',
    nameAr: 'هدية',
    imageUrl: null,
    status: 'active',
    version: 2,
    price: 30,
    terms: { ...terms, ...filledIn },
    taken: 0,
    createdAt: shop.clock.now(),
    updatedAt: shop.clock.now(),
    updatedBy: 'system:test',
  })
  await work((tx) => archiveReward(tx, { businessId, rewardId }, shop))
  assert.equal((await work((tx) => loadRewardForClaim(tx, businessId, rewardId)))?.status, 'archived')
})

test('L9: a reward is loaded for its own business alone, and so are its program and its changes', async () => {
  const rewardId = await offer()
  const stranger = { businessId: other.businessId, rewardId }
  // Outside the tenant's role, so that the statements themselves are what keeps the businesses
  // apart.
  await db.write('system:test', async (tx) => {
    assert.equal(await loadRewardForClaim(tx, other.businessId, rewardId), null)
    assert.equal(await findReward(tx, other.businessId, rewardId), null)
    assert.deepEqual(await createRewardVersion(tx, { ...stranger, ...OFFER }, shop), { kind: 'not_found' })
    assert.deepEqual(await archiveReward(tx, stranger, shop), { kind: 'not_found' })
    const names = { name: 'A treat', nameAr: 'هدية', imageUrl: null }
    const foreign = { businessId: other.businessId, programId: shop.programs.points ?? '', ...names, ...OFFER }
    assert.deepEqual(await createReward(tx, foreign, shop), { kind: 'program_not_found' })
  })
})

test('a claim that waited for a change sees the version that the change made', async () => {
  const rewardId = await offer()
  let seen: Promise<Awaited<ReturnType<typeof loadRewardForClaim>>> | undefined
  await work(async (tx) => {
    await createRewardVersion(tx, { businessId, rewardId, ...OFFER, price: 50 }, shop)
    seen = work((later) => loadRewardForClaim(later, businessId, rewardId))
    await untilWaiting(db)
  })
  const { version, price } = (await seen) ?? {}
  assert.deepEqual([version, price], [2, 50])
})

test('of twenty at once, as many count themselves as the limit allows', async () => {
  const rewardId = await offer()
  const limit = 7
  const takes = Array.from({ length: 20 }, () =>
    work(async (tx) => {
      const reward = await loadRewardForClaim(tx, businessId, rewardId)
      if (!reward || reward.taken >= limit) return false
      await tx.query('update rewards set taken = taken + 1 where business_id = $1 and id = $2', [businessId, rewardId])
      return true
    }),
  )
  assert.equal((await Promise.all(takes)).filter(Boolean).length, limit)
  assert.equal((await findReward(db, businessId, rewardId))?.taken, limit)
})
