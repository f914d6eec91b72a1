// The loyalty programs of the simulated shops; together they use every option of a program's rules.
import type { Rule } from '../../../contract/program.ts'
import type { Calendar } from './calendar.ts'
import { budgeted, clock, PER_RIYAL, scales, scheme } from './measures.ts'
import { CATEGORY, PLAN } from './menu.ts'
import { CARD_WORTH } from './rewards.ts'
import type { Scheme } from './types.ts'

const REWARD = {
  name: { en: 'Sample drink', ar: 'مشروب تجريبي' },
  discount: { kind: 'fixed_order' as const, discount_amount: CARD_WORTH },
}

/** A coffee bar: returns, new versions, a first order, double points at night, a birthday. */
export function coffeeBar({ opens, changes, ends }: Calendar): Scheme[] {
  return [
    scheme(
      'points',
      opens,
      [
        {
          type: 'points',
          rules: [
            PER_RIYAL,
            { id: 'welcome', when: { first_order: true }, earn: { kind: 'per_order', units: 50 } },
            {
              id: 'birthday',
              when: { birthday: { days_before: 3, days_after: 4 } },
              earn: { kind: 'per_order', units: 25 },
            },
            {
              id: 'late-nights',
              when: { weekdays: ['thu', 'fri'], hours: [{ from: '22:00', to: '02:30' }] },
              earn: { kind: 'multiplier', numerator: 3, denominator: 2 },
            },
          ],
        },
        {
          type: 'points',
          base: { tax: 'excluded' },
          rules: [
            { id: 'spend', earn: { kind: 'per_amount', units: 3, per: 1000 } },
            { id: 'welcome', when: { first_order: true }, earn: { kind: 'per_order', units: 40 } },
            { id: 'big', when: { minimum_amount: 6000 }, earn: { kind: 'multiplier', numerator: 2, denominator: 1 } },
          ],
          caps: { per_order: 45 },
          expiry: { kind: 'fixed', date: '2099-12-31' },
        },
      ],
      changes,
    ),
    scheme(
      'stamps',
      opens,
      [
        { type: 'stamps', rules: [hotDrinks('per-drink')], goal: 6, reward: REWARD },
        { type: 'stamps', rules: [hotDrinks('per-drink')], goal: 8, reward: { ...REWARD, valid_days: 3660 } },
      ],
      changes,
    ),
    scheme('cashback', opens, [
      {
        type: 'cashback',
        rules: [
          {
            id: 'share',
            when: { payments: { exclude: ['gift_card', 'house_account'] } },
            earn: { kind: 'percent', basis_points: 500 },
          },
        ],
        pending_days: 2,
        expiry: { kind: 'after', months: 120, month_end: true },
        on_return: 'pro_rata',
        maximum_share_basis_points: 1250,
      },
    ]),
    scheme('plan', opens, [
      {
        type: 'subscription',
        plan: {
          price: PLAN.price,
          products_bought: [PLAN.product],
          period: { unit: 'month', count: 1 },
          periods: 120,
          renewal: 'parallel',
          uses_per_period: 30,
          per_day_limit: 1,
          categories: { include: [CATEGORY.hot] },
        },
      },
    ]),
    {
      ...scheme('opening', opens, [
        {
          type: 'points',
          rules: [
            {
              id: 'visit',
              when: { order_types: ['dine_in', 'pick_up'], channels: ['cashier'] },
              earn: { kind: 'per_order', units: 7 },
            },
          ],
        },
      ]),
      endsAt: ends,
    },
    scales(opens, 'included'),
    scales(opens, 'excluded'),
    clock(opens),
  ]
}

/**
 * A roastery whose prices are without tax: amounts of both bases, weighed goods, the best of
 * several rules.
 */
export function roastery({ opens, changes }: Calendar): Scheme[] {
  return [
    scheme('points', opens, [
      {
        type: 'points',
        combine: 'best',
        rules: [
          { id: 'any', earn: { kind: 'per_amount', units: 7, per: 1000 } },
          {
            id: 'beans',
            when: { categories: { include: [CATEGORY.beans] } },
            earn: { kind: 'per_amount', units: 13, per: 1000 },
          },
          {
            id: 'cakes',
            when: { categories: { exclude: [CATEGORY.beans, CATEGORY.hot] } },
            earn: { kind: 'per_item', units: 9 },
          },
        ],
      },
    ]),
    scheme(
      'cashback',
      opens,
      [
        {
          type: 'cashback',
          base: { tax: 'excluded' },
          rules: [
            {
              id: 'beans',
              when: { products: { include: ['SKU-beans-yemen', 'beans-house'] }, minimum_amount: 2500 },
              earn: { kind: 'percent', basis_points: 750 },
            },
            {
              id: 'others',
              when: { products: { exclude: ['beans-yemen', 'SKU-beans-house'] } },
              earn: { kind: 'percent', basis_points: 125 },
            },
          ],
        },
        {
          type: 'cashback',
          rules: [{ id: 'all', earn: { kind: 'percent', basis_points: 333 } }],
          caps: { per_order: 400 },
          on_return: 'never',
        },
      ],
      changes,
    ),
    scheme('stamps', opens, [
      {
        type: 'stamps',
        rules: [
          { id: 'weight', when: { categories: { include: [CATEGORY.beans] } }, earn: { kind: 'per_item', units: 3 } },
          { id: 'visit', when: { minimum_amount: 1500 }, earn: { kind: 'per_order', units: 1 } },
        ],
        goal: 10,
        reward: REWARD,
      },
    ]),
    scheme('plan', opens, [
      {
        type: 'subscription',
        plan: {
          products_bought: [PLAN.sku],
          period: { unit: 'days', count: 300 },
          periods: 20,
          uses_per_period: 12,
          rollover: 'next_period',
          renewal: 'parallel',
          minutes_between_uses: 1440,
        },
      },
    ]),
    scales(opens, 'included'),
    scales(opens, 'excluded'),
    clock(opens),
  ]
}

/**
 * A bakery on the standard format: `combine: first`, payment methods, dates, sliding expiry.
 */
export function bakery({ opens, changes }: Calendar): Scheme[] {
  const lastDay = new Date(changes).toISOString().slice(0, 10)
  return [
    scheme('points', opens, [
      {
        type: 'points',
        combine: 'first',
        rules: [
          {
            id: 'feast',
            when: { categories: { include: [CATEGORY.bakery] }, minimum_amount: 3000, dates: { to: lastDay } },
            earn: { kind: 'per_amount', units: 5, per: 300 },
          },
          { id: 'cash', when: { payments: { include: ['cash'] } }, earn: { kind: 'per_amount', units: 2, per: 175 } },
          { id: 'any', earn: { kind: 'per_order', units: 3 } },
          {
            id: 'weekend',
            when: { weekdays: ['fri', 'sat'] },
            earn: { kind: 'multiplier', numerator: 5, denominator: 4 },
          },
        ],
        expiry: { kind: 'sliding', days: 3660 },
      },
    ]),
    scheme(
      'stamps',
      opens,
      [
        {
          type: 'stamps',
          rules: [
            { id: 'piece', when: { categories: { include: [CATEGORY.bakery] } }, earn: { kind: 'per_item', units: 2 } },
          ],
          goal: 7,
          reward: REWARD,
        },
        {
          type: 'stamps',
          rules: [
            {
              id: 'piece',
              when: { categories: { include: [CATEGORY.bakery, CATEGORY.hot] } },
              earn: { kind: 'per_item', units: 1 },
            },
          ],
          goal: 5,
          reward: REWARD,
        },
      ],
      changes,
    ),
    scheme('cashback', opens, [
      {
        type: 'cashback',
        rules: [
          { id: 'share', earn: { kind: 'percent', basis_points: 777 } },
          { id: 'flat', when: { minimum_amount: 5000 }, earn: { kind: 'per_amount', units: 3, per: 700 } },
        ],
        on_return: 'pro_rata',
        minimum_to_redeem: 150,
        maximum_share_basis_points: 333,
      },
    ]),
    scheme('plan', opens, [
      {
        type: 'subscription',
        plan: {
          products_bought: [PLAN.product],
          period: { unit: 'week', count: 1 },
          periods: 2,
          uses_per_period: 5,
          renewal: 'parallel',
        },
      },
    ]),
    scales(opens, 'included'),
    clock(opens),
  ]
}

/**
 * A kiosk without returns. Limits over several orders and carried fractions then give the same
 * result in every order of arrival; with returns they do not, so the other shops have no such
 * programs.
 */
export function kiosk({ opens, budget }: Calendar): Scheme[] {
  return [
    scheme('points', opens, [{ type: 'points', rules: [PER_RIYAL], caps: { per_customer: { day: 60, week: 150 } } }]),
    scheme('cashback', opens, [
      { type: 'cashback', rounding: 'carry', rules: [{ id: 'share', earn: { kind: 'percent', basis_points: 333 } }] },
    ]),
    scheme('stamps', opens, [
      {
        type: 'stamps',
        rules: [hotDrinks('per-drink')],
        caps: { per_customer: { day: 4, month: 21 } },
        goal: 5,
        reward: REWARD,
      },
    ]),
    // Counts the business dates with at least one order.
    scheme('days', opens, [
      {
        type: 'points',
        rules: [{ id: 'day', earn: { kind: 'per_order', units: 1 } }],
        caps: { per_customer: { day: 1 } },
      },
    ]),
    scales(opens, 'excluded'),
    clock(opens),
    budgeted(opens, budget),
  ]
}

function hotDrinks(id: string): Rule {
  return { id, when: { categories: { include: [CATEGORY.hot] } }, earn: { kind: 'per_item', units: 1 } }
}
