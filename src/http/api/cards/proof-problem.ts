// How a proof that does not prove is refused, wherever one is asked for.
import type { Text } from '../../../../contract/errors.ts'
import { LOCKED_MS } from '../../../rewards/passwords.ts'
import type { ProofVerdict } from '../../../rewards/proof.ts'
import { Problem } from '../../problem.ts'

export function proofProblem(verdict: Exclude<ProofVerdict, 'proven'>): Problem {
  // The longest that it can take; a proof that is refused tells no more than it must.
  const headers = verdict === 'too_many_attempts' ? { 'retry-after': String(LOCKED_MS / 1000) } : {}
  return new Problem(verdict, { detail: DETAILS[verdict], headers })
}

const DETAILS: Record<Exclude<ProofVerdict, 'proven'>, Text> = {
  wrong_proof: {
    en: 'This does not prove the customer. Scan the card again, or send a one-time password to their phone.',
    ar: 'هذا لا يثبت هوية العميل. امسح البطاقة مرة أخرى، أو أرسل كلمة مرور لمرة واحدة إلى جواله.',
  },
  proof_expired: {
    en: 'The one-time password has run out or was used. Send another one to the customer.',
    ar: 'انتهت صلاحية كلمة المرور أو سبق استخدامها. أرسل كلمة مرور جديدة إلى العميل.',
  },
  too_many_attempts: {
    en: "Too many wrong one-time passwords. Scan the customer's card, or try again in 15 minutes.",
    ar: 'كلمات مرور خاطئة كثيرة. امسح بطاقة العميل، أو حاول مرة أخرى بعد 15 دقيقة.',
  },
}
