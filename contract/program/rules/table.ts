// All ways to earn, in the sequence in which forms and documentation list them. A way to earn is
// one file and one row here, and one file and one row in src/programs/rules.
import { type Static, Type } from 'typebox'
import type { FieldError } from '../../field-error.ts'
import { label } from '../label.ts'
import type { EarnArgs } from './earn.ts'
import { multiplier } from './multiplier.ts'
import { perAmount } from './per-amount.ts'
import { perItem } from './per-item.ts'
import { perOrder } from './per-order.ts'
import { percent } from './percent.ts'

const KINDS = { per_amount: perAmount, per_item: perItem, per_order: perOrder, percent, multiplier }

const KIND_SCHEMAS = Object.values<EarnArgs>(KINDS).map(({ args }) => args)

export type Earn = Static<(typeof KINDS)[keyof typeof KINDS]['args']>

export const EarnSchema = Type.Unsafe<Earn>(
  Type.Union(KIND_SCHEMAS, {
    'x-discriminator': 'kind',
    ...label('Earning', 'طريقة الكسب', 'What the customer earns.', 'ما يكسبه العميل.'),
  }),
)

export type EarnKind = Earn['kind']

/** `earn` has the right shape; `at` is its pointer. */
export function checkEarn(earn: Earn, at: string, type: 'points' | 'stamps' | 'cashback'): FieldError[] {
  const kind: EarnArgs = KINDS[earn.kind]
  return kind.check?.(at, type) ?? []
}
