// One rule of a program: when it applies, which goods it applies to and what it gives.
import { type Static, Type } from 'typebox'
import { WhenSchema } from './conditions/table.ts'
import { NameSchema } from './fields.ts'
import { CLOSED, label } from './label.ts'
import { EarnSchema } from './rules/table.ts'

export const RuleSchema = Type.Object(
  {
    id: Type.String({
      pattern: '^[a-z0-9][a-z0-9_-]{0,39}$',
      'x-form': 'a-z 0-9 _ -',
      ...label(
        'Id',
        'المعرّف',
        'Short lower-case name, unique in the program. Movements refer to rules by it.',
        'اسم قصير بأحرف إنجليزية صغيرة، لا يتكرر في البرنامج. تشير إليه الحركات.',
      ),
    }),
    name: Type.Optional(NameSchema),
    when: Type.Optional(WhenSchema),
    earn: EarnSchema,
  },
  {
    ...CLOSED,
    ...label('Rule', 'القاعدة', 'When the rule applies and what it earns.', 'متى تنطبق القاعدة وما الذي تمنحه.'),
  },
)

export type Rule = Static<typeof RuleSchema>
