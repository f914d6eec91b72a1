// The menu: drinks with sizes and extras, pastries, beans by weight, and plans.
import type { Item, Option } from './types.ts'

/** The categories' ids in the POS. */
export const CATEGORY = {
  hot: '_7ad32937',
  cold: '_cold0001',
  bakery: '_bakery01',
  beans: '_beans001',
  plans: '_plans001',
}

const SIZES: readonly Option[] = [
  { id: 'size-s', name: 'Sample Small', nameAr: 'صغير', price: 1200 },
  { id: 'size-m', name: 'Sample Medium', nameAr: 'وسط', price: 1750 },
  { id: 'size-l', name: 'Sample Large', nameAr: 'كبير', price: 2400 },
]

const EXTRAS: readonly Option[] = [
  { id: 'extra-shot', name: 'Sample Extra Shot', nameAr: 'جرعة إضافية', price: 325 },
  { id: 'extra-syrup', name: 'Sample Syrup', nameAr: 'شراب', price: 250 },
  { id: 'no-sugar', name: 'Sample No Sugar', nameAr: 'بدون سكر', price: 0 },
]

const item = (
  product: string,
  category: string,
  name: string,
  nameAr: string,
  price: number,
  more: Partial<Item> = {},
): Item => ({
  product,
  sku: `SKU-${product}`,
  category,
  name: `Sample ${name}`,
  nameAr,
  price,
  sold: 'pieces',
  taxFree: false,
  options: [],
  ...more,
})

/** Items with a price of 0 get their price from a size, as on many real menus. */
export const MENU: readonly Item[] = [
  item('blue-north', CATEGORY.hot, 'Blue North', 'بلو نورث', 0, { options: SIZES }),
  item('flat-white', CATEGORY.hot, 'Flat White', 'فلات وايت', 1650, { options: EXTRAS }),
  item('espresso', CATEGORY.hot, 'Espresso', 'إسبريسو', 1075, { options: EXTRAS }),
  item('karak', CATEGORY.hot, 'Karak', 'كرك', 699),
  item('iced-latte', CATEGORY.cold, 'Iced Latte', 'لاتيه مثلج', 0, { options: SIZES }),
  item('cold-brew', CATEGORY.cold, 'Cold Brew', 'قهوة باردة', 1999, { options: EXTRAS }),
  item('lemonade', CATEGORY.cold, 'Lemonade', 'ليموناضة', 1333),
  item('croissant', CATEGORY.bakery, 'Croissant', 'كرواسون', 1150, { taxFree: true }),
  item('date-cake', CATEGORY.bakery, 'Date Cake', 'كيكة تمر', 1825),
  item('kunafa', CATEGORY.bakery, 'Kunafa', 'كنافة', 2847),
  item('beans-yemen', CATEGORY.beans, 'Yemeni Beans', 'بن يمني', 18000, { sold: 'weight' }),
  item('beans-house', CATEGORY.beans, 'House Beans', 'خلطة البيت', 9550, { sold: 'weight', taxFree: true }),
]

/** Buys a subscription. */
export const PLAN: Item = item('coffee-plan', CATEGORY.plans, 'Coffee Plan', 'باقة قهوة', 29900)

/**
 * The items that the standard format can express: no SKU and no options, so only items with their
 * own price.
 */
export function plainMenu(): Item[] {
  return MENU.filter((one) => one.price > 0).map((one) => ({ ...one, sku: '', options: [] }))
}
