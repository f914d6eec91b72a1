// Writes the lines of a Foodics order: products with their options, taxes and states.
import type { BillLine, Exact, Line, Shop, Ticket } from '../world/types.ts'
import { menuTimes, named, taxJson, userJson } from './foodics-parts.ts'

export function lineJson(shop: Shop, ticket: Ticket, line: Line, index: number, closedAt: string | null) {
  const bill = ticket.bill.lines[index] ?? NO_BILL
  const status = statusOf(ticket, line)
  const discount = exact(shop, line.discount)
  return {
    product: productJson(shop, line),
    promotion: null,
    discount: null,
    ...taxedJson(shop, line, bill),
    timed_events: [],
    void_reason: status === 5 ? named('_void001', 'Sample Mistake', { type: 1 }) : null,
    creator: userJson(ticket.branch),
    voider: status === 5 ? userJson(ticket.branch) : null,
    id: line.id,
    discount_type: discount > 0 ? (line.rewardCode === undefined ? 1 : 4) : null,
    quantity: line.quantity / 1000,
    returned_quantity: 0,
    unit_price: line.item.price / 10 ** shop.digits,
    discount_amount: decimal(discount),
    total_price: decimal(bill.price),
    total_cost: 0,
    tax_exclusive_discount_amount: shop.taxIncluded
      ? decimal(Math.round((discount * 100) / (100 + shop.taxPercent)))
      : decimal(discount),
    tax_exclusive_unit_price: null,
    tax_exclusive_total_price: decimal(bill.net),
    status,
    is_ingredients_wasted: 0,
    delay_in_seconds: null,
    kitchen_notes: null,
    meta: { foodics: { uuid: line.id, ...(line.rewardCode !== undefined && loyaltyJson(line.rewardCode)) } },
    added_at: closedAt,
    closed_at: closedAt,
  }
}

const NO_BILL: BillLine = { price: 0, off: 0, discountNet: 0, addedTax: 0, net: 0, tax: 0 }

/** Voided lines keep their price. */
function statusOf({ state }: Ticket, { voided }: Line): number {
  if (state === 'void' || voided) return 5
  return { draft: 1, open: 2, paid: 3, returned: 6, joined: 4 }[state]
}

/**
 * The tax is where the price is: on the product, or on the options of a product without a price.
 */
function taxedJson(shop: Shop, line: Line, { tax }: BillLine) {
  const priced = line.item.price > 0 || line.options.length === 0
  const taxes = line.item.taxFree ? [] : [taxJson(decimal(tax), shop.taxPercent)]
  return {
    options: line.options.map(({ option, quantity }, index) => {
      const total = exact(shop, option.price) * quantity * (line.quantity / 1000)
      const net = shop.taxIncluded ? Math.round((total * 100) / (100 + shop.taxPercent)) : total
      return {
        modifier_option: {
          ...named(option.id, option.name, { name_localized: option.nameAr }),
          sku: null,
          is_active: true,
          price: option.price / 10 ** shop.digits,
          index: 0,
        },
        taxes: !priced && index === 0 ? taxes : [],
        id: `${line.id}-${index}`,
        quantity,
        partition: 1,
        unit_price: option.price / 10 ** shop.digits,
        total_price: decimal(total),
        total_cost: 0,
        tax_exclusive_unit_price: null,
        tax_exclusive_total_price: decimal(net),
        tax_exclusive_discount_amount: 0,
        added_at: null,
      }
    }),
    taxes: priced ? taxes : [],
  }
}

function loyaltyJson(code: string) {
  return { loyalty: { reward_code: code } }
}

function productJson({ digits }: Shop, { item }: Line) {
  return {
    category: named(item.category, 'Sample Category', { reference: null, image: null }),
    ingredients: [],
    id: item.product,
    sku: item.sku,
    barcode: null,
    name: item.name,
    name_localized: item.nameAr,
    description: null,
    description_localized: null,
    image: null,
    is_active: true,
    is_stock_product: false,
    is_ready: true,
    pricing_method: 1,
    selling_method: item.sold === 'weight' ? 2 : 1,
    costing_method: 2,
    preparation_time: null,
    price: item.price / 10 ** digits,
    cost: null,
    calories: 0,
    ...menuTimes(),
    meta: null,
  }
}

function exact({ digits }: Shop, minor: number): Exact {
  return minor * 10 ** (5 - digits)
}

function decimal(amount: Exact): number {
  return amount / 100_000
}
