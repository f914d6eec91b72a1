// The lines of made-up Foodics orders: products, and combos with their children, in the keys and their order of real ones.
import { decimal, type PricedLine, type PricedOrder, taxOfPart } from './fixture-money.ts'
import { modifierOption, named, product, user, vat } from './fixture-parts.ts'

/** A line in the keys of a real one; a child of a combo has the same. */
export function lineJson(line: PricedLine, sale: PricedOrder) {
  const { taxExclusive, left, net } = sale
  const voided = line.status === 5
  const ownTax = taxOfPart(line.own, line, left, taxExclusive)
  return {
    product: product(line),
    promotion: line.discountType === 5 ? named('_promo001', 'Sample Promotion', { type: 1, priority: 1 }) : null,
    discount: null,
    options: (line.options ?? []).map((option, index) => {
      const price = line.optionPrices[index] ?? 0
      const { id = '93254047-0000-461b-846f-000000000001', name = 'Sample Option', quantity = 1 } = option
      return {
        modifier_option: modifierOption(id, name, option.price ?? 0),
        taxes: price === 0 ? [] : [vat(decimal(taxOfPart(price, line, left, taxExclusive)), line.taxRate)],
        id: `${line.id}-${index}`,
        quantity,
        partition: 1,
        unit_price: option.price ?? 0,
        total_price: decimal(price),
        total_cost: 0,
        tax_exclusive_unit_price: decimal(net(Math.round(price / quantity / line.quantity), line.taxRate)),
        tax_exclusive_total_price: decimal(net(price, line.taxRate)),
        tax_exclusive_discount_amount: 0,
        added_at: '2023-01-01 14:53:58',
      }
    }),
    taxes: line.own === 0 ? [] : [vat(decimal(ownTax), line.taxRate)],
    timed_events: [],
    void_reason: voided ? named('_reas001', 'Sample Reason', { type: 1 }) : null,
    creator: user(),
    voider: voided ? user() : null,
    id: line.id,
    discount_type: line.discountType ?? (line.rewardCode ? 4 : line.off > 0 ? 1 : null),
    quantity: line.quantity,
    returned_quantity: 0,
    unit_price: line.price ?? 0,
    discount_amount: decimal(line.off),
    total_price: decimal(line.total),
    total_cost: 0,
    tax_exclusive_discount_amount: decimal(net(line.off, line.taxRate)),
    tax_exclusive_unit_price: decimal(net(Math.round((line.price ?? 0) * 1e5), line.taxRate)),
    tax_exclusive_total_price: decimal(net(line.total, line.taxRate)),
    status: line.status,
    is_ingredients_wasted: 0,
    delay_in_seconds: null,
    kitchen_notes: null,
    meta: { foodics: { uuid: line.id, ...loyalty(line) } },
    added_at: '2023-01-01 14:53:57',
    closed_at: '2023-01-01 15:06:16',
  }
}

export function comboJson(combo: PricedOrder['combos'][number], sale: PricedOrder) {
  return {
    id: combo.id,
    quantity: combo.quantity,
    discount_type: combo.off === 0 ? null : 1,
    discount_amount: decimal(combo.off),
    combo_size: {
      ...named('_size001', 'Sample Size', {}),
      combo: named('_comb001', 'Sample Combo', { sku: 'cmb-0001' }),
    },
    products: combo.lines.map((line) => lineJson(line, sale)),
  }
}

/** How a redeemed reward shows in the `meta` of a line or of an order. */
export function loyalty(by: { rewardCode?: string } | undefined) {
  return by?.rewardCode === undefined ? {} : { loyalty: { reward_code: by.rewardCode, app_id: 'sample-app' } }
}
