// What is wrong with a refused request of a POS, in words, and the one act that mends it.
import type { PosRefusal } from '../../../../contract/api/onboarding.ts'
import type { KeptRefusal } from '../../../businesses/refused-deliveries.ts'

type Words = Pick<PosRefusal, 'title' | 'detail' | 'remedy'>

/** `references`: those that are connected. */
export function wordsOf({ reason, reference, errors }: KeptRefusal, references: readonly string[]): Words {
  switch (reason) {
    case 'wrong_token':
      return WRONG_TOKEN
    case 'wrong_secret':
      return WRONG_SECRET
    case 'not_connected':
      return notConnected(reference ?? '', references)
    case 'invalid_order': {
      const [first] = errors ?? []
      return {
        title: { en: 'The order cannot be read', ar: 'تعذّرت قراءة الطلب' },
        detail: {
          en: `${first ? `${first.pointer || '/'}: ${first.message}. ` : ''}The POS was told so, and the order was not stored. Correct it in the POS and send it again.`,
          ar: `${first ? `${first.pointer || '/'}: ${first.message_ar ?? first.message}. ` : ''}أُبلغ نظام نقاط البيع بذلك ولم يُحفظ الطلب. صحّح الطلب في النظام وأرسله من جديد.`,
        },
        remedy: 'fix_order',
      }
    }
  }
}

const WRONG_TOKEN: Words = {
  title: { en: 'The token is wrong', ar: 'رمز الوصول غير صحيح' },
  detail: {
    en: 'A request reached LoyaPro without a valid token, so its order was not stored. Copy the token into the POS again, or create a new one.',
    ar: 'وصل طلب إلى لويا برو دون رمز وصول صالح، فلم يُحفظ. انسخ رمز الوصول إلى نظام نقاط البيع من جديد، أو أنشئ رمزًا جديدًا.',
  },
  remedy: 'new_token',
}

const WRONG_SECRET: Words = {
  title: { en: 'The connection secret is missing or wrong', ar: 'الرمز السري للربط غير موجود أو غير صحيح' },
  detail: {
    en: 'This connection requires a secret in the header LoyaPro-Connection-Secret. Enter it in the POS, or remove it from the connection.',
    ar: 'يتطلب هذا الربط رمزًا سريًا في الترويسة LoyaPro-Connection-Secret. أدخله في نظام نقاط البيع، أو أزله من الربط.',
  },
  remedy: 'send_secret',
}

function notConnected(reference: string, references: readonly string[]): Words {
  const known = references.join(', ')
  return {
    title: { en: 'The order names another shop', ar: 'الطلب يحمل رقم متجر آخر' },
    detail: {
      en: `It says business ${reference}; ${known === '' ? 'no number is connected yet' : `this shop is connected as ${known}`}. Nothing is lost: the order waits for 30 days and counts once the number is connected.`,
      ar: `رقم المنشأة في الطلب هو ${reference}، و${known === '' ? 'لا يوجد رقم مرتبط حتى الآن' : `هذا المتجر مرتبط بالرقم ${known}`}. لم يضع شيء: ينتظر الطلب 30 يومًا ويُحتسب عند ربط الرقم.`,
    },
    remedy: 'connect_reference',
  }
}
