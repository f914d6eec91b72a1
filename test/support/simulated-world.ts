// Tickets for tests of the simulator's bodies and model.
import { calculateBill } from '../../tools/simulator/world/prices.ts'
import type { Extras, Item, Line, Person, Scheme, Shop, Ticket } from '../../tools/simulator/world/types.ts'

export const FAISAL: Person = {
  phone: { dialCode: 966, national: '500000001', e164: '+966500000001' },
  id: 'sample-1',
  name: 'Sample Customer 1',
  birthDate: null,
  blacklisted: false,
  weight: 1,
  favourites: [],
}

/**
 * North Coffee: SAR, 15 % in the prices, 1 point per 1.00, 1 stamp per hot drink with goal 6, 5 %
 * back.
 */
export function northCoffee(changes: Partial<Shop> = {}): Shop {
  return {
    key: 'north',
    name: 'Sample North Coffee',
    nameAr: 'نورث كوفي',
    pos: 'foodics',
    reference: '440810',
    currency: 'SAR',
    digits: 2,
    zone: 'Asia/Riyadh',
    taxPercent: 15,
    taxIncluded: true,
    takesBack: true,
    menu: [],
    branches: [{ id: 'b1', name: 'Sample Branch', nameAr: 'فرع', reference: 'B01', skewMs: 0 }],
    people: [FAISAL],
    schemes: NORTH_COFFEE,
    ...changes,
  }
}

const OPENS = Date.parse('2020-01-01T00:00:00Z')

const NORTH_COFFEE: Scheme[] = [
  { type: 'points' as const, rules: [{ id: 'spend', earn: { kind: 'per_amount' as const, units: 1, per: 100 } }] },
  {
    type: 'stamps' as const,
    rules: [{ id: 'hot', when: { categories: { include: ['hot'] } }, earn: { kind: 'per_item' as const, units: 1 } }],
    goal: 6,
    reward: { name: { en: 'Sample drink', ar: 'مشروب' } },
  },
  { type: 'cashback' as const, rules: [{ id: 'share', earn: { kind: 'percent' as const, basis_points: 500 } }] },
].map((definition) => ({ key: definition.type, versions: [{ from: OPENS, definition }], endsAt: null }))

export function drink(price: number, more: Partial<Item> = {}): Item {
  return {
    product: `drink-${price}`,
    sku: '',
    category: 'hot',
    name: 'Sample',
    nameAr: 'تجريبي',
    price,
    sold: 'pieces',
    taxFree: false,
    options: [],
    ...more,
  }
}

export function line(item: Item, quantity = 1000, more: Partial<Line> = {}): Line {
  return {
    id: `${item.product}-${quantity}`,
    item,
    quantity,
    options: [],
    discount: 0,
    voided: false,
    combo: null,
    ...more,
  }
}

/** A sale that was paid on 1 January 2023. */
export function ticket(
  shop: Shop,
  lines: readonly Line[],
  more: Partial<Ticket> = {},
  extras: Partial<Extras> = {},
): Ticket {
  const whole = { discount: null, charge: 0, giftCard: 0, rounds: false, ...extras }
  const [branch] = shop.branches
  if (!branch) throw new RangeError('a shop without a branch')
  return {
    id: 'sale-1',
    number: 1,
    state: 'paid',
    voidCode: 7,
    original: null,
    branch,
    customer: FAISAL,
    type: 'dine_in',
    channel: 'cashier',
    openedAt: Date.parse('2023-01-01T14:53:57Z'),
    closedAt: Date.parse('2023-01-01T15:06:16Z'),
    updatedAt: Date.parse('2023-01-01T15:07:05Z'),
    sentAt: Date.parse('2023-01-01T15:07:05Z'),
    businessDate: '2023-01-01',
    lines,
    extras: whole,
    bill: calculateBill(shop, lines, whole),
    payments: [],
    refunds: [],
    back: null,
    ...more,
  }
}

/** A return of the sale: of these quantities of its lines, by position. */
export function giveBack(shop: Shop, sale: Ticket, quantities: readonly number[], id = 'return-1'): Ticket {
  const lines = quantities.map((quantity, index) => ({ line: index, quantity })).filter(({ quantity }) => quantity > 0)
  return ticket(shop, [], { id, state: 'returned', original: { id: sale.id, number: 1 }, back: { lines, amount: 0 } })
}
