// The fields that points, stamps and cashback programs share: rules and options.
import { Type } from 'typebox'
import { label } from '../label.ts'
import { optionFields } from '../options.ts'
import { RuleSchema } from '../rule.ts'

export const earningFields = {
  rules: Type.Array(RuleSchema, {
    minItems: 1,
    maxItems: 50,
    ...label(
      'Rules',
      'القواعد',
      'What customers earn for. Rules are checked in this order.',
      'ما يكسب العميل مقابله. تُطبَّق القواعد بهذا الترتيب.',
    ),
  }),
  ...optionFields,
}
