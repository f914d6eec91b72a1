// The definition of a loyalty program: one description shared by the API, the dashboard's form and
// the documentation.

export {
  type Definition,
  type DefinitionInput,
  DefinitionSchema,
  type EarningDefinition,
  type ProgramType,
  type SubscriptionDefinition,
} from './program/definition.ts'
export type { Filter, Hours } from './program/fields.ts'
export { normaliseDefinition } from './program/normalise.ts'
export type { Combine, Expiry } from './program/options.ts'
export type { Plan } from './program/plan.ts'
export type { Problem } from './program/problem.ts'
export { readDefinition } from './program/read.ts'
export type { Earn, EarnKind, Rule, When } from './program/rule.ts'
