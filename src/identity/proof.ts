// Proof that a customer wants what is claimed for them: knowing a phone number may earn, and never
// spend.
import type { Proof } from '../../contract/api/cards.ts'
import { cardSerialOf } from '../customers/card-serial.ts'
import type { Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type PasswordDecision, type ProofDeps, verifyPassword } from './passwords.ts'

export type ProofDecision = PasswordDecision

/**
 * Judges what a cashier sends with a claim. A password is used up in this transaction: when the
 * claim comes to nothing and is rolled back, the password can be used again. Call it before
 * anything else is written, and commit what it wrote when it refuses (`Refused` of
 * src/http/tenant.ts does both), for a wrong try counts.
 *
 * For a card: `wrong_proof` when the token is another business's, another customer's, an older
 * card's or no token at all, without a difference; else `proven`. A lost card and its renewal at
 * the same time: whichever commits first. For a password: see provePassword.
 */
export async function verifyProof(
  tx: Transaction,
  { businessId, customerId, proof }: { businessId: Uuid; customerId: Uuid; proof: Proof },
  deps: ProofDeps,
): Promise<ProofDecision> {
  const { card_token: token, one_time_password: password } = proof
  if (password !== undefined) return verifyPassword(tx, { businessId, customerId, password }, deps)
  const named = token === undefined ? null : await customerOfCard(tx, businessId, token, deps)
  return named === customerId ? 'proven' : 'wrong_proof'
}

/** Whose card it is, or null when it is none that this business has in force. */
export async function customerOfCard(
  tx: Transaction,
  businessId: Uuid,
  token: string,
  { proofKeys }: Pick<ProofDeps, 'proofKeys'>,
): Promise<Uuid | null> {
  const card = proofKeys.parseCardToken(businessId, token)
  if (card === null) return null
  const serial = await cardSerialOf(tx, businessId, card.customerId)
  return serial === card.serial ? card.customerId : null
}
