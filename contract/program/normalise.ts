// Fills in the defaults of a program definition, so that a later change of a default does not
// change stored definitions.
import { normaliseDiscount } from '../reward/normalise.ts'
import { DEFAULTS } from './defaults.ts'
import type { Definition, DefinitionInput } from './definition.ts'

/** Given values stay unchanged. Idempotent. */
export function normaliseDefinition(input: DefinitionInput): Definition {
  if (input.type === 'subscription') {
    return { debt: DEFAULTS.debt, ...input, plan: { periods: 1, rollover: 'none', renewal: 'extend', ...input.plan } }
  }
  if (input.type === 'stamps' && input.reward.discount) {
    return {
      ...DEFAULTS,
      ...input,
      reward: { ...input.reward, discount: normaliseDiscount(input.reward.discount) },
    }
  }
  return { ...DEFAULTS, ...input }
}
