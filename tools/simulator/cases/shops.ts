// The shops of the scripted cases, with sales of the last weeks; each customer belongs to one case.
import type { DefinitionInput } from '../../../contract/program.ts'
import { CATEGORY, MENU, PLAN, plainMenu } from '../world/menu.ts'
import { makePeople } from '../world/people.ts'
import type { Random } from '../world/random.ts'
import type { Ms, Scheme, Shop } from '../world/types.ts'
import { DAY } from './context.ts'

/** Days after the last order until points expire. */
export const WINDOW_DAYS = 10

/** Uses per period of the plan, and its length in days. */
export const PLAN_USES = 5
export const PLAN_DAYS = 30

/** Discount of the reward for one product, and its price in points. */
export const LATTE = { product: 'sample-latte', price: 1800, points: 10 }

/** One shop of each order format. */
export function makeCaseShops(random: Random, people: number, now: Ms): Shop[] {
  return (['foodics', 'standard'] as const).map((pos) => {
    const own = random.fork(pos)
    const menu = pos === 'foodics' ? [...MENU, PLAN] : plainMenu()
    return {
      key: `cases-${pos}`,
      name: `Sample Cases ${pos}`,
      nameAr: 'حالات تجريبية',
      pos,
      reference: String(own.int(100_000, 999_999)),
      currency: 'SAR',
      digits: 2,
      zone: 'Asia/Riyadh',
      taxPercent: 15,
      taxIncluded: true,
      takesBack: true,
      menu,
      branches: [{ id: own.uuid(), name: 'Sample Branch', nameAr: 'فرع تجريبي', reference: 'B01', skewMs: 0 }],
      people: makePeople(own.fork('people'), people, 'SA', menu).map((person) => ({ ...person, blacklisted: false })),
      schemes: schemesOf(now - 120 * DAY),
    }
  })
}

function schemesOf(opens: Ms): Scheme[] {
  const definitions: Record<string, DefinitionInput> = {
    sliding: {
      type: 'points',
      rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }],
      expiry: { kind: 'sliding', days: WINDOW_DAYS },
    },
    points: { type: 'points', rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }] },
    plan: {
      type: 'subscription',
      plan: {
        products_bought: [PLAN.product],
        period: { unit: 'days', count: PLAN_DAYS },
        uses_per_period: PLAN_USES,
        categories: { include: [CATEGORY.hot] },
      },
    },
  }
  return Object.entries(definitions).map(([key, definition], index) => ({
    key,
    versions: [{ from: opens + index * 60_000, definition }],
    endsAt: null,
  }))
}
