// What a visit orders.
import type { Random } from '../simulator/world/random.ts'
import { BEANS, FOOD, type Item, MENU } from './menu.ts'
import type { Person } from './people.ts'

export interface Line {
  item: Item
  quantity: number
}

export function basketOf(random: Random, person: Person | null): Line[] {
  const favourite = person && random.chance(65) ? (MENU[person.favourite]?.[1] ?? null) : null
  const drinks = random.weighted([
    [70, 1],
    [24, 2],
    [6, 3],
  ])
  const lines: Line[] = [{ item: favourite ?? random.weighted(MENU), quantity: drinks === 3 ? 2 : 1 }]
  if (drinks > 1) add(lines, random.weighted(MENU))
  if (random.chance(person ? 38 : 28)) add(lines, random.weighted(FOOD))
  if (random.chance(person ? 2.5 : 1)) add(lines, BEANS)
  return lines
}

function add(lines: Line[], item: Item): void {
  const same = lines.find((line) => line.item.id === item.id)
  if (same) same.quantity += 1
  else lines.push({ item, quantity: 1 })
}

/** In halalas. */
export function totalOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { item, quantity }) => sum + item.price * quantity, 0)
}
