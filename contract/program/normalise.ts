// Writes the defaults of a program definition out, so that what is stored stays its own whatever
// the defaults become.
import { normaliseDiscount } from '../reward/normalise.ts'
import { DEFAULTS } from './defaults.ts'
import type { Definition, DefinitionInput } from './definition.ts'

/** Changes nothing that is given; doing it twice is doing it once. */
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
