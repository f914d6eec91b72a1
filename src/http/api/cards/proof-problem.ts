// The problem response to a proof that is refused.
import type { Text } from '../../../../contract/errors.ts'
import { LOCKED_MS } from '../../../identity/passwords.ts'
import type { ProofDecision } from '../../../identity/verify-proof.ts'
import { Problem } from '../../problem.ts'

export function proofProblem(decision: Exclude<ProofDecision, 'proven'>): Problem {
  // The maximum, so that the response does not disclose when the password was created.
  const headers = decision === 'too_many_attempts' ? { 'retry-after': String(LOCKED_MS / 1000) } : {}
  return new Problem(decision, { detail: DETAILS[decision], headers })
}

const DETAILS: Record<Exclude<ProofDecision, 'proven'>, Text> = {
  wrong_proof: {
    en: 'The proof is not valid. Scan the card again or send a one-time password to the customer.',
    ar: 'إثبات العميل غير صحيح. امسح البطاقة مرة أخرى أو أرسل رمز التحقق إلى جوال العميل.',
  },
  proof_expired: {
    en: 'The one-time password has expired or was already used. Send the customer a new one.',
    ar: 'انتهت صلاحية رمز التحقق أو سبق استخدامه. أرسل رمزًا جديدًا إلى العميل.',
  },
  too_many_attempts: {
    en: "Too many wrong one-time passwords. Scan the customer's card or try again in 15 minutes.",
    ar: 'أُدخل رمز تحقق خاطئ عدة مرات. امسح بطاقة العميل أو حاول مرة أخرى بعد 15 دقيقة.',
  },
}
