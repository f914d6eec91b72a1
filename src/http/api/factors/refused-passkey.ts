// The refusal of a passkey: the person is told that it was not accepted, the operator why.
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'

/** 401 `wrong_passkey`. */
export function refusedPasskey({ log }: AppContext, reason: string): Problem {
  log.info({ reason }, 'a passkey was refused')
  return new Problem('wrong_passkey', {
    detail: {
      en: 'The passkey was not accepted: it was deleted here, the request is older than 5 minutes, or the device did not verify you. Try again, or use your password.',
      ar: 'لم يُقبل مفتاح المرور: ربما حُذف هنا، أو مضى على الطلب أكثر من 5 دقائق، أو لم يتحقق الجهاز منك. حاول مرة أخرى أو استخدم كلمة المرور.',
    },
  })
}
