// The customers of a shop: most come rarely, some every day, each with favourites.
import type { Random } from './random.ts'
import type { Item, Person, Shop } from './types.ts'

/**
 * Sample people. Their phone numbers depend on the seed, so that worlds of different seeds hardly
 * ever share one.
 */
export function makePeople(random: Random, count: number, country: PhoneCountry, menu: readonly Item[]): Person[] {
  const first = random.int(0, 9_000_000)
  const prefix = random.pick(country === 'OM' ? ['9'] : ['50', '53', '55', '56'])
  return Array.from({ length: count }, (_, index) => {
    const own = random.fork(index)
    const national = `${prefix}${String((first + index) % 10_000_000).padStart(7, '0')}`
    const dialCode = country === 'OM' ? 968 : 966
    return {
      phone: { dialCode, national, e164: `+${dialCode}${national}` },
      id: own.uuid(),
      name: `Sample Customer ${index + 1}`,
      birthDate: own.chance(30) ? birthDate(own) : null,
      blacklisted: index % 25 === 3,
      weight: own.weighted([
        [60, 1],
        [30, 4],
        [10, 15],
      ]),
      favourites: own.sample(menu, 3),
    }
  })
}

export type PhoneCountry = 'SA' | 'OM'

export function countryOf({ currency }: Pick<Shop, 'currency'>): PhoneCountry {
  return currency === 'OMR' ? 'OM' : 'SA'
}

/** Many in March, when the simulated days are, and some on 29 February. */
function birthDate(random: Random): string {
  const year = random.int(1960, 2008)
  if (random.chance(5)) return `${year - (year % 4)}-02-29`
  const month = random.chance(40) ? 3 : random.int(1, 12)
  return `${year}-${String(month).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`
}
