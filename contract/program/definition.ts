// The program definition: a union of the four types, and the TypeScript types of definitions with
// and without defaults.
import { type Static, Type } from 'typebox'
import type { DEFAULTS } from './defaults.ts'
import { label } from './label.ts'
import type { Plan } from './plan.ts'
import { CashbackSchema } from './types/cashback.ts'
import { PointsSchema } from './types/points.ts'
import { StampsSchema } from './types/stamps.ts'
import { SubscriptionSchema } from './types/subscription.ts'

/** A definition as sent; `normaliseDefinition` fills in the defaults. */
export const DefinitionSchema = Type.Union([PointsSchema, StampsSchema, CashbackSchema, SubscriptionSchema], {
  'x-discriminator': 'type',
  ...label(
    'Program definition',
    'تعريف البرنامج',
    'What a loyalty program gives and on which conditions.',
    'ما يمنحه برنامج الولاء وشروطه.',
  ),
})

export type DefinitionInput = Static<typeof DefinitionSchema>

export type ProgramType = DefinitionInput['type']

type Filled<Input> = Input & Required<Pick<Input, keyof Input & keyof typeof DEFAULTS>>

export type PointsDefinition = Filled<Static<typeof PointsSchema>>
export type StampsDefinition = Filled<Static<typeof StampsSchema>>
export type CashbackDefinition = Filled<Static<typeof CashbackSchema>>
export type SubscriptionDefinition = Filled<Static<typeof SubscriptionSchema>> & { plan: Plan }

/** Every type but subscription: the types that earn by rules. */
export type EarningDefinition = PointsDefinition | StampsDefinition | CashbackDefinition

/** A definition with its defaults filled in: as stored and evaluated. */
export type Definition = EarningDefinition | SubscriptionDefinition
