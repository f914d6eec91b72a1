// What the operations that take a reward share: how its body is read, and how its mistakes are
// answered.
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import type { RewardTermsInput } from '../../../../contract/reward.ts'
import { validate } from '../../../../contract/validation/validate.ts'
import type { Offer } from '../../../rewards/catalogue/reward-lifecycle.ts'
import { refusal, validatorCompiler } from '../../plugins/validation.ts'

/**
 * Checks a body by the words that its schema carries in both languages, which name each field and
 * the form it is written in. No defaults are filled in: which of them apply depends on the kind,
 * and src/rewards writes them out.
 */
export const inItsOwnWords: FastifySchemaCompiler<TSchema> = (route) => {
  if (route.httpPart !== 'body') return validatorCompiler(route)
  return (input: unknown) => {
    const value = input ?? {}
    const errors = validate(route.schema, value)
    return errors.length > 0 ? { error: refusal(errors) } : { value }
  }
}

/** Price and terms out of a flat body that has nothing else. */
export function readOffer({ price, ...terms }: RewardTermsInput & { price: number }): Offer {
  return { price, terms }
}
