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

  // What a caller of the business API can meet.
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
  pos_not_callable: kind(409, 'LoyaPro cannot call this POS', 'لا يستطيع لويا برو الاتصال بنظام نقاط البيع هذا'),
  consent_needed: kind(409, 'The POS wants a new consent', 'نظام نقاط البيع يحتاج موافقة جديدة'),
  phone_taken: kind(409, 'The phone belongs to another customer', 'رقم الجوال يخص عميلًا آخر'),
  reference_taken: kind(409, 'The reference is connected to another business', 'المرجع مرتبط بمنشأة أخرى'),
} as const satisfies Record<string, ErrorKind>

export type ErrorCode = keyof typeof ERRORS
