// The menu and the branches of the sample shop. Prices in halalas, tax included.

export interface Item {
  id: string
  name: string
  category: string
  price: number
}

export const HOT = '_7ad32937'

const item = (id: string, name: string, category: string, price: number): Item => ({ id, name, category, price })

/** With weights: how often each is ordered. */
export const MENU: readonly (readonly [weight: number, item: Item])[] = [
  [16, item('flat-white', 'Flat White', HOT, 1700)],
  [14, item('v60', 'V60', HOT, 1900)],
  [9, item('cappuccino', 'Cappuccino', HOT, 1600)],
  [8, item('espresso', 'Espresso', HOT, 1100)],
  [7, item('karak', 'Karak', HOT, 700)],
  [6, item('saudi-coffee', 'Saudi Coffee', HOT, 1200)],
  [13, item('iced-latte', 'Iced Latte', 'cold-drinks', 1800)],
  [9, item('iced-spanish', 'Iced Spanish Latte', 'cold-drinks', 2100)],
  [6, item('cold-brew', 'Cold Brew', 'cold-drinks', 2000)],
  [3, item('lemonade', 'Lemonade', 'cold-drinks', 1500)],
]

export const FOOD: readonly (readonly [weight: number, item: Item])[] = [
  [8, item('croissant', 'Croissant', 'bakery', 1200)],
  [6, item('date-cake', 'Date Cake', 'bakery', 1900)],
  [5, item('cookie', 'Cookie', 'bakery', 900)],
  [4, item('cheesecake', 'Cheesecake', 'bakery', 2600)],
  [2, item('sandwich', 'Turkey Sandwich', 'bakery', 2400)],
]

export const BEANS: Item = item('house-beans', 'House Beans 250 g', 'beans', 6500)

export const PLAN: Item = item('coffee-plan', 'Coffee Plan', 'plans', 29_900)

export interface Branch {
  id: string
  name: string
  cashiers: readonly string[]
  /** Visits on an average day at the end of the recording. */
  visits: number
}

export const BRANCHES: readonly Branch[] = [
  { id: 'olaya', name: 'Sample Olaya', cashiers: ['Sample Cashier 1', 'Sample Cashier 2'], visits: 35 },
  { id: 'malqa', name: 'Sample Malqa', cashiers: ['Sample Cashier 3', 'Sample Cashier 4'], visits: 23 },
  { id: 'hittin', name: 'Sample Hittin', cashiers: ['Sample Cashier 5'], visits: 15 },
]
