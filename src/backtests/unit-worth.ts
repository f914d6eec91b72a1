// What a unit of a program is worth in money: as in the reports, what customers got for it; before
// the first redemption, the most that they can get for it.
import type { Definition } from '../../contract/program.ts'
import type { Discount } from '../../contract/reward.ts'
import type { Queryable, Statement } from '../db/database.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Minor } from '../kernel/money.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import type { PinnedVersion } from '../programs/terms.ts'
import { readUnitValues } from '../reports/unit-values.ts'
import { listRewards } from '../rewards/catalogue/find-rewards.ts'
import type { UnitWorth } from './back-test.ts'

/**
 * Null where the rewards have no price in money: percentages of an order, goods without a price in
 * the catalogue, subscriptions, and points without rewards.
 */
export async function loadUnitWorth(
  q: Queryable,
  { businessId }: BusinessPrograms,
  { programId, type, definition }: PinnedVersion,
  today: IsoDate,
): Promise<UnitWorth | null> {
  const from = Temporal.PlainDate.from(today).subtract({ years: 1 }).toString()
  const values = await readUnitValues(q, businessId, [{ id: programId, type }], { from, to: today })
  const value = values.get(programId)
  if (value && value.money > 0) return { amount: value.money, units: value.units }
  const offers = await offersOf(q, businessId, programId, definition)
  const named = offers.flatMap(({ discount }) => discount.products ?? [])
  const prices = named.length === 0 ? [] : await q.query<Priced>(PRICES, [businessId, named])
  return bestWorth(offers, prices)
}

/** What can be had for units of the program. */
export interface Offer {
  units: number
  discount: Discount
}

interface Priced {
  id: string
  sku: string | null
  price: Minor
}

/** The offer that gives the most money for a unit. */
export function bestWorth(offers: readonly Offer[], prices: readonly Priced[]): UnitWorth | null {
  return offers
    .flatMap(({ units, discount }): UnitWorth[] => {
      const amount = amountOf(discount, prices)
      return units > 0 && amount !== null && amount > 0 ? [{ amount, units }] : []
    })
    .reduce<UnitWorth | null>(
      (best, one) =>
        best && BigInt(best.amount) * BigInt(one.units) >= BigInt(one.amount) * BigInt(best.units) ? best : one,
      null,
    )
}

const MOST_REWARDS = 200

async function offersOf(
  q: Queryable,
  businessId: Uuid,
  programId: Uuid,
  definition: Definition,
): Promise<readonly Offer[]> {
  if (definition.type === 'stamps') {
    const { discount } = definition.reward
    return discount ? [{ units: definition.goal, discount }] : []
  }
  if (definition.type !== 'points') return []
  const rewards = await listRewards(q, businessId, { programId, status: 'active' }, null, MOST_REWARDS)
  return rewards.map(({ price, terms }) => ({ units: price, discount: terms }))
}

/** Of several products, the dearest: what is owed is not understated. */
function amountOf(discount: Discount, prices: readonly Priced[]): Minor | null {
  const { kind, discount_amount, percent = 0, products, quantity = 1, max_discount_amount } = discount
  switch (kind) {
    case 'fixed_order':
    case 'fixed_products':
      return discount_amount ?? null
    case 'percent_order':
      return max_discount_amount ?? null
    case 'percent_products': {
      const known = prices.filter(({ id, sku }) => products?.includes(id) || (sku !== null && products?.includes(sku)))
      if (known.length === 0) return max_discount_amount ?? null
      const dearest = Math.max(...known.map(({ price }) => price))
      const amount = Math.floor((dearest * quantity * percent) / 100)
      return max_discount_amount === undefined ? amount : Math.min(amount, max_discount_amount)
    }
  }
}

const PRICES: Statement = {
  name: 'unit_worth_prices',
  text: `
select product_id as id, sku, price from catalogue_products
where business_id = $1 and gone_at is null and price is not null and (product_id = any ($2::text[]) or sku = any ($2::text[]))
limit 10000`,
}
