// The refusals of somebody who did not prove who they are.
import { Problem } from '../../problem.ts'

/** 422 `wrong_password` at the field that held it. */
export function wrongPassword(pointer: string): Problem {
  return new Problem('wrong_password', {
    detail: {
      en: 'The password is wrong. Enter the password with which you sign in.',
      ar: 'كلمة المرور غير صحيحة. أدخل كلمة المرور التي تسجّل بها الدخول.',
    },
    errors: [{ pointer, message: 'is wrong', message_ar: 'غير صحيحة' }],
  })
}

export function tooManyAttempts(waitMs: number): Problem {
  const seconds = Math.ceil(waitMs / 1000)
  return new Problem('too_many_attempts', {
    detail: {
      en: `Too many failed attempts. Try again in ${seconds} s.`,
      ar: `محاولات خاطئة كثيرة. الثواني المتبقية قبل المحاولة التالية: ${seconds}.`,
    },
    headers: { 'retry-after': String(seconds) },
  })
}
