// The shops of a world: four of different kinds for an empty LoyaPro, or one existing business.
import type { Calendar } from './calendar.ts'
import { MENU, PLAN, plainMenu } from './menu.ts'
import { countryOf, makePeople } from './people.ts'
import type { Random } from './random.ts'
import { bakery, coffeeBar, kiosk, roastery } from './schemes.ts'
import type { Branch, FaultLevel, Item, Ms, Scheme, Shop } from './types.ts'

/** The properties of an existing business. */
export type GivenShop = Pick<Shop, 'pos' | 'reference' | 'currency' | 'digits' | 'zone' | 'schemes'>

export interface ShopsSpec {
  /** The first business date. */
  firstDay: string
  days: number
  /** Number of customers per shop. */
  people: number
  faultLevel: FaultLevel
  /** Absent: the world creates its own shops and programs. */
  given?: GivenShop
}

export function makeShops(random: Random, spec: ShopsSpec): Shop[] {
  const calendar = calendarOf(spec)
  const kinds = spec.given
    ? [givenKind(spec.given)]
    : KINDS.map(({ programs, ...kind }) => ({ ...kind, schemes: oneAfterAnother(programs(calendar)) }))
  return kinds.map(({ menu, ...kind }) => {
    const own = random.fork(kind.key)
    return {
      ...kind,
      reference: spec.given?.reference ?? String(own.int(100_000, 999_999)),
      menu,
      branches: makeBranches(own.fork('branches'), kind.key, spec.faultLevel),
      people: makePeople(own.fork('people'), spec.people, countryOf(kind), menu),
    }
  })
}

interface Kind extends Omit<Shop, 'reference' | 'branches' | 'people' | 'schemes'> {
  programs: (calendar: Calendar) => Scheme[]
}

const KINDS: readonly Kind[] = [
  { ...kind('coffee', 'Sample Coffee Bar', 'مقهى تجريبي', MENU), programs: coffeeBar },
  {
    ...kind('roastery', 'Sample Roastery', 'محمصة تجريبية', MENU),
    currency: 'OMR',
    digits: 3,
    zone: 'Asia/Muscat',
    taxPercent: 5,
    taxIncluded: false,
    programs: roastery,
  },
  { ...kind('bakery', 'Sample Bakery', 'مخبز تجريبي', plainMenu()), pos: 'standard', programs: bakery },
  { ...kind('kiosk', 'Sample Kiosk', 'كشك تجريبي', MENU), takesBack: false, programs: kiosk },
]

/** Programs of a business change one at a time: each one minute after the previous one. */
function oneAfterAnother(schemes: readonly Scheme[]): Scheme[] {
  return schemes.map(({ key, versions, endsAt }, index) => ({
    key,
    versions: versions.map(({ from, definition }) => ({ from: from + index * 60_000, definition })),
    endsAt: endsAt === null ? null : endsAt + index * 60_000,
  }))
}

function kind(key: string, name: string, nameAr: string, menu: readonly Item[]) {
  const till = {
    pos: 'foodics',
    currency: 'SAR',
    digits: 2,
    zone: 'Asia/Riyadh',
    taxPercent: 15,
    taxIncluded: true,
  } as const
  return { key, name, nameAr, ...till, takesBack: true, menu: key === 'kiosk' ? menu : [...menu, PLAN] }
}

function givenKind(given: GivenShop) {
  const menu = given.pos === 'standard' ? plainMenu() : MENU
  return { ...kind('given', 'Sample Shop', 'متجر تجريبي', menu), ...given }
}

/** The clocks of their tills are wrong by minutes, or by up to an hour. */
function makeBranches(random: Random, key: string, faultLevel: FaultLevel): Branch[] {
  const most = { none: 0, some: 5, full: 60 }[faultLevel]
  return ['B01', 'B02', 'B03'].map((reference, index) => ({
    id: random.fork(reference).uuid(),
    name: `Sample Branch ${index + 1} of ${key}`,
    nameAr: `فرع تجريبي ${index + 1}`,
    reference,
    skewMs: random.int(-most, most) * 60_000,
  }))
}

function calendarOf({ firstDay, days, people }: ShopsSpec): Calendar {
  const day = (offset: number): Ms => Date.parse(`${firstDay}T15:00:00Z`) + Math.round(offset * 24) * 3_600_000
  return { opens: day(-30), changes: day(days * 0.45), ends: day(days * 0.7), budget: people * 70 }
}
