// The catalogue of errors: every code that either API answers with, its HTTP status and its title in both languages.

/** The same words in the two languages of LoyaPro. */
export interface Text {
  en: string
  ar: string
}

interface ErrorKind {
  status: number
  title: Text
}

function kind(status: number, en: string, ar: string): ErrorKind {
  return { status, title: { en, ar } }
}

/** Codes never change their meaning; a new case gets a new code. */
export const ERRORS = {
  // What any request can meet.
  invalid_json: kind(400, 'The body is not valid JSON', 'محتوى الطلب ليس JSON صحيحًا'),
  bad_request: kind(400, 'The request cannot be read', 'تعذّرت قراءة الطلب'),
  unauthenticated: kind(401, 'Who is calling is not proven', 'لم تثبت هوية المتصل'),
  not_found: kind(404, 'There is nothing under this address', 'لا يوجد شيء تحت هذا العنوان'),
  method_not_allowed: kind(405, 'This address does not take this method', 'هذا العنوان لا يقبل هذه الطريقة'),
  request_timeout: kind(408, 'The request took too long to arrive', 'استغرق وصول الطلب وقتًا أطول من اللازم'),
  too_large: kind(413, 'The body is too large', 'محتوى الطلب أكبر من المسموح'),
  unsupported_media_type: kind(
    415,
    'The body must be sent as application/json',
    'يجب إرسال المحتوى بصيغة application/json',
  ),
  headers_too_large: kind(431, 'The headers are too large', 'ترويسات الطلب أكبر من المسموح'),
  internal: kind(500, 'Something broke on our side', 'حدث خلل لدينا'),
  unavailable: kind(503, 'LoyaPro cannot answer at the moment', 'لويا برو غير متاح في هذه اللحظة'),

  // What a POS can meet.
  pos_mismatch: kind(403, 'The token belongs to another POS', 'رمز الدخول يخص نظام نقاط بيع آخر'),
  pos_unknown: kind(404, 'There is no POS of this name', 'لا يوجد نظام نقاط بيع بهذا الاسم'),
  invalid_order: kind(422, 'The order cannot be understood', 'تعذّر فهم الطلب المرسل من نقطة البيع'),
  overloaded: kind(429, 'Too many orders are waiting', 'عدد الطلبات المنتظرة كبير جدًا'),

  // What a till can meet when it checks or redeems a code.
  business_unknown: kind(404, 'No business is connected under this reference', 'لا توجد منشأة مرتبطة بهذا المرجع'),
  reward_not_found: kind(404, 'The customer has no such code', 'لا يوجد رمز كهذا لهذا العميل'),
  reward_used: kind(409, 'The code was used', 'سبق استخدام الرمز'),
  reward_expired: kind(409, 'The code has run out', 'انتهت صلاحية الرمز'),
  reward_cancelled: kind(409, 'The code was cancelled', 'أُلغي الرمز'),
  reward_not_here: kind(409, 'The reward is not good at this branch', 'المكافأة لا تسري في هذا الفرع'),
  reward_not_now: kind(409, 'The reward is not good at this time', 'المكافأة لا تسري في هذا الوقت'),
  use_limit_reached: kind(409, 'The plan allows no more uses today', 'لا تسمح الباقة باستخدام آخر اليوم'),
  too_soon: kind(409, 'The plan allows the next use later', 'لم يحن وقت الاستخدام التالي في الباقة'),
  not_combinable: kind(409, 'The reward does not go together with another one', 'لا تجتمع المكافأة مع مكافأة أخرى'),
  discount_too_high: kind(422, 'The discount is higher than the reward allows', 'الخصم أكبر مما تسمح به المكافأة'),
  order_too_small: kind(422, 'The order is too small for the reward', 'الطلب أقل من الحد الأدنى للمكافأة'),

  // What a caller of the business API can meet.
  reward_unavailable: kind(409, 'This cannot be claimed', 'لا يمكن حجز هذه المكافأة'),
  limit_reached: kind(409, 'The reward was had as often as it may be', 'استُنفدت مرات الحصول على المكافأة'),
  below_minimum: kind(409, 'The balance is below the least that can be spent', 'الرصيد أقل من الحد الأدنى للاستبدال'),
  no_card: kind(409, 'The customer has no full card to claim', 'ليس لدى العميل بطاقة مكتملة'),
  forbidden_scope: kind(403, 'The API key lacks the scope for this', 'مفتاح الواجهة لا يملك الصلاحية لهذا'),
  invalid_request: kind(422, 'The request has mistakes', 'في الطلب أخطاء'),
  rate_limited: kind(429, 'Too many requests', 'عدد الطلبات أكبر من المسموح'),
  idempotency_key_reused: kind(
    422,
    'The Idempotency-Key was used for another request',
    'استُخدم مفتاح منع التكرار لطلب آخر',
  ),
  idempotency_in_progress: kind(
    409,
    'The first request with this Idempotency-Key is still running',
    'الطلب الأول بهذا المفتاح ما زال قيد التنفيذ',
  ),
  conflict: kind(409, 'This contradicts what is stored', 'هذا يتعارض مع البيانات المحفوظة'),
  insufficient_units: kind(409, 'The balance is too small', 'الرصيد غير كافٍ'),
  proof_required: kind(403, 'The customer has not proven that they want this', 'لم يثبت العميل أنه يريد هذا'),
  wrong_proof: kind(403, 'This does not prove the customer', 'هذا لا يثبت هوية العميل'),
  proof_expired: kind(403, 'No one-time password is in force', 'لا توجد كلمة مرور سارية لمرة واحدة'),
  too_many_attempts: kind(429, 'Too many wrong attempts', 'محاولات خاطئة كثيرة'),
  pos_not_callable: kind(409, 'LoyaPro cannot call this POS', 'لا يستطيع لويا برو الاتصال بنظام نقاط البيع هذا'),
  consent_needed: kind(409, 'The POS wants a new consent', 'نظام نقاط البيع يحتاج موافقة جديدة'),
  phone_taken: kind(409, 'The phone belongs to another customer', 'رقم الجوال يخص عميلًا آخر'),
  reference_taken: kind(409, 'The reference is connected to another business', 'المرجع مرتبط بمنشأة أخرى'),
} as const satisfies Record<string, ErrorKind>

export type ErrorCode = keyof typeof ERRORS
