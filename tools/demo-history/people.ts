// The customers of the sample shop: they join over the weeks, some come daily, many hardly ever.
import type { Random } from '../simulator/world/random.ts'

export interface Person {
  /** E.164. */
  phone: string
  name: string
  /** Branch where they usually are. */
  home: number
  /** How often they come, compared with others. */
  weight: number
  /** The day of the recording after which they no longer come. */
  lastDay: number
  favourite: number
  /** The last day of their coffee plan; -1 without one. */
  planUntil: number
  /** The day of its latest use: one drink a day. */
  planUsed: number
  /** What they have certainly earned and not used. */
  points: number
  stamps: number
  /** In halalas. */
  cashback: number
}

export interface People {
  known: Person[]
  /** A new customer, who comes from now on. */
  join(random: Random, day: number, home: number): Person
}

const ARABIC = ['نورة', 'سارة', 'عبدالله', 'محمد', 'ريم', 'فيصل', 'لمى', 'خالد', 'هند', 'سلطان', 'جود', 'تركي']
const LATIN = ['Noura', 'Sara', 'Omar', 'Reem', 'Faisal', 'Lama', 'Khalid', 'Hind', 'Yousef', 'Dana', 'Priya', 'Adam']

export function createPeople(random: Random): People {
  const known: Person[] = []
  const offset = random.int(100, 200)
  const join: People['join'] = (own, day, home) => {
    const number = known.length + 1
    const isArabic = own.chance(58)
    const person: Person = {
      phone: `+96650000${String(1000 + offset + number).padStart(4, '0')}`,
      name: isArabic ? `${own.pick(ARABIC)} (عميل تجريبي ${number})` : `Sample ${own.pick(LATIN)} ${number}`,
      home: own.chance(82) ? home : own.int(0, 2),
      weight: own.weighted([
        [45, 1],
        [30, 4],
        [18, 10],
        [7, 22],
      ]),
      lastDay: own.chance(30) ? day + own.int(0, 25) : Number.POSITIVE_INFINITY,
      favourite: own.int(0, 9),
      planUntil: -1,
      planUsed: -1,
      points: 0,
      stamps: 0,
      cashback: 0,
    }
    known.push(person)
    return person
  }
  return { known, join }
}

/** Somebody who still comes, by weight; null when nobody does. */
export function pickKnown(random: Random, { known }: People, day: number, branch: number): Person | null {
  const here = known.filter(({ home, lastDay }) => lastDay >= day && (home === branch || random.chance(4)))
  if (here.length === 0) return null
  return random.weighted(here.map((person) => [person.weight, person] as const))
}
