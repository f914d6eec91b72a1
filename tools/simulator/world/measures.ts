// Programs that exist to detect errors: `clock` for times and branches, `scales` for money, and a
// budget for all customers together.
import type { DefinitionInput, Rule } from '../../../contract/program.ts'
import { CATEGORY } from './menu.ts'
import type { Ms, Scheme } from './types.ts'

export const PER_RIYAL: Rule = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }

/**
 * A sale in the first or last minute of a rule's hours shows whether it counted, and in which
 * branch.
 */
export function clock(opens: Ms): Scheme {
  const rule = (id: string, units: number, when: Rule['when']): Rule => ({
    id,
    earn: { kind: 'per_order', units },
    ...(when && { when }),
  })
  return scheme('clock', opens, [
    {
      type: 'points',
      rules: [
        rule('evening', 1, { hours: [{ from: '19:30', to: '21:00' }] }),
        rule('night', 10, { hours: [{ from: '23:15', to: '01:45' }] }),
        rule('weekend', 100, { weekdays: ['thu', 'fri', 'sat'], hours: [{ from: '22:20', to: '24:00' }] }),
        rule('harbour', 1_000, { branches: ['B01'] }),
        rule('not-the-mall', 10_000, { branches: ['B01', 'B03'], hours: [{ from: '20:15', to: '00:10' }] }),
      ],
    },
  ])
}

/**
 * A number of units for all customers together; the order of arrival decides how many each of them
 * gets.
 */
export function budgeted(opens: Ms, budget: number): Scheme {
  return scheme('budget', opens, [{ type: 'points', rules: [PER_RIYAL], caps: { budget, per_order: 40 } }])
}

/**
 * Multiplies the price of each category by its own factor, so that money in the wrong line is
 * detected. Products that are named twice are excluded.
 */
export function scales(opens: Ms, tax: 'included' | 'excluded'): Scheme {
  const weights = [CATEGORY.hot, CATEGORY.cold, CATEGORY.bakery, CATEGORY.beans].map(
    (category, index): Rule => ({
      id: `weigh-${index}`,
      when: { categories: { include: [category] } },
      earn: { kind: 'per_amount', units: [1, 3, 7, 11][index] ?? 1, per: 1 },
    }),
  )
  const choice = { include: ['espresso', 'karak', 'croissant'], exclude: ['SKU-karak'] }
  const named: Rule = { id: 'named', when: { products: choice }, earn: { kind: 'per_item', units: 1_000 } }
  return scheme(`scales-${tax}`, opens, [{ type: 'points', base: { tax }, rules: [...weights, named] }])
}

/** All versions after the first begin at `changes`. */
export function scheme(key: string, opens: Ms, definitions: DefinitionInput[], changes = opens): Scheme {
  const versions = definitions.map((definition, index) => ({ from: index === 0 ? opens : changes, definition }))
  return { key, versions, endsAt: null }
}
