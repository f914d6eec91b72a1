// Verifies the proof that a customer agrees to a claim: a mobile number alone may earn, but not
// redeem.
import type { Proof } from '../../contract/api/cards.ts'
import { findCardSerial } from '../customers/card-serial.ts'
import type { Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type PasswordDecision, type ProofDeps, verifyPassword } from './passwords.ts'

export type ProofDecision = PasswordDecision

/**
 * A password is used up in this transaction; if that is rolled back, it can be used again. Call
 * this before any other write, and commit when it refuses (`Refused` of src/http/tenant.ts does
 * both), because a wrong attempt must count.
 *
 * For a card: `wrong_proof` if the token is of another business or customer, of an earlier card, or
 * no token, without a difference; else `proven`. For a password: see `verifyPassword`.
 */
export async function verifyProof(
  tx: Transaction,
  { businessId, customerId, proof }: { businessId: Uuid; customerId: Uuid; proof: Proof },
  deps: ProofDeps,
): Promise<ProofDecision> {
  const { card_token: token, one_time_password: password } = proof
  if (password !== undefined) return verifyPassword(tx, { businessId, customerId, password }, deps)
  const holder = token === undefined ? null : await customerOfCard(tx, businessId, token, deps)
  return holder === customerId ? 'proven' : 'wrong_proof'
}

/** The customer of a card; null if it is no valid card of this business. */
export async function customerOfCard(
  tx: Transaction,
  businessId: Uuid,
  token: string,
  { proofKeys }: Pick<ProofDeps, 'proofKeys'>,
): Promise<Uuid | null> {
  const card = proofKeys.parseCardToken(businessId, token)
  if (card === null) return null
  const valid = await findCardSerial(tx, businessId, card.customerId)
  return valid?.serial === card.serial ? card.customerId : null
}
