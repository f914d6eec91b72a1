// The definition of a loyalty program: one description for the API, the dashboard's form and the
// documentation.

export type { ConditionName, When } from './program/conditions/table.ts'
export {
  type Definition,
  type DefinitionInput,
  DefinitionSchema,
  type EarningDefinition,
  type ProgramType,
  type SubscriptionDefinition,
} from './program/definition.ts'
export type { Expiry } from './program/expiry.ts'
export type { Hours } from './program/fields.ts'
export type { Filter } from './program/filter.ts'
export { normaliseDefinition } from './program/normalise.ts'
export type { Combine } from './program/options.ts'
export type { Plan } from './program/plan.ts'
export { readDefinition } from './program/read.ts'
export type { Rule } from './program/rule.ts'
export type { Earn, EarnKind } from './program/rules/table.ts'
