// All conditions, in the sequence in which forms and documentation list them. A condition is one
// file and one row here, and one file and one row in src/programs/conditions.
import { type Static, type TOptional, type TSchema, Type } from 'typebox'
import type { FieldError } from '../../field-error.ts'
import { CLOSED, label } from '../label.ts'
import { birthday } from './birthday.ts'
import { branches } from './branches.ts'
import { categories } from './categories.ts'
import { channels } from './channels.ts'
import type { ConditionArgs } from './condition.ts'
import { dates } from './dates.ts'
import { firstOrder } from './first-order.ts'
import { hours } from './hours.ts'
import { minimumAmount } from './minimum-amount.ts'
import { orderTypes } from './order-types.ts'
import { payments } from './payments.ts'
import { products } from './products.ts'
import { weekdays } from './weekdays.ts'

const CONDITIONS = {
  order_types: orderTypes,
  channels,
  branches,
  weekdays,
  hours,
  dates,
  minimum_amount: minimumAmount,
  products,
  categories,
  first_order: firstOrder,
  birthday,
  payments,
}

type Table = typeof CONDITIONS
type WhenProperties = { [Name in keyof Table]: TOptional<Table[Name]['args']> }

/** The `when` of a rule: every condition that is given must hold. */
export const WhenSchema = Type.Object(
  Object.fromEntries(
    Object.entries<ConditionArgs>(CONDITIONS).map(([name, { args }]) => [name, Type.Optional(args)]),
  ) as WhenProperties,
  {
    ...CLOSED,
    ...label(
      'Conditions',
      'الشروط',
      'All conditions must be met. Without conditions, the rule always applies.',
      'يجب أن تتحقق جميع الشروط. بدون شروط تنطبق القاعدة دائمًا.',
    ),
  },
)

export type When = Static<typeof WhenSchema>
export type ConditionName = keyof When

/** `when` has the right shape; `at` is its pointer. */
export function checkWhen(when: When, at: string): FieldError[] {
  return Object.entries<ConditionArgs<TSchema>>(CONDITIONS).flatMap(([name, { check }]) => {
    const args = when[name as ConditionName]
    return args === undefined || !check ? [] : check(args, `${at}/${name}`)
  })
}
