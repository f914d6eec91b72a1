// Programs that no shop would have, made to measure: times and places by a clock, money by scales,
// and all customers together by a budget.
import type { DefinitionInput, Rule } from '../../../contract/program.ts'
import { CATEGORY } from './menu.ts'
import type { Ms, Scheme } from './types.ts'

export const PER_RIYAL: Rule = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }

/**
 * Whoever comes at the first or the last minute of something shows whether it is counted; and of
 * two branches, which one it is.
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
 * So many units for all customers together: how many of them each one gets, depends on who comes
 * first.
 */
export function budgeted(opens: Ms, budget: number): Scheme {
  return scheme('budget', opens, [{ type: 'points', rules: [PER_RIYAL], caps: { budget, per_order: 40 } }])
}

/**
 * Weighs what each category costs by a number of its own: money in the wrong line shows. What is
 * named twice stays out.
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
